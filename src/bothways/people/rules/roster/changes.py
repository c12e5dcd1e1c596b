"""What a list would change: an entry beside the person who is here already."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from bothways.people.rules.roster.entries import Entry

NEW, CHANGED, SAME, BAD = "new", "changed", "same", "bad"

_OFTEN_CLEARED = ("title", "team", "place", "manager")
_THEIR_OWN = ("name", "pronouns", "time_zone", "languages")


@dataclass(frozen=True, slots=True)
class There:
    """A person as they are here. `manager`: an address."""

    pk: int
    name: str
    pronouns: str
    title: str
    team: str
    manager: str
    place: str
    started_on: date | None
    time_zone: str
    languages: tuple[str, ...]
    state: str
    been_here: bool


@dataclass(slots=True)
class Change:
    """What to write: a field that is None is left as it is."""

    verdict: str
    name: str | None = None
    pronouns: str | None = None
    title: str | None = None
    team: str | None = None
    manager: str | None = None
    place: str | None = None
    started_on: date | None = None
    time_zone: str | None = None
    languages: tuple[str, ...] | None = None

    @property
    def fields(self) -> list[str]:
        return [
            name for name in (*_OFTEN_CLEARED, *_THEIR_OWN, "started_on") if getattr(self, name) is not None
        ]


def of_new(entry: Entry) -> Change:
    return Change(
        NEW,
        name=entry.name,
        pronouns=entry.pronouns,
        title=entry.title,
        team=entry.team,
        manager=entry.manager,
        place=entry.place,
        started_on=entry.started_on,
        time_zone=entry.time_zone or None,
        languages=entry.languages or None,
    )


def of_known(entry: Entry, there: There, fields: Collection[str], *, own: bool, back: bool) -> Change:
    """The list is right about work (title, team, place, manager, start), where its cells are empty too. What
    people say of themselves it may change only until they have been here, and never empties.
    """
    change = Change(SAME)
    for name in _OFTEN_CLEARED:
        said = getattr(entry, name)
        if name in fields and name not in entry.unusable and said != getattr(there, name):
            setattr(change, name, said)
    if entry.started_on and entry.started_on != there.started_on:
        change.started_on = entry.started_on
    for name in () if own else _THEIR_OWN:
        said = getattr(entry, name)
        if said and said != getattr(there, name):
            setattr(change, name, said)
    if change.fields or back:
        change.verdict = CHANGED
    return change
