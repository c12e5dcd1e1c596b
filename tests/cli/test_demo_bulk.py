"""People in bulk are like people who came through the verbs: their rows' shapes, and all that must hold."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from random import Random
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import connection, models, transaction
from django.db.models import Sum
from pytest_django import DjangoDbBlocker

from bothways.ask.matchmaking import offers, suggesting
from bothways.ask.models import StewardAsk
from bothways.ask.sources import Inquiry
from bothways.cli.demo import bulk, content, year
from bothways.cli.demo.bulk import Part
from bothways.connections.models import Introduction
from bothways.core import time
from bothways.core.models import Organisation
from bothways.inbox.models import Message
from bothways.inbox.queries import subjects
from bothways.people.actions import availability
from bothways.people.models import Account, Person, Reservation, SearchEntry, Team
from bothways.people.queries import find
from bothways.people.queries.find import Wish

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite]  # the demo is a file
UNTIL = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LIVED, FEWER = 40, 13
# Other people; whoever leads a town has a manager too; and where nobody is being asked, there is more room.
OTHERWISE = ("pronouns", "manager_id", "has_room")
PEOPLE_PARTS = (Part(Person, ("pk",)), Part(Account, ("persons",)), Part(EmailAddress, ("user__persons",)))
Ids = tuple[int, int]


@pytest.fixture(scope="module")
def towns(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[Ids]]:
    """The first and last ids of those who lived, of a whole town, and of a town of a few."""
    count = 2 * LIVED + FEWER
    with django_db_blocker.unblock(), transaction.atomic():
        year.live(count + 1, until=UNTIL, tell=lambda what: None, lived=LIVED)
        ids = list(Person.objects.exclude(role="administrator").order_by("pk").values_list("pk", flat=True))
        assert len(ids) == count
        assert Person.objects.count() == count + 1, "as many as were asked for, their administrator included"
        with time.driven(UNTIL):
            yield [(ids[0], ids[39]), (ids[40], ids[79]), (ids[80], ids[-1])]
        transaction.set_rollback(True)


def rows_of(part: Part, ids: Ids) -> models.QuerySet[Any]:
    here = {f"{path}__pk__range" if path != "pk" else "pk__range": ids for path in part.people}
    return part.model._default_manager.filter(**here).distinct().order_by("pk")


def lived_and_left_out(part: Part, ids: Ids) -> models.QuerySet[Any]:
    return rows_of(part, ids).filter(pk__in=part.model._default_manager.filter(part.but).values("pk"))


def shape(rows: models.QuerySet[Any]) -> dict[str, Any]:
    """Of each column: how often it is empty, of what type it is, and its range or its values."""
    values = list(rows.values())
    return {
        field.attname: _column(field, [row[field.attname] for row in values]) for field in fields_of(rows)
    }


def fields_of(rows: models.QuerySet[Any]) -> list[models.Field[Any, Any]]:
    return list(rows.model._meta.concrete_fields)


def _column(field: models.Field[Any, Any], values: list[Any]) -> tuple[Any, ...]:
    empty, types = sum(value in (None, "", []) for value in values), Counter(map(type, values))
    if field.primary_key or field.is_relation or field.unique:
        return empty, types
    if isinstance(field, models.DateField | models.IntegerField | models.BooleanField) or field.choices:
        return empty, types, Counter(values)
    if isinstance(field, models.JSONField):
        return empty, types, Counter(type(each) for value in values for each in value)
    return empty, types, {len(value) > (field.max_length or 10_000) for value in values}


@pytest.mark.parametrize("part", [*PEOPLE_PARTS, *bulk.PARTS], ids=lambda part: part.model.__name__)
def test_rows_in_bulk_have_the_shape_of_rows_that_verbs_made(part: Part, towns: list[Ids]) -> None:
    lived, town, few = towns
    left_out = lived_and_left_out(part, lived).values("pk")
    expected, made = shape(rows_of(part, lived).exclude(pk__in=left_out)), shape(rows_of(part, town))
    for name, column in expected.items():
        if name not in OTHERWISE:
            assert made[name] == column, name
    assert rows_of(part, few).count() <= rows_of(part, lived).count()


def test_the_test_is_not_blind(towns: list[Ids]) -> None:
    """Most tables have rows in the lived year, and what is left out of a copy is there in the original."""
    lived, town, _ = towns
    filled = [part for part in bulk.PARTS if rows_of(part, town).exists()]
    assert len(filled) >= len(bulk.PARTS) - 4, "all but what people rarely do"
    open_ones = Introduction.objects.filter(state="open")
    assert open_ones.filter(second__pk__range=lived).exists()
    assert not open_ones.filter(second__pk__range=town).exists()
    assert not Reservation.objects.filter(person__pk__range=town, kind="held").exists()


def test_every_constraint_holds_and_every_manager_is_of_the_town(towns: list[Ids]) -> None:
    connection.check_constraints()
    for first, last in towns[1:]:
        people = list(Person.objects.filter(pk__range=(first, last)).select_related("manager"))
        for person in people:
            assert person.manager_id
            assert person.manager
            assert person.line == f"{person.manager.line}{person.manager_id}/"
            assert person.manager_id >= first or person.title.startswith("Director, ")
    persons = Person.objects.all()
    assert (
        len({person.key for person in persons}) == len({person.email for person in persons}) == len(persons)
    )
    assert {len(person.key) for person in persons} == {16}


def over_budget(ids: Ids) -> int:
    """How many gave more than they said in a month: two who agree on a meeting may."""
    given = Reservation.objects.filter(person__pk__range=ids).values(
        "person", "person__budget_minutes", "month"
    )
    return sum(row["total"] > row["person__budget_minutes"] for row in given.annotate(total=Sum("minutes")))


def test_nobody_gives_more_than_those_who_lived(towns: list[Ids]) -> None:
    lived, town, few = towns
    assert over_budget(few) <= over_budget(town) <= over_budget(lived)
    assert availability.take_snapshot(Organisation.objects.get()) == 0, "everybody's snapshot is taken"
    assert Person.objects.filter(pk__range=town, has_room=True).exists()


def test_messages_are_about_something_of_the_town(towns: list[Ids]) -> None:
    for message in Message.objects.filter(person__pk__range=towns[1]).select_related("person"):
        sort, _, key = message.about.partition(":")
        assert subjects.SCOPES[sort](message.person).filter(key=key).exists(), message.about


def test_search_finds_them_and_suggestions_reach_them(towns: list[Ids]) -> None:
    assert SearchEntry.objects.count() == Person.objects.here().count()
    newcomer = Person.objects.select_related("organisation", "team").get(email="newcomer@demo.example")
    somebody = Person.objects.filter(pk__range=towns[1], state="active").order_by("pk")[5]
    assert somebody in set(find.find(newcomer, Wish(words=somebody.name)))
    reached = {
        suggested.person.pk
        for row in content.rows("asks")
        for suggested in suggesting.people_for(Inquiry(person=newcomer, sentence=row["sentence"]))
    }
    assert any(towns[1][0] <= pk for pk in reached)


@pytest.mark.parametrize("role", ["giver", "leader", "manager"])
def test_somebody_waits_for_an_answer_of_whoever_is_stepped_into(role: str, towns: list[Ids]) -> None:
    person = Person.objects.get(email=f"{role}@demo.example")
    assert Introduction.objects.ours(person).open_at(UNTIL).exists()


def test_the_newcomer_is_offered_somebody_and_the_steward_is_asked(towns: list[Ids]) -> None:
    newcomer = Person.objects.select_related("organisation").get(email="newcomer@demo.example")
    assert offers.offer_for(newcomer)
    assert StewardAsk.objects.filter(steward__email="steward@demo.example").exists()


def test_whoever_comes_afterwards_gets_an_id_of_their_own(towns: list[Ids]) -> None:
    organisation = Organisation.objects.get()
    with transaction.atomic():
        Team.objects.create(organisation=organisation, name="A new one")
        Person.objects.create(organisation=organisation, name="A new one", email="new@demo.example")
        transaction.set_rollback(True)


def test_many_have_names_and_addresses_of_their_own() -> None:
    called = content.names(Random("any"))
    names = [next(called)[0] for _ in range(50_000)]
    assert len(set(names)) == 50_000
    assert not any(letter.isdigit() for name in names for letter in name)
    figures = content.figures(300, seed=1, today=date(2026, 3, 2))
    assert len({figure.email for figure in figures}) == 300
