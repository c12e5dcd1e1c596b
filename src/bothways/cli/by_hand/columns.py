"""Which column of a list is what in a round; which are left out, unread, and why."""

import difflib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from bothways.cli.by_hand.asked import Asked, quoted
from bothways.cli.running import Refusal
from bothways.people.rules.roster import headings
from bothways.people.rules.roster.headings import Column

THEIRS = ("email", "name", "first_name", "last_name", "called", "team", "manager", "time_zone", "languages")
OURS = {
    "wants": "wants|want|wants to learn|want to learn|like to learn|would like to learn|learning|looking for"
    "|would like help with|wants help with|want help with|help with|looking for help with|topics of interest"
    "|areas of interest|development areas|areas for development|möchte lernen|sucht|cherche"
    "|souhaite apprendre|busca|quiere aprender|procura",
    "offers": "offers|offer|offering|gives|can help with|can help|can offer|bietet|propose|ofrece|oferece",
    "organisation": "organisation|organization|org|company|employer|agency|ministry|organisation name"
    "|organization name|company name|firma|unternehmen|entreprise|empresa|organización|organização|azienda"
    "|organizzazione|bedrijf|organisatie|företag",
    "hours": "hours|usual hours|working hours|availability|available|available hours|free hours|times"
    "|arbeitszeit|horaires|horario|horário",
    "never": "not with|never with|do not pair with|do not match with|not to be introduced to|asked not to"
    "|exclude|exclusions|avoid|to avoid|rather not|rather not meet|rather not with|would rather not"
    "|would rather not meet|would rather not be introduced to|not to meet|not meet|must not meet"
    "|should not meet|does not want to meet|do not want to meet|doesnt want to meet|dont want to meet"
    "|does not wish to meet|do not introduce to|not to be paired with|not to be matched with"
    "|keep apart|keep apart from|kept apart from",
    "before": "before|paired before|introduced before|met before|earlier pairs|past pairs|previous mentor"
    "|previous mentors|previous mentee|previous mentees",
    "places": "places|capacity|how many|number of people|room for|slots|max mentees|maximum mentees"
    "|number of mentees|number of mentors|mentees wanted|mentors wanted",
}
EITHER_WAY = {"topics", "topic", "subjects", "subject", "areas", "skills"}  # wanted or offered, by the list
ALSO = {"email": ("email", "email address", "mail address"), "name": ("name", "full name")}
MOST_SHOWN, LONGEST = 20, 60  # of what a refusal names
NEAR = 0.75  # of what difflib calls alike
THROWN_AWAY = ("sensitive", "private", "own_words")


@dataclass(frozen=True)
class Columns:
    """`headings`: as they are compared. `roster`: what the roster's reader fills. `ours`, `fields`: name to
    place of the cell.

    `thrown_away`: sensitive, private and the like, which nobody reads. `unused`: what could be named in a
    rules file and is not.
    """

    headings: frozenset[str]
    roster: tuple[Column, ...]
    ours: Mapping[str, int]
    fields: Mapping[str, int]
    thrown_away: tuple[Column, ...]
    unused: tuple[Column, ...]


def find(path: str, names: Sequence[str], asked: Asked, *, topics_are: str) -> Columns:
    """`topics_are`: what a column is that only says Topics: `wants` or `offers`. Raises `Refusal`."""
    proposed = headings.propose(names)
    by_hand = {column.place: _by_hand(column, asked) for column in proposed if _by_hand(column, asked)}
    ours: dict[str, int] = {}
    for column in sorted(proposed, key=lambda column: column.place not in by_hand):
        meant = _meant(column, asked, topics_are)
        if meant and meant not in THEIRS:
            ours.setdefault(meant, column.place)
    taken = set(ours.values())
    unread = taken | {column.place for column in proposed if column.field in by_hand.values()} - set(by_hand)
    masked = ["" if place in unread else by_hand.get(place) or name for place, name in enumerate(names)]
    roster = tuple(
        column if column.field in THEIRS else Column(column.place, column.heading, left_out="unknown")
        for column in headings.propose(masked)
    )
    if lacking := headings.missing(column.field for column in roster):
        wanted = " and ".join(str(headings.FIELDS[name]) for name in lacking)
        there = f"{path}: no column says {wanted}. There are: {_some(names)}."
        raise Refusal("\n".join([there, *_how_it_would(lacking, proposed)]))
    fields = {name: _place_of(path, name, proposed) for name in asked.fields}
    read = {*taken, *fields.values(), *(column.place for column in roster if column.field)}
    _refuse_doubles(path, names, read)
    left = [column for column in proposed if column.place not in read]
    return Columns(
        frozenset(map(key_of, names)),
        roster,
        ours,
        fields,
        tuple(column for column in left if column.left_out in THROWN_AWAY),
        tuple(column for column in left if column.left_out not in THROWN_AWAY and column.heading),
    )


def key_of(heading: str) -> str:
    """A heading as headings are compared."""
    return " ".join(headings.plain(heading))


def _how_it_would(lacking: Iterable[str], proposed: Iterable[Column]) -> Iterator[str]:
    """What to do, with the heading that is nearest, if one is."""
    free = {key_of(one.heading): one.heading for one in proposed if not (one.field or one.dropped)}
    for name in lacking:
        label = headings.FIELDS[name]
        near = [key for also in ALSO[name] for key in difflib.get_close_matches(also, free, 1, NEAR)]
        rename = f"Rename “{free[near[0]]}” to “{label}”" if near else f"Call one of them “{label}”"
        heading = quoted(free[near[0]] if near else "its heading")
        where = "as the first line of a rules file"
        yield f'{rename}, or write {where}: columns.{heading} = "{name}"'


def _refuse_doubles(path: str, names: Sequence[str], read: Collection[int]) -> None:
    """Of two columns that are called the same only one would be read."""
    called = [" ".join(name.split()).casefold() for name in names]
    many = Counter(called)
    for place in sorted(read):
        if many[called[place]] > 1:
            raise Refusal(
                f"{path}: {many[called[place]]} columns are called “{names[place].strip()}”, and one alone "
                "can be read. Put their cells into one column, or rename what is not meant."
            )


def _by_hand(column: Column, asked: Asked) -> str:
    said = {key_of(heading): meant for heading, meant in asked.columns.items()}
    meant = said.get(key_of(column.heading), "")
    if meant and meant not in (*THEIRS, *OURS):
        there = ", ".join((*THEIRS, *OURS))
        raise Refusal(f"[columns] “{column.heading}” is one of: {there}; not {meant}.")
    if meant and column.dropped:
        raise Refusal(f"[columns] “{column.heading}” is thrown away unread ({column.why}). Take it out.")
    return meant


def _meant(column: Column, asked: Asked, topics_are: str) -> str:
    if by_hand := _by_hand(column, asked):
        return by_hand
    if column.left_out in ("sensitive", "private"):
        return ""
    key = key_of(column.heading)
    if key in EITHER_WAY:
        return topics_are
    return (
        _spellings().get(key)
        or _spellings().get(_without_i(key))
        or ("offers" if column.field == "offers" else "")
    )


def _without_i(key: str) -> str:
    """As a form asks it: What I would like to learn."""
    return key.removeprefix("what ").removeprefix("i ").removeprefix("id ")


@cache
def _spellings() -> Mapping[str, str]:
    return {key_of(one): name for name, spellings in OURS.items() for one in spellings.split("|")}


def _place_of(path: str, name: str, proposed: Sequence[Column]) -> int:
    for column in proposed:
        if key_of(column.heading) != key_of(name):
            continue
        if column.left_out in THROWN_AWAY:
            raise Refusal(
                f"{path}: the rules name “{name}”, which is thrown away unread ({column.why}). "
                "Take it out of the rules."
            )
        return column.place
    raise Refusal(
        f"{path}: the rules name “{name}”, and no column is called so. "
        f"There are: {_some([column.heading for column in proposed])}."
    )


def _some(names: Sequence[str]) -> str:
    """The first of them, no longer than one can read."""
    shown = [name if len(name) <= LONGEST else f"{name[:LONGEST]}…" for name in names[:MOST_SHOWN]]
    more = len(names) - MOST_SHOWN
    return ", ".join([*shown, f"and {more:,} more"] if more > 0 else shown)
