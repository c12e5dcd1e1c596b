"""A canary in every text that somebody writes, in two organisations; then everybody reads all they can."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse

from bothways.core import time
from tests import factories
from tests.rails.canaries.crawl import Sights, crawl, logged, open_links
from tests.rails.canaries.stage import House, houses
from tests.rails.canaries.table import EXPLAINED, MEMBERS, READERS, STEWARDS
from tests.rails.quiet import dump

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]  # who reads what is the same beside either database

TEXTS = (models.CharField, models.TextField, models.JSONField, models.BinaryField)
GONE = frozenset({"suspended", "ex-member", "invited"})
LINKS = ("feed", "busy feed", "invitation")
PARTS = {
    "the two": ["owner", "party"],
    "stewards": sorted(STEWARDS),
    "those around": ["asked", "introduced", "introducer", "leader", "manager", "report"],
    "everybody else": ["colleague", "newcomer", "away", *sorted(GONE)],
}
PASSING = {"core", "inbox", "django_tasks_database"}


@pytest.fixture
def sights() -> Iterator[Sights]:
    found = Sights()
    with logged(found):
        yield found


@pytest.mark.parametrize("part", PARTS)
def test_everybody_reads_what_the_table_says_and_nothing_else(
    part: str, clock: time.Clock, sights: Sights
) -> None:
    harbour, meadow = houses(clock)
    crawl(harbour, PARTS[part], sights)
    assert "\n".join(too_much(sights, [harbour, meadow])) == ""
    assert "\n".join(unseen(sights, harbour, PARTS[part])) == ""
    assert sights.pages > 60 * len(PARTS[part])


def test_nothing_is_read_beyond_the_wall(clock: time.Clock, sights: Sights) -> None:
    harbour, meadow = houses(clock)
    crawl(meadow, ("owner", "steward", "administrator"), sights)
    assert "\n".join(too_much(sights, [harbour, meadow])) == ""
    assert sights.pages > 180


def test_a_link_opens_what_it_is_for(clock: time.Clock, sights: Sights) -> None:
    """A feed with names and places, one that says “busy”, and an invitation."""
    harbour, meadow = houses(clock)
    open_links(harbour, sights)
    assert "\n".join(too_much(sights, [harbour, meadow])) == ""
    assert unseen(sights, harbour, LINKS) == []


def test_everybody_is_sent_somewhere() -> None:
    """No kind of visitor is forgotten by the parts above."""
    sent = [name for part in PARTS.values() for name in part]
    assert sorted(sent) == sorted(MEMBERS | GONE)
    assert set().union(*READERS.values()) <= {*sent, *LINKS}


def test_every_column_that_may_hold_text_was_read() -> None:
    """Each stands in the table, or it is written down why it does not; what is gone stands in neither."""
    columns = {str(column) for model in apps.get_models() for column in written(model)}
    models_of = {column.rpartition(".")[0] for column in columns}
    read = {label.split(" ")[0] for label in READERS}
    assert (
        sorted(
            column for column in columns - read if not {column, column.rpartition(".")[0]} & EXPLAINED.keys()
        )
        == []
    )
    assert sorted(EXPLAINED.keys() - columns - models_of) == []
    others = {"people.Want", "people.Person.budget_minutes"}  # a relation and a figure, private all the same
    assert read - columns == others


def written(model: type[models.Model]) -> Iterator[Any]:
    """Columns of free text. Public keys are random, and choices are ours."""
    for column in model._meta.concrete_fields:
        if isinstance(column, TEXTS) and not column.choices and column.name not in ("key", "session_key"):
            yield column


def test_what_is_private_is_found_by_no_search_and_stands_in_no_outbox(clock: time.Clock) -> None:
    harbour, _ = houses(clock)
    words = {label: word for label, word in harbour.canaries.items() if len(READERS[label]) < len(MEMBERS)}
    assert len(words) > 30
    client = factories.signed_in(harbour.people["colleague"])
    page = reverse("people", kwargs={"organisation": "harbour"})
    name = harbour.canaries["people.Person.name"]
    assert name in client.get(page, {"q": harbour.canaries["people.Person.brings"]}).content.decode()
    for label, word in words.items():
        if label == "people.Topic.aliases":
            continue  # other words for a topic are there to find whoever offers it; they are about nobody
        assert name not in client.get(page, {"q": word}).content.decode(), label
    assert_listed_for_its_owner_alone(harbour)
    assert held_in_passing(words.values()) == []


def assert_listed_for_its_owner_alone(harbour: House) -> None:
    """Whom `owner` would rather not be introduced to."""
    listed, page = harbour.people["away"].key, reverse("people_not_wanted", args=["harbour"])
    pages = {name: factories.signed_in(harbour.people[name]).get(page) for name in sorted(MEMBERS)}
    assert [name for name, seen in pages.items() if listed in seen.content.decode()] == ["owner"]


def held_in_passing(words: Iterable[str]) -> list[str]:
    """Events, mails in line, messages and tasks hold keys; a worker's log of them tells nothing."""
    rows = dump.everything()
    private = re.compile("|".join(words))
    kept = [label for label in EXPLAINED if label in rows and label.partition(".")[0] in PASSING]
    assert sum(len(rows[label]) for label in kept) > 50
    return [f"{label}: {row}" for label in kept for row in rows[label] if private.search(row)]


def too_much(sights: Sights, built: list[House]) -> list[str]:
    found = []
    for house in built:
        for label, word in house.canaries.items():
            may = {f"{house.slug}/{name}" for name in READERS[label]}
            found += [
                f"{label} of {house.slug}: {observer} at {sight[word]}"
                for observer, sight in sights.seen.items()
                if word in sight and observer not in may
            ]
    return sorted(found)


def unseen(sights: Sights, house: House, names: Collection[str]) -> list[str]:
    """Whoever may read it does: so no sight is missing by mistake, and the table promises what is."""
    return [
        f"{label}: {name}"
        for label in sorted(READERS)
        for name in sorted(READERS[label] & set(names))
        if house.canaries[label] not in sights.seen[f"{house.slug}/{name}"]
    ]
