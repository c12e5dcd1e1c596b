"""Programs as their pages list them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Lower

from bothways.connections.rules import kinds
from bothways.core import time
from bothways.core.prepared import prepared
from bothways.people.models import Person
from bothways.people.queries.search import called, first_by_name
from bothways.programs.models import LeftOut, Pairing, Participation, Program, Round
from bothways.programs.queries import taking_part


@dataclass(frozen=True)
class Shown:
    """A program before one who looks at it: their own part, who runs it, whether they do.

    `looks_after`: whether they may see to it that somebody runs it, as an administrator.
    `has_room`: whether their own month, whatever is taken of it, is long enough for an introduction.
    `passed_by`: whether the last round had somebody for them, and yet could not begin for them.
    """

    program: Program
    mine: Participation | None
    stewards: list[Person]
    runs: bool
    looks_after: bool
    is_running: bool
    has_room: bool
    passed_by: bool


def open_to(person: Person) -> QuerySet[Program]:
    """Those that one may take part in, one's own first. `takes_part`, `seeks`, `gives`: how one does.

    Not what one runs, unless one takes part: that stands below `run_by`.
    """
    found = _open(person.pk, person.organisation_id, time.today(person.organisation.time_zone))
    return _beside_run(found, person.pk) if "steward" in person.roles else found


def first_open_to(person: Person) -> Program | None:
    """The first of them, which Home asks for each time."""
    first = _first_beside_run if "steward" in person.roles else _first_open
    found = first(person.pk, person.organisation_id, time.today(person.organisation.time_zone))
    return found[0] if found else None


def _open(person: Any, organisation: Any, today: Any) -> QuerySet[Program]:
    mine = Participation.objects.here().filter(program=OuterRef("pk"), person=person)
    found = Program.objects.filter(organisation=organisation).running(today)
    return found.annotate(
        takes_part=Exists(mine), seeks=Exists(mine.filter(seeks=True)), gives=Exists(mine.filter(gives=True))
    ).order_by("-takes_part", "-opened_at", "key")


def _beside_run(found: QuerySet[Program], person: Any) -> QuerySet[Program]:
    """Without those that one runs and takes no part in."""
    runs = Program.stewards.through.objects.filter(program=OuterRef("pk"), person=person)
    return found.filter(Q(takes_part=True) | ~Exists(runs))


@prepared
def _first_open(person: Any, organisation: Any, today: Any) -> QuerySet[Program]:
    return _open(person, organisation, today)[:1]


@prepared
def _first_beside_run(person: Any, organisation: Any, today: Any) -> QuerySet[Program]:
    return _beside_run(_open(person, organisation, today), person)[:1]


def run_by(person: Person) -> QuerySet[Program]:
    """Those that this person runs, the open ones first; `people` is how many take part."""
    here = Count("participations", filter=Q(participations__left_at=None))
    found = Program.objects.stewarded(person).annotate(people=here, is_closed=Q(closed_at__isnull=False))
    return found.order_by("is_closed", "-opened_at", "key")


def shown(program: Program, person: Person) -> Shown:
    """What its page says to one of its organisation."""
    run = list(program.stewards.order_by().values_list("pk", flat=True))  # else all are read, by name
    stewards = list(stewards_of(person).filter(pk__in=run))
    return Shown(
        program=program,
        mine=Participation.objects.here().filter(program=program, person=person).first(),
        stewards=stewards,
        runs=any(one.pk == person.pk for one in stewards),
        looks_after="administrator" in person.roles,
        is_running=program.is_running(time.today(person.organisation.time_zone)),
        has_room=_has_room(program, person),
        passed_by=_passed_by(program, person),
    )


def _has_room(program: Program, person: Person) -> bool:
    """By their budget alone: what is held of it says what is open and undelivered (consent.md 18)."""
    return person.budget_minutes >= kinds.pace(program.kind, of_round=True).minutes


def _passed_by(program: Program, person: Person) -> bool:
    last = Round.objects.filter(program=program, sent_at__isnull=False).order_by("-number").values("sent")[:1]
    mine = Pairing.objects.filter(seeker=person, rehearsal=Subquery(last))  # whose three rows are soon found
    found = mine.values_list("rank", "sent_at", "queue")
    return any(rank == 1 and sent_at and queue is None for rank, sent_at, queue in found)


def counts(program: Program) -> Mapping[str, int]:
    """How many take part, and how many of them a round would be made of: looking, there for others, both."""
    here = Participation.objects.here().filter(program=program)
    able = taking_part.of(program)
    return here.aggregate(
        people=Count("pk"),
        idle=Count("pk", filter=Q(seeks=False, gives=False)),
        waiting=Count("pk", filter=_waits(program)),
    ) | able.aggregate(
        seeking=Count("pk", filter=Q(seeks=True)),
        giving=Count("pk", filter=Q(gives=True)),
        both=Count("pk", filter=Q(seeks=True, gives=True)),
    )


HOW = ("seeks", "gives", "waits", "idle")


def people(program: Program, how: str = "") -> QuerySet[Participation]:
    """Who takes part, by name; perhaps some only. `waits`: the last round had nobody for them."""
    waits = _waits(program)
    able = Q(pk__in=taking_part.of(program).values("pk"))
    narrowed = {
        "seeks": able & Q(seeks=True),
        "gives": able & Q(gives=True),
        "waits": waits,
        "idle": Q(seeks=False, gives=False),
    }
    here = Participation.objects.here().filter(narrowed.get(how, Q()), program=program)
    return here.annotate(waits=waits).select_related("person__team").order_by(Lower("person__name"), "key")


def rounds(program: Program) -> QuerySet[Round]:
    """Newest first; the one that waits to be sent, where there is one, is always the newest."""
    return Round.objects.filter(program=program).order_by("-number")


def waiting(program: Program) -> Round | None:
    """The round that waits to be sent."""
    return Round.objects.filter(program=program, sent_at=None).order_by("-number").first()


def stewards_of(person: Person) -> QuerySet[Person]:
    """Whoever may run a program here."""
    here = Person.objects.filter(organisation=person.organisation_id, state=Person.State.ACTIVE)
    return here.exclude(role=Person.Role.MEMBER).select_related("team").order_by(Lower("name"), "key")


MOST_FOUND = 8
_SIDES = {"seeker": "seeks", "giver": "gives"}


def called_so(program: Program, name: str, side: str) -> list[Person]:
    """Up to eight whom a round could introduce on that side, `seeker` or `giver`, and who are called so."""
    able = taking_part.of(program).filter(**{_SIDES[side]: True})
    found = called(program.organisation_id, name).filter(pk__in=able.values("person"))
    return first_by_name(found, MOST_FOUND)


def _waits(program: Program) -> Q:
    """Looks for somebody still, although the last round that was sent had nobody for them."""
    sent = Round.objects.filter(program=program, sent_at__isnull=False).order_by("-number")
    left_out = LeftOut.objects.filter(person=OuterRef("person"), rehearsal=Subquery(sent.values("sent")[:1]))
    return Q(Exists(left_out), seeks=True)
