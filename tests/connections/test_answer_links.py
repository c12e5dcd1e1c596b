"""Answering by a link from a mail, without signing in: rule 22."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bothways.connections.actions import introductions
from bothways.connections.models import Introduction, QueueEntry
from bothways.connections.queries import answer_links
from bothways.core import time
from bothways.core.models import Organisation
from bothways.people.models import Person
from tests import factories
from tests.factories.introductions import ask, introduction, pass_time, sealed, several

pytestmark = pytest.mark.django_db

CHOICES: dict[str, dict[str, str]] = {
    "yes": {"answer": "yes"},
    "not_now": {"answer": "not_now"},
    "more": {"answer": "more", "question": "Which talk?"},
    "hand_on": {"answer": "hand_on"},
}


@pytest.fixture
def people(organisation: Organisation, clock: time.Clock) -> list[Person]:
    return several(organisation, "Ada Ben Cleo Dan")


def link(person: Person) -> str:
    return answer_links.path_of(introduction(person), person)


def shown(response: Any) -> tuple[int, int, list[tuple[str, str]]]:
    """Status, length and headers, but for the cookie that guards the form."""
    headers = [(name, value) for name, value in response.items() if name != "Set-Cookie"]
    return response.status_code, len(response.content), headers


def test_the_page_always_shows_all_the_choices_and_never_an_answer(people: list[Person]) -> None:
    introductions.introduce(people[1], people[2], by=people[0], why="You both love maps.")
    pages = []
    for before in (None, "not_now", "yes"):
        if before:
            Client().post(link(people[2]), CHOICES[before])
        response = Client().get(link(people[2]))
        pages.append(shown(response))
        for choice in CHOICES:
            assert f'value="{choice}"' in response.content.decode()
    assert pages == [pages[0]] * 3


def test_a_get_answers_nothing(people: list[Person]) -> None:
    ask(people[0], people[1])
    Client().get(link(people[1]) + "?answer=yes")
    Client().head(link(people[1]))
    assert sealed(introduction(people[1])) == ["yes", "none"]


@pytest.mark.parametrize("choice", CHOICES)
def test_an_answer_gets_the_same_reply_whatever_was_answered_before(
    choice: str, people: list[Person]
) -> None:
    replies = []
    for number, before in enumerate([None, "not_now", "more"]):
        ada, ben = several(people[0].organisation, f"Ada{number} Ben{number}")
        ask(ada, ben)
        if before:
            Client().post(link(ben), CHOICES[before])
        replies.append(shown(Client().post(link(ben), CHOICES[choice])))
    assert replies == [replies[0]] * 3
    assert replies[0][0] == 200


def test_all_four_answers_get_one_and_the_same_reply(people: list[Person]) -> None:
    replies = []
    for number, sent in enumerate(CHOICES.values()):
        ada, ben = several(people[0].organisation, f"Ada{number} Ben{number}")
        ask(ada, ben)
        replies.append(shown(Client().post(link(ben), sent)))
    assert replies == [replies[0]] * 4


def test_once_it_is_kept_the_choices_fold_away_and_stay_there(people: list[Person]) -> None:
    ask(people[0], people[1])
    before = Client().get(link(people[1])).content.decode()
    assert "Change my answer" not in before
    page = Client().post(link(people[1]), CHOICES["not_now"]).content.decode()
    thanks, folded = page.split("Change my answer")
    assert "Thank you, that is kept" in thanks
    assert "<form" not in thanks.split("<main")[1]
    assert all(f'value="{choice}"' in folded for choice in CHOICES)


def test_the_answer_counts(people: list[Person]) -> None:
    introductions.introduce(people[1], people[2], by=people[0], why="You both love maps.")
    Client().post(link(people[2]), CHOICES["not_now"])
    assert sealed(introduction(people[2])) == ["none", "not_now"]
    Client().post(link(people[2]), CHOICES["yes"])
    assert sealed(introduction(people[2])) == ["none", "yes"]


def test_it_needs_a_form_that_we_made(people: list[Person]) -> None:
    ask(people[0], people[1])
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(link(people[1]), CHOICES["yes"]).status_code == 403
    assert sealed(introduction(people[1])) == ["yes", "none"]


def test_wrong_input_is_said_in_place(people: list[Person]) -> None:
    ask(people[0], people[1])
    response = Client().post(link(people[1]), {"answer": "more", "question": ""})
    assert response.status_code == 422
    assert "Write your question first." in response.content.decode()


@pytest.mark.parametrize("before", [None, "yes", "not_now", "hand_on"])
def test_what_is_over_reads_alike_for_every_link(
    before: str | None, people: list[Person], clock: time.Clock
) -> None:
    ask(people[0], people[1])
    if before:
        Client().post(link(people[1]), CHOICES[before])
    pass_time(clock, days=7)
    response = Client().get(link(people[1]))
    assert response.status_code == 200
    assert "This one is over, or settled" in response.content.decode()
    assert 'name="answer"' not in response.content.decode()
    late = Client().post(link(people[1]), CHOICES["yes"])
    assert late.status_code == 409
    assert "This one is over, or settled" in late.content.decode()


def test_a_link_opens_nothing_else(people: list[Person], clock: time.Clock) -> None:
    ada, ben, cleo = people[:3]
    ask(ada, ben, cleo)
    asked, client = introduction(ben), Client()
    assert client.get(link(ben)).status_code == 200
    assert "sessionid" not in client.cookies
    assert client.get("/harbour/").status_code == 302
    for wrong in (
        "/answer/nonsense/",
        f"/answer/{asked.key}-{ben.key}/",
        link(ben)[:-4] + "abc/",
        answer_links.path_of(asked, cleo),
        answer_links.path_of(asked, ada),
    ):
        assert client.get(wrong).status_code == 404, wrong
        assert client.post(wrong, CHOICES["yes"]).status_code == 404
    assert {one.state for one in Introduction.objects.all()} == {"open"}


def test_a_link_of_somebody_suspended_opens_nothing(people: list[Person]) -> None:
    ask(people[0], people[1])
    Person.objects.filter(pk=people[1].pk).update(state=Person.State.SUSPENDED)
    assert Client().get(link(people[1])).status_code == 404


def test_a_link_finds_nobody_by_name(people: list[Person]) -> None:
    ada, ben = people[:2]
    several(ben.organisation, "Anna Anton")
    ask(ada, ben)
    page = Client().get(link(ben)).content.decode()
    assert 'name="name"' not in page
    assert reverse("connections_introduction", args=["harbour", introduction(ben).key]) in page
    for number, name in enumerate(("An", "Anton", "Nobody")):
        (asked,) = several(ben.organisation, f"Finn{number}")
        ask(people[2], asked)
        said = Client().post(link(asked), {"answer": "hand_on", "name": name, "which": people[3].key})
        assert said.status_code == 200
        assert "Anton" not in said.content.decode()
        assert introduction(asked).ended_how == "handed_on"
    assert not QueueEntry.objects.exclude(suggested_by=None).exists()


def test_times_are_in_the_persons_own_zone_without_signing_in(organisation: Organisation) -> None:
    with time.driven(time.now()):
        far = factories.member(organisation, "Far", time_zone="Asia/Tokyo")
        ask(factories.member(organisation, "Ada"), far)
        ends_at = introduction(far).ends_at + timedelta(hours=9)
        text = Client().get(link(far)).content.decode()
        assert f"{ends_at:%H:%M}" in text


def test_answering_by_a_link_is_not_being_here(people: list[Person], clock: time.Clock) -> None:
    ask(people[0], people[1])
    clock.advance(timedelta(days=1))
    here_on = people[1].here_on
    factories.signed_in(people[1]).post(link(people[1]), CHOICES["not_now"])
    people[1].refresh_from_db()
    assert people[1].here_on == here_on
