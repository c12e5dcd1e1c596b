"""The full-text index: who is found by which words, on both databases, and nobody who is gone."""

import pytest
from django.db import connection
from django.db.models import F
from hypothesis import given
from hypothesis import strategies as st

from bothways.core import time, worker
from bothways.core.models import Organisation, Tick
from bothways.people.actions import search, topics
from bothways.people.models import Offer, Person, SearchEntry, Team
from bothways.people.queries.search import matching_persons
from bothways.people.rules import search_terms
from tests import factories


def found(organisation: Organisation, *words: str, every: bool = True, **more: list[str]) -> list[str]:
    people = matching_persons(organisation, words, every=every, **more)
    return [person.name for person in people.order_by(F("rank").desc(), "key")]


@pytest.fixture
def harbour(organisation: Organisation) -> Organisation:
    team = Team.objects.create(organisation=organisation, name="Harbour Pilots")
    ada = factories.member(
        organisation, "Ada Émile O'Brien", title="Crane engineer", place="Malmö", team=team
    )
    bo = factories.member(
        organisation, "Bo Strand", about="I love speaking to crowds.", languages=["de", "pt-br"]
    )
    Offer.objects.create(person=bo, topic=factories.topic(organisation, "Public speaking"))
    factories.member(organisation, "Cy Crane", brings="Managed three budgets", hopes="secret hope")
    assert ada.pk
    search.rebuild(organisation)
    return organisation


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("ada", ["Ada Émile O'Brien"]),
        ("emile", ["Ada Émile O'Brien"]),
        ("ÉMILE", ["Ada Émile O'Brien"]),
        ("o'brien", ["Ada Émile O'Brien"]),
        ("malmo", ["Ada Émile O'Brien"]),
        ("pilots", ["Ada Émile O'Brien"]),
        ("cra", ["Cy Crane", "Ada Émile O'Brien"]),
        ("crane engineer", ["Ada Émile O'Brien"]),
        ("public", ["Bo Strand"]),
        ("speaks", ["Bo Strand"]),
        ("managing", ["Cy Crane"]),
        ("secret", []),
        ("nobody", []),
    ],
)
def test_people_are_found_by_what_a_colleague_may_read(
    harbour: Organisation, words: str, names: list[str]
) -> None:
    assert found(harbour, words) == names


def test_any_word_will_do_where_not_every_one_must(harbour: Organisation) -> None:
    assert set(found(harbour, "I would like help with speaking and budgets", every=False)) == {
        "Bo Strand",
        "Cy Crane",
    }
    assert found(harbour, "speaking budgets") == []


def test_a_language_narrows(harbour: Organisation) -> None:
    assert found(harbour, languages=["pt-br"]) == ["Bo Strand"]
    assert found(harbour, languages=["pt"]) == []
    assert found(harbour, "crane", languages=["en"]) == ["Cy Crane", "Ada Émile O'Brien"]
    assert found(harbour, "crane", every=False, languages=["de"]) == []


def test_no_word_finds_nobody(harbour: Organisation) -> None:
    assert found(harbour) == found(harbour, "", "  ", "!?", every=False) == []


def test_another_organisation_is_never_searched(harbour: Organisation) -> None:
    meadow = factories.organisation("meadow")
    factories.member(meadow, "Ada Meadow")
    search.rebuild(meadow)
    assert found(meadow, "ada") == ["Ada Meadow"]
    assert "Ada Meadow" not in found(harbour, "ada")


@pytest.mark.parametrize("state", [Person.State.SUSPENDED, Person.State.LEFT])
def test_whoever_is_gone_is_gone_at_once(harbour: Organisation, state: str) -> None:
    Person.objects.filter(name="Bo Strand").update(state=state)
    assert found(harbour, "strand") == []


def test_an_erased_person_leaves_no_word_behind(harbour: Organisation) -> None:
    bo = Person.objects.get(name="Bo Strand")
    bo.delete()
    assert not SearchEntry.objects.filter(pk=bo.pk).exists()
    assert found(harbour, "strand") == []


def test_a_change_is_found_once_refreshed_and_the_old_word_is_not(harbour: Organisation) -> None:
    bo = Person.objects.get(name="Bo Strand")
    Person.objects.filter(pk=bo.pk).update(about="Now I paint.")
    search.refresh([bo])
    assert found(harbour, "paint") == ["Bo Strand"]
    assert found(harbour, "crowds") == []


def test_the_name_weighs_more_than_the_text(organisation: Organisation) -> None:
    factories.member(organisation, "Robin Fisher", about="Talks often with our gardener.")
    factories.member(organisation, "Gardener Jones", about="Builds bridges over rivers.")
    search.rebuild(organisation)
    assert found(organisation, "gardener") == ["Gardener Jones", "Robin Fisher"]


NASTY = [
    *('"', "'", 'a"b', "*", "OR", "AND", "NOT", "-ada", "^ada", "ada)", "(", "&", "|", "!", ":*", "\\", "%s"),
    *("NEAR(a b)", "name:ada", "* OR *", "ada--", "'; DROP TABLE people_person;", "{}", "😀", "名前", "ﷺ"),
    *("a\x00b", "x" * 5000, "\udc80"),
]


@pytest.mark.parametrize("words", NASTY)
@pytest.mark.parametrize("every", [True, False])
def test_no_text_is_query_syntax(harbour: Organisation, words: str, every: bool) -> None:
    found(harbour, words, every=every)
    assert Person.objects.exists()


@given(st.lists(st.text(max_size=40), max_size=20), st.booleans())
def test_terms_hold_letters_and_figures_alone(words: list[str], every: bool) -> None:
    sought = search_terms.terms(words, everyday=every)
    assert len(sought) <= search_terms.MOST_WORDS
    for term in sought:
        assert term.starts
        assert all(start.isalnum() and start == start.lower() for start in term.starts)


@given(st.text(min_size=1, max_size=30))
def test_a_word_is_always_found_by_a_beginning_of_itself(word: str) -> None:
    tokens = list(dict.fromkeys(search_terms.plain(word)))[: search_terms.MOST_WORDS]
    for token, term in zip(tokens, search_terms.terms([word]), strict=True):
        assert any(token.startswith(start) for start in term.starts)


@pytest.mark.django_db
def test_the_index_is_of_the_database_s_own_kind() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            assert ("people_search_forgets",) in cursor.fetchall()
        else:
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = 'people_search'")
            assert any("USING gin" in definition for (definition,) in cursor.fetchall())


def test_a_healed_index_and_a_renamed_topic_are_the_workers_work(
    harbour: Organisation, clock: time.Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In slices; and only those who offer it are indexed anew, of this organisation."""
    worker.drain()
    Person.objects.filter(name="Cy Crane").update(about="Forgotten, unindexed words.")
    topic = harbour.topics.get(name="Public speaking")
    monkeypatch.setattr(search, "AT_ONCE", 2)
    topics.rename(topic, name="Oratory", group=topic.group, aliases=[])
    assert found(harbour, "oratory") == []
    worker.drain()
    assert found(harbour, "oratory") == ["Bo Strand"]
    assert found(harbour, "public") == []
    assert found(harbour, "unindexed") == [], "nobody else is indexed"
    Tick.objects.filter(name="people.tasks.heal_search").update(due_at=time.now())
    worker.drain()
    assert found(harbour, "unindexed") == ["Cy Crane"]


def test_a_merged_topic_is_found_by_the_name_it_has_now(harbour: Organisation, clock: time.Clock) -> None:
    into = factories.topic(harbour, "Oratory")
    topics.merge(harbour.topics.get(name="Public speaking"), into=into)
    worker.drain()
    assert found(harbour, "oratory") == ["Bo Strand"]
    assert found(harbour, "public") == []
