"""The rest of a large demo, in bulk: town after town to which the lived year happened as well.

A town is a copy of the people who lived through the verbs, under other names, with all that became of them;
so its rows have the shape and the proportions that verbs give them. What waits for a private answer stays
with those who lived: nothing here reads or copies what is sealed.
"""

from collections.abc import Callable, Iterator
from random import Random
from typing import Any, NamedTuple

from allauth.account.models import EmailAddress
from django.core.management.color import no_style
from django.db import connection, models
from django.db.models import Case, ExpressionWrapper, F, Max, Min, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat, StrIndex, Substr

from bothways.ask.models import Ask, QuietOffer, StewardAsk
from bothways.cli.demo import content
from bothways.connections.models import (
    Agreement,
    Connection,
    ConnectionMessage,
    Due,
    Introduction,
    Meeting,
    MoreAsked,
    PassedOn,
    Queue,
    QueueEntry,
    Reflection,
)
from bothways.core import keys
from bothways.core.models import Organisation
from bothways.inbox.models import Message
from bothways.people.actions import applying, availability, search
from bothways.people.models import Account, Invitation, NotWanted, Offer, Person, Reservation, Team, Want

MARKED = 6  # letters of every key that are the town's own
PAIR = ("connection__first", "connection__second")
QUIET = (
    *("introduction", "introduction_of_round", "reminder", "reminder_of_round", "more_asked", "more_told"),
    *("fit", "quiet", "renewal", "kind_proposed"),
)


class Part(NamedTuple):
    """Rows that go along with the people they are about, without those that `but` describes."""

    model: type[models.Model]
    people: tuple[str, ...]
    but: Q = Q(pk=None)


PARTS = (
    Part(Offer, ("person",)),
    Part(Want, ("person",)),
    Part(Invitation, ("person",)),
    Part(NotWanted, ("person", "other")),
    Part(Reservation, ("person",), but=Q(kind=Reservation.Kind.HELD)),
    Part(Queue, ("author",)),
    Part(QueueEntry, ("queue__author", "person")),
    Part(Introduction, ("first", "second"), but=Q(state="open")),
    Part(PassedOn, ("introducer", "first", "second"), but=Q(introduction__state="open")),
    Part(MoreAsked, ("introduction__first", "introduction__second"), but=Q(introduction__state="open")),
    Part(Connection, ("first", "second")),
    Part(ConnectionMessage, PAIR),
    Part(Due, PAIR),
    Part(Meeting, PAIR),
    Part(Agreement, PAIR),
    Part(Reflection, ("meeting__connection__first", "meeting__connection__second")),
    Part(Ask, ("author",)),
    Part(QuietOffer, ("person",)),
    Part(StewardAsk, ("author", "steward")),
    Part(Message, ("person",), but=Q(kind__in=QUIET)),
)


def add(organisation: Organisation, more: int, *, seed: str, tell: Callable[[str], None]) -> None:
    """So many more people, in towns that are as large as what was lived; the last one may be smaller."""
    lived = Lived(organisation)
    names = content.names(Random(f"{seed}/towns"))
    for number, name in enumerate(_towns(), start=1):
        if more <= 0:
            break
        with keys.derived(seed, f"town {number}"):
            town = Town(lived, name, mark=keys.new()[:MARKED], size=more)
        town.people(names)
        town.everything_else()
        more -= town.size
        tell(f"{name}: {town.size:,} people")
    _count_on()
    applying.rebuild_lines(organisation.pk)
    availability.take_snapshot(organisation)
    search.rebuild(organisation)


class Lived:
    """Those who lived the year: everybody but the organisation's administrator, in the order they came in."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        everybody = Person.objects.filter(organisation=organisation).exclude(role=Person.Role.ADMINISTRATOR)
        self.people = list(everybody.select_related("account", "team").order_by("pk"))
        self.teams = list(Team.objects.filter(organisation=organisation).order_by("pk"))
        self.top = next(person for person in self.people if person.manager_id is None)


class Town:
    """One copy. Its rows' ids are those of the lived ones, moved on by the same number for each table."""

    def __init__(self, lived: Lived, name: str, *, mark: str, size: int) -> None:
        self.lived, self.name, self.mark = lived, name, mark
        self.chosen = lived.people[:size]
        self.size = len(self.chosen)
        self.first, self.last = self.chosen[0].pk, self.chosen[-1].pk
        self.moved: dict[type[models.Model], int] = {}

    def people(self, names: Iterator[tuple[str, str]]) -> None:
        """Managers come in before those they manage, so that whoever is chosen has theirs."""
        accounts = [person.account for person in self.chosen if person.account]
        for model, ids in (
            (Team, [team.pk for team in self.lived.teams]),
            (Account, [account.pk for account in accounts]),
            (Person, [self.first]),
        ):
            self.moved[model] = _last(model) + 1 - min(ids)
        Team.objects.bulk_create(
            _again(team, pk=team.pk + self.moved[Team], name=f"{team.name}, {self.name}")
            for team in self.lived.teams
        )
        made = [self._person(person, *next(names)) for person in self.chosen]
        signing_in = [(old.account, new) for old, new in zip(self.chosen, made, strict=True) if old.account]
        Account.objects.bulk_create(
            _again(account, pk=new.account_id, email=new.email) for account, new in signing_in
        )
        EmailAddress.objects.bulk_create(
            EmailAddress(
                user_id=account.pk + self.moved[Account], email=new.email, verified=True, primary=True
            )
            for account, new in signing_in
        )
        Person.objects.bulk_create(made)

    def _person(self, old: Person, name: str, pronouns: str) -> Person:
        top = old.pk == self.lived.top.pk
        pk = old.pk + self.moved[Person]
        made: Person = _again(
            old,
            pk=pk,
            key=self.mark + old.key[MARKED:],
            name=name,
            pronouns=old.pronouns and pronouns,
            email=content.address(name, pk),
            title=f"Director, {self.name}" if top else old.title,
            place=old.place if old.place.startswith("Remote") else self.name,
            team_id=old.team_id and old.team_id + self.moved[Team],
            account_id=old.account_id and old.account_id + self.moved[Account],
            manager_id=old.pk if top else (old.manager_id or 0) + self.moved[Person],
        )
        return made

    def everything_else(self) -> None:
        for part in PARTS:
            rows = self._rows(part)
            lowest = rows.aggregate(lowest=Min("pk"))["lowest"]
            if lowest is not None:
                self.moved[part.model] = _last(part.model) + 1 - lowest
                self._copy(part.model, rows)

    def _rows(self, part: Part) -> QuerySet[Any]:
        here = Q(*(Q(**{f"{path}__pk__range": (self.first, self.last)}) for path in part.people))
        rows = part.model._default_manager.filter(here, **self._of(part))
        return rows.exclude(pk__in=part.model._default_manager.filter(part.but).values("pk"))

    def _of(self, part: Part) -> dict[str, Organisation]:
        return {f"{part.people[0]}__organisation": self.lived.organisation}

    def _copy(self, model: type[models.Model], rows: QuerySet[Any]) -> None:
        """INSERT … SELECT, of all columns."""
        fields = model._meta.concrete_fields
        values = [self._value(field) for field in fields]
        select, parameters = rows.order_by().values_list(*values).query.sql_with_params()
        quote = connection.ops.quote_name
        columns = ", ".join(quote(str(field.column)) for field in fields)
        statement = ("INSERT INTO", quote(model._meta.db_table), f"({columns})", str(select))
        with connection.cursor() as cursor:
            cursor.execute(" ".join(statement), parameters)

    def _value(self, field: models.Field[Any, Any]) -> Any:
        if field.primary_key:
            return self._on("pk", field.model)
        if field.name == "key":
            return Concat(Value(self.mark), Substr("key", MARKED + 1))
        if field.name in ("about", "source_key"):
            return self._subject(field.name)
        if isinstance(field, models.ForeignKey) and field.related_model in self.moved:
            return self._other(field)
        return F(field.attname)

    def _subject(self, name: str) -> Case:
        """`meeting:KEY`, or a bare key, as this town's; what is about nothing stays so."""
        colon = StrIndex(F(name), Value(":"))
        said = Concat(Substr(name, 1, colon), Value(self.mark), Substr(name, colon + MARKED + 1))
        return Case(When(**{name: ""}, then=Value("")), default=said, output_field=models.TextField())

    def _other(self, field: models.ForeignKey[Any, Any]) -> Any:
        """Another of this town's rows. Whoever is not of the town, as an introducer, stays who they are."""
        other = field.related_model
        moved = self._on(field.attname, other)
        if other is not Person:
            return moved
        here = Q(**{f"{field.name}__pk__range": (self.first, self.last)})
        return Case(When(here, then=moved), default=F(field.attname), output_field=models.BigIntegerField())

    def _on(self, name: str, model: type[models.Model]) -> Combinable:
        return ExpressionWrapper(F(name) + self.moved[model], output_field=models.BigIntegerField())


def _again(row: Any, **changes: Any) -> Any:
    """A new object of the same values but for these."""
    same = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    same.pop(row._meta.pk.attname)
    return type(row)(**(same | changes))


def _last(model: type[models.Model]) -> int:
    return int(model._default_manager.aggregate(last=Max("pk"))["last"] or 0)


def _towns() -> Iterator[str]:
    names = [row["town"] for row in content.rows("towns")]
    yield from names
    number = 2
    while True:
        yield from (f"{name} {number}" for name in names)
        number += 1


def _count_on() -> None:
    """Ids were given by hand: PostgreSQL goes on after the last one."""
    made: list[type[models.Model]] = [Team, Account, Person, *(part.model for part in PARTS)]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), made):
            cursor.execute(statement)
