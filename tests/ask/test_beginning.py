"""Where do I begin: a few questions, back possible, nothing stored, the same suggestions at the end."""

import csv
from importlib.resources import files
from itertools import count

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from bothways.ask.models import Ask
from bothways.ask.rules import beginning, evidence
from bothways.core import time
from bothways.core.models import Organisation
from bothways.people.actions import search, topics
from bothways.people.models import Offer, Topic
from tests import factories

BEGIN = "/harbour/ask/begin/"


def every_way() -> list[list[beginning.Answer]]:
    """All ways through the questions, skipping included."""
    done: list[list[beginning.Answer]] = []
    open_ways: list[list[beginning.Answer]] = [[]]
    while open_ways:
        way = open_ways.pop()
        question = beginning.following(way)
        if question is None:
            done.append(way)
            continue
        for option in [*question.options, question.option(beginning.SKIP)]:
            assert option
            open_ways.append([*way, beginning.Answer(question, option)])
    return done


def test_every_way_ends_within_six_questions() -> None:
    ways = every_way()
    assert len(ways) > 100
    assert max(len(way) for way in ways) <= beginning.MOST_QUESTIONS
    assert all(beginning.walk(answer.said for answer in way) == way for way in ways)


def test_every_topic_named_is_in_the_thesaurus() -> None:
    with (files("bothways.people") / "data" / "topics.csv").open(encoding="utf-8") as file:
        keys = {row["key"] for row in csv.DictReader(file)}
    named = {
        topic
        for question in beginning.QUESTIONS.values()
        for option in question.options
        for topic in option.topics
    }
    assert named <= keys


def test_every_answer_is_a_sentence_of_its_own_and_stands_in_what_they_make_together() -> None:
    for way in every_way():
        said = [str(answer.option.says) for answer in way if answer.option.says]
        assert all(one[0].isupper() and one.endswith(".") and one.count(".") == 1 for one in said)
        assert beginning.sentence(way) == " ".join(said)
    way = beginning.walk(["mind.well", "well.doubt", "help.listen"])
    assert beginning.sentence(way) == (
        "I doubt that I am good enough, and would like to talk about it. "
        "Somebody who listens would do me good."
    )


@pytest.mark.parametrize("said", [["nothing"], ["mind."], ["new.rules"], ["mind.new", "skill.write"], [""]])
def test_answers_that_lead_nowhere_are_left_out(said: list[str]) -> None:
    assert len(beginning.walk(said)) < len(said)


@pytest.mark.django_db
def test_question_after_question_to_the_same_suggestions(
    organisation: Organisation, clock: time.Clock
) -> None:
    topics.seed(organisation)
    ada, ben = factories.member(organisation, "Ada"), factories.member(organisation, "Benedikt")
    Offer.objects.create(person=ben, topic=Topic.objects.get(key="unwritten-rules"))
    browser = factories.signed_in(ada)
    browser.get(BEGIN)
    said: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        for choice in ("mind.new", "new.rules", "help.listen"):
            page = browser.post(BEGIN, {"said": said, "choice": choice}).content.decode()
            said.append(choice)
        assert "How much of it would you like?" in page
        back = browser.post(BEGIN, {"said": said, "back": "1"}).content.decode()
        assert "What would do you good?" in back
        end = browser.post(BEGIN, {"said": said, "choice": "long.buddy"})
    draft = end.context["draft"]
    assert [each.person for each in draft.people] == [ben]
    assert draft.kind == "buddy"
    assert "I would like to know how things are really done here." in draft.inquiry.sentence
    assert not Ask.objects.exists()
    assert [each["sql"] for each in captured if each["sql"].split()[0] in ("INSERT", "UPDATE")] == []


def test_what_somebody_adds_stays_beyond_what_the_answers_say() -> None:
    for way in every_way():
        assert beginning.beyond(beginning.sentence(way)) == ""
    way = beginning.walk(["mind.new", "new.rules", "help.listen"])
    assert beginning.beyond(f"{beginning.sentence(way)} Above all on ships.") == "Above all on ships."


@pytest.mark.django_db
def test_the_chosen_topic_alone_decides_who_is_suggested(
    organisation: Organisation, clock: time.Clock
) -> None:
    """What would do somebody good is for the note: it brings nobody who offers listening, or writes it."""
    topics.seed(organisation)
    ada, ben = factories.member(organisation, "Ada"), factories.member(organisation, "Ben")
    Offer.objects.create(person=ben, topic=Topic.objects.get(key="unwritten-rules"))
    Offer.objects.create(
        person=factories.member(organisation, "Li"), topic=Topic.objects.get(key="listening")
    )
    writes = factories.member(
        organisation, "Wu", about="I listen well. Somebody who knows how things are done."
    )
    search.refresh([writes])
    way = {"said": ["mind.new", "new.rules", "help.listen"], "choice": "long.once"}
    draft = factories.signed_in(ada).post(BEGIN, way).context["draft"]
    assert [each.person for each in draft.people] == [ben]
    again = factories.signed_in(ada).post(
        "/harbour/ask/", {"sentence": draft.inquiry.sentence, "topics": draft.inquiry.topics}
    )
    assert [each.person for each in again.context["draft"].people] == [ben]


@pytest.mark.django_db
def test_skipping_everything_ends_at_the_box(organisation: Organisation, clock: time.Clock) -> None:
    browser = factories.signed_in(factories.member(organisation, "Ada"))
    said: list[str] = []
    for step in count():
        assert step < beginning.MOST_QUESTIONS
        page = browser.post(BEGIN, {"said": said[:-1], "choice": said[-1]} if said else {})
        if "draft" in page.context:
            break
        said.append(f"{page.context['question'].key}.skip")
    assert "What would you like help with?" in page.content.decode()
    assert "Suggestions appear here as you write." in page.content.decode()


@pytest.mark.django_db
def test_a_finding_with_its_source_stands_where_one_hesitates(organisation: Organisation) -> None:
    ada, ben = factories.member(organisation, "Ada"), factories.member(organisation, "Ben")
    for address in ("/harbour/ask/begin/", "/harbour/ask/", f"/harbour/people/{ben.key}/ask/"):
        page = " ".join(factories.signed_in(ada).get(address).content.decode().split())
        assert any(escape(str(one.text)) in page and escape(one.source) in page for one in evidence.FINDINGS)
