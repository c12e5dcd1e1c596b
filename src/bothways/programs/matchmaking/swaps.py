"""What a swap would make of two pairs, told before it is made: by what a steward may read, and no more."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrPromise

from bothways.ask.queries import public_state
from bothways.ask.queries.topics import index_of
from bothways.ask.rules.week import whole_hours
from bothways.core import time
from bothways.people.models import Person
from bothways.programs.models import Pairing, Pin, Program, Round
from bothways.programs.queries import changes, taking_part
from bothways.programs.queries.taking_part import Row
from bothways.programs.rules import in_common, pair_reasons, terms
from bothways.programs.rules.in_common import Public

REPORTS = gettext_lazy("One of the two reports to the other, so they cannot be introduced by hand either.")
YOURS = gettext_lazy("You are one of these two, so only another steward of this program can settle them.")
GONE = gettext_lazy("One of the two takes no part in this way any more.")
Two = tuple[Person, Person]


@dataclass(frozen=True)
class Made:
    """One of the two pairs that would come of it. `why`: what speaks for it; `broken`: rules against it."""

    seeker: Person
    giver: Person
    why: list[str]
    broken: list[str]
    cannot: StrPromise | str


@dataclass(frozen=True)
class Candidate:
    """Another pair to swap with. `goes`: what was settled by hand and would be so no more.

    `is_anew`: one of them was locked with somebody else since; what this says would not be so.
    """

    pairing: Pairing
    made: tuple[Made, Made]
    goes: list[str]
    is_locked: bool
    is_anew: bool

    @property
    def may_be(self) -> bool:
        return not self.is_anew and not any(one.cannot for one in self.made)

    @property
    def is_broken(self) -> bool:
        return any(one.broken for one in self.made)


@dataclass(frozen=True)
class _Known:
    """`rows` and `public` by id of a person, `pins` by ids of seeker and giver; `by`: who would swap."""

    rows: Mapping[int, Row]
    public: Mapping[int, Public]
    names: Mapping[str, str]
    pins: Mapping[tuple[int, int], Pin]
    rules: Sequence[str]
    anew: set[str]
    by: Person


def candidates(pairing: Pairing, others: Sequence[Pairing], *, by: Person) -> list[Candidate]:
    """Of these those that break least first, and last who cannot be swapped with; constant in queries."""
    people = {one.pk: one for pair in (pairing, *others) for one in (pair.seeker, pair.giver)}
    known = _known(pairing.rehearsal.round, list(people.values()), pairing, by)
    told = [_candidate(pairing, other, known) for other in others]
    return sorted(told, key=lambda one: (not one.may_be, sum(len(made.broken) for made in one.made)))


def is_locked(pairing: Pairing) -> bool:
    locks = Pin.objects.filter(round=pairing.rehearsal.round_id, kind=Pin.Kind.LOCK)
    return locks.filter(seeker=pairing.seeker_id, giver=pairing.giver_id).exists()


def _candidate(pairing: Pairing, other: Pairing, known: _Known) -> Candidate:
    before: tuple[Two, Two] = ((pairing.seeker, pairing.giver), (other.seeker, other.giver))
    after: tuple[Two, Two] = ((pairing.seeker, other.giver), (other.seeker, pairing.giver))
    mine = known.pins.get((other.seeker_id, other.giver_id))
    return Candidate(
        pairing=other,
        made=(_made(*after[0], known), _made(*after[1], known)),
        goes=[*_locks_that_go(before, known.pins), *_bans_that_go(after, known.pins)],
        is_locked=bool(mine and mine.kind == Pin.Kind.LOCK),
        is_anew=any(one.key in known.anew for two in before for one in two),
    )


def _made(seeker: Person, giver: Person, known: _Known) -> Made:
    rows = known.rows.get(seeker.pk), known.rows.get(giver.pk)
    if known.by in (seeker, giver):
        return Made(seeker, giver, [], [], YOURS)
    if not (rows[0] and rows[0].seeks and rows[1] and rows[1].gives):
        return Made(seeker, giver, [], [], GONE)
    names = {"seeker": seeker.name, "giver": giver.name}
    one, other = known.public[seeker.pk], known.public[giver.pk]
    parts = in_common.parts(one, other, known.names)
    return Made(
        seeker=seeker,
        giver=giver,
        why=pair_reasons.in_words(parts, seeker.name, giver.name, known.names),
        broken=[str(words) % names for words in in_common.broken(one, other, known.rules)],
        cannot=REPORTS if seeker.is_above(giver) or giver.is_above(seeker) else "",
    )


def _locks_that_go(pairs: Iterable[Two], pins: Mapping[tuple[int, int], Pin]) -> list[str]:
    said = _("%(seeker)s and %(giver)s are locked by hand: that lock goes.")
    return _said(said, pairs, pins, Pin.Kind.LOCK)


def _bans_that_go(pairs: Iterable[Two], pins: Mapping[tuple[int, int], Pin]) -> list[str]:
    said = _("%(seeker)s and %(giver)s are kept apart by hand: that goes.")
    return _said(said, pairs, pins, Pin.Kind.FORBID)


def _said(words: str, pairs: Iterable[Two], pins: Mapping[tuple[int, int], Pin], kind: str) -> list[str]:
    return [
        words % {"seeker": seeker.name, "giver": giver.name}
        for seeker, giver in pairs
        if (pin := pins.get((seeker.pk, giver.pk))) and pin.kind == kind
    ]


def _known(round_: Round, people: Sequence[Person], pairing: Pairing, by: Person) -> _Known:
    ids = [one.pk for one in people]
    rows = taking_part.rows(round_.program, among=people)
    index = index_of(round_.program.organisation_id)
    theirs = Pin.objects.filter(round=round_).filter(Q(seeker__in=ids) | Q(giver__in=ids))
    return _Known(
        rows=rows,
        public=_public(round_.program, rows, index.home),
        names=index.names,
        pins={(pin.seeker_id, pin.giver_id): pin for pin in theirs},
        rules=terms.in_force(round_.rules),
        anew=changes.settled_anew(pairing.rehearsal),
        by=by,
    )


def _public(program: Program, rows: Mapping[int, Row], home: public_state.Home) -> dict[int, Public]:
    organisation, people = program.organisation, list(rows)
    offers, wants = public_state.offers(people, home), public_state.wants(people, home).shown
    broader = taking_part.broader(organisation.pk, home)
    today = time.today(organisation.time_zone)
    monday = today - timedelta(days=today.weekday())
    nothing: frozenset[str] = frozenset()
    return {
        pk: Public(
            wants=wants.get(pk, nothing),
            offers=offers.get(pk, nothing).union(*(broader.get(one, ()) for one in offers.get(pk, nothing))),
            languages=frozenset(row.languages or [organisation.language]),
            hours=whole_hours(row.hours, row.zone, monday),
            team=row.team_id,
        )
        for pk, row in rows.items()
    }
