"""From those who take part to what a round is made of."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from bothways.ask.queries import public_state
from bothways.ask.queries.left_out import last_night
from bothways.ask.queries.topics import index_of
from bothways.ask.rules.week import whole_hours
from bothways.connections.rules import kinds
from bothways.core import breath, time
from bothways.matching import Draft, Participant, Rule, RuleKind, Weights
from bothways.people.models import Person
from bothways.programs.models import Pin, Rehearsal
from bothways.programs.queries import taking_part
from bothways.programs.queries.taking_part import Row
from bothways.programs.rules import terms

A_SLICE = 1_000  # people who are read between two breaths


@dataclass(frozen=True)
class Somebody:
    """What the pairs of one who takes part are told by. `secret`: wanted topics that are theirs alone."""

    pk: int
    key: str
    team: str
    place: str
    started_on: date | None
    languages: frozenset[str]
    offers: frozenset[str]
    wants: frozenset[str]
    secret: frozenset[str]


@dataclass(frozen=True)
class Known:
    """What a round is told by once it is made. `people` by key, `names` and `broader` of topics by key.

    `places`: of each who gives. `seeking`: keys of all who seek; `without_room`: of those of them whose month
    has no room for an introduction.
    """

    people: Mapping[str, Somebody]
    names: Mapping[str, str]
    broader: Mapping[str, frozenset[str]]
    language: str
    places: Mapping[str, int]
    seeking: frozenset[str]
    without_room: frozenset[str]


class Drafted(NamedTuple):
    """`draft` is what a round is made of: it is large, and nobody needs it once it is handed over."""

    draft: Draft
    known: Known


def of(
    rehearsal: Rehearsal, *, among: Collection[Person] | None = None, also: Person | None = None
) -> Drafted:
    """What this rehearsal's terms make of whoever takes part now, or of those `among` them.

    `also`: looks for somebody in it whatever their month has room for. Level has no place in it.
    """
    program = rehearsal.round.program
    organisation, people = program.organisation, taking_part.ids(program, among)
    index, rows = index_of(organisation.pk), taking_part.rows(program, among)
    broader = taking_part.broader(organisation.pk, index.home)
    known = _known(rows, people, index.home, organisation.language)
    pace = kinds.pace(program.kind, of_round=True)
    month = _month_has_room_for(rows, pace)
    places = _places(rows, pace, month)
    taken = _taken(rows, known, people, broader, organisation.time_zone)
    locked, forbidden = pinned(rehearsal.pins, Pin.Kind.LOCK), pinned(rehearsal.pins, Pin.Kind.FORBID)
    must = {seeker for seeker, _giver in locked}
    seeking = {row.key: row for row in rows.values() if row.seeks}
    able = {key for key, row in seeking.items() if month[row.pk] or key in must}
    seekers = [row for key, row in seeking.items() if key in able or row.pk == (also and also.pk)]
    givers = [row for row in rows.values() if row.gives]
    return Drafted(
        draft=Draft(
            seekers=tuple(taken[row.pk] for row in seekers),
            givers=tuple(replace(taken[row.pk], places=places[row.pk]) for row in givers),
            weights=_weights(rehearsal.weights),
            rules=tuple(Rule(RuleKind(name)) for name in terms.in_force(rehearsal.rules)),
            locked=locked,
            forbidden=forbidden,
            length=terms.TURNS,
        ),
        known=Known(
            people={one.key: one for one in known.values()},
            names=index.names,
            broader=broader,
            language=organisation.language,
            places={row.key: places[row.pk] for row in givers},
            seeking=frozenset(seeking),
            without_room=frozenset(seeking.keys() - able),
        ),
    )


def pinned(pins: Iterable[Iterable[str]], kind: str) -> frozenset[tuple[str, str]]:
    """Pairs of keys, out of how a rehearsal keeps them: seeker, giver, kind."""
    return frozenset((seeker, giver) for seeker, giver, said in pins if said == kind)


def _known(
    rows: Mapping[int, Row], people: public_state.Ids, home: public_state.Home, language: str
) -> dict[int, Somebody]:
    offers = public_state.offers(people, home)
    wants = public_state.wants(people, home)
    nothing: frozenset[str] = frozenset()
    spoken = {tuple(row.languages): frozenset(row.languages or [language]) for row in rows.values()}
    return {
        pk: Somebody(
            pk=pk,
            key=row.key,
            team=row.team or "",
            place=row.place,
            started_on=row.started_on,
            languages=spoken[tuple(row.languages)],
            offers=offers.get(pk, nothing),
            wants=wants.every.get(pk, nothing),
            secret=wants.every.get(pk, nothing) - wants.shown.get(pk, nothing),
        )
        for pk, row in _in_slices(rows)
    }


def _month_has_room_for(rows: Mapping[int, Row], pace: kinds.Pace) -> dict[int, int]:
    """How many introductions each's budget is enough for; whoever seeks needs no more than one to begin.

    By the budget alone: what is taken of it would tell whoever rehearses again who was asked (consent.md 27).
    """
    return {pk: row.budget // pace.minutes for pk, row in rows.items()}


def _places(rows: Mapping[int, Row], pace: kinds.Pace, month: Mapping[int, int]) -> dict[int, int]:
    """How many more each can be asked for (consent.md 13). Whoever also seeks keeps one for that."""
    return {pk: max(0, min(pace.open_introductions, month[pk]) - row.seeks) for pk, row in rows.items()}


def _taken(
    rows: Mapping[int, Row],
    known: Mapping[int, Somebody],
    people: public_state.Ids,
    broader: Mapping[str, frozenset[str]],
    zone: str,
) -> dict[int, Participant]:
    """Each with one place. Who offers a topic can talk about the broader one too.

    Who was introduced counts since the last night, as not-wanted lists do: or which of the two keeps two
    people apart would show by when it does so first. What is open already opens no second time.
    """
    keys = {pk: row.key for pk, row in rows.items()}
    never = public_state.by_key(public_state.never(people), keys)
    night = last_night(time.now())
    met = public_state.before(people, until=night) + taking_part.listed(people)
    before = public_state.by_key(met, keys)
    today = time.today(zone)
    monday = today - timedelta(days=today.weekday())
    return {
        pk: Participant(
            key=row.key,
            wants=known[pk].wants,
            offers=known[pk].offers.union(*(broader.get(topic, ()) for topic in known[pk].offers)),
            languages=known[pk].languages,
            hours=whole_hours(row.hours, row.zone, monday),
            team=str(row.team_id or ""),
            line=frozenset(keys[above] for above in public_state.line(row.line) if above in keys),
            never=never[pk],
            before=before[pk],
        )
        for pk, row in _in_slices(rows)
    }


def _in_slices(rows: Mapping[int, Row]) -> Iterator[tuple[int, Row]]:
    """With a breath now and then: the hours of ten thousand people take seconds."""
    for number, one in enumerate(rows.items(), start=1):
        if number % A_SLICE == 0:
            breath.breathe()
        yield one


def _weights(strengths: Mapping[str, str]) -> Weights:
    points = terms.points(strengths)
    return Weights(
        shared_topic=points["shared_topic"],
        both_give=points["both_give"],
        hour_in_common=points["hour_in_common"],
        different_team=points["different_team"],
        different_organisation=0,
    )
