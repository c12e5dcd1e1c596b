"""From an organisation to what a night's run is made of: drafts of plain values, one for each part."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.crypto import salted_hmac

from bothways.ask.queries import nights, public_state
from bothways.ask.queries.nights import Row
from bothways.ask.queries.topics import index_of
from bothways.ask.rules import nights as rules
from bothways.ask.rules.nights import Part
from bothways.ask.rules.week import whole_hours
from bothways.core import time
from bothways.core.models import Organisation
from bothways.matching import Draft, Participant, Rule, RuleKind

LENGTH = 3  # what Home's quiet offer shows
APART = (
    RuleKind.ASKED_NOT,
    RuleKind.REPORTING_LINE,
    RuleKind.PAIRED_BEFORE,
    RuleKind.NO_SHARED_LANGUAGE,
    RuleKind.NO_SHARED_TOPIC,
)


@dataclass(frozen=True)
class _Known:
    """What is read of the people of one part, by id."""

    rows: Mapping[int, Row]
    offers: public_state.Topics
    wants: public_state.Wants
    minutes: Mapping[int, int]
    never: Mapping[int, frozenset[str]]
    before: Mapping[int, frozenset[str]]


def parts(organisation: Organisation) -> list[Part]:
    """None where so few give that there is nobody to spread: they are found directly (`suggesting`)."""
    if nights.how_many_give(organisation) < rules.FEWEST_GIVERS:
        return []
    return rules.parts(nights.seekers(organisation), nights.givers(organisation), lot=_lot(organisation))


def draft(organisation: Organisation, part: Part) -> Draft:
    """As things stand now, in one number of queries. Who is named first, by lot, is first among equals.

    What somebody wants counts for their own list alone; for others' it counts as far as it is shown.
    """
    known = _known(organisation, part)
    seekers = [_taken(organisation, known, pk) for pk in part.seekers if pk in known.rows]
    givers = [_taken(organisation, known, pk) for pk in part.givers if pk in known.rows]
    nothing: frozenset[str] = frozenset()
    ids = {row.key: pk for pk, row in known.rows.items()}
    return Draft(
        seekers=tuple(
            replace(one, wants=known.wants.suggested.get(ids[one.key], nothing)) for one in seekers
        ),
        givers=tuple(replace(one, wants=known.wants.shown.get(ids[one.key], nothing)) for one in givers),
        rules=tuple(map(Rule, APART)),
        length=LENGTH,
    )


def _known(organisation: Organisation, part: Part) -> _Known:
    people = list({*part.seekers, *part.givers})
    home, rows = index_of(organisation.pk).home, nights.rows(people)
    keys = {pk: row.key for pk, row in rows.items()}
    return _Known(
        rows=rows,
        offers=public_state.offers(people, home),
        wants=public_state.wants(people, home),
        minutes=public_state.minutes_taken(people, public_state.this_month(organisation.time_zone)),
        never=public_state.by_key(public_state.never(people), keys),
        before=public_state.by_key(public_state.before(people), keys),
    )


def _taken(organisation: Organisation, known: _Known, pk: int) -> Participant:
    """Without what they want, which is another thing to themselves than to others."""
    row = known.rows[pk]
    above = (known.rows.get(manager) for manager in public_state.line(row.line))
    return Participant(
        key=row.key,
        offers=known.offers.get(pk, frozenset()),
        languages=frozenset(row.languages or [organisation.language]),
        hours=whole_hours(row.hours, row.zone, _monday(organisation)),
        team=str(row.team_id or ""),
        line=frozenset(manager.key for manager in above if manager),
        never=known.never[pk],
        before=known.before[pk],
        places=rules.places(row.budget, known.minutes.get(pk, 0)),
    )


def _monday(organisation: Organisation) -> date:
    today = time.today(organisation.time_zone)
    return today - timedelta(days=today.weekday())


def _lot(organisation: Organisation) -> bytes:
    """Of this night and this installation: nobody can tell who will be in which part."""
    drawn = f"{organisation.slug}/{time.today(organisation.time_zone)}"
    return salted_hmac("bothways.ask.nights", drawn, algorithm="sha256").digest()
