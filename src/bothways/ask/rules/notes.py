"""The note that will be read: a greeting in the asker's name, and a template of its kind.

Nothing of the sentence goes into it unless its author says so; then it stands after the greeting, and may
be taken out again.
"""

from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from bothways.connections.rules.kinds import Kind

LONGEST = 1200
ALIKE = 5

_OPENINGS = {
    Kind.CONVERSATION: _(
        "I would value half an hour of your time, and your view. Whenever suits you, and “not now” is fine."
    ),
    Kind.MENTORING: _(
        "I am looking for somebody to learn from over some months, and thought of you. "
        "Could we meet once and see whether it suits us both? “Not now” is fine."
    ),
    Kind.REVERSE: _(
        "There are things that you see and I don't, and I would like to learn them "
        "from you. Could we meet once and see? I'll gladly give something back. “Not now” is fine."
    ),
    Kind.PEER: _(
        "I am looking for somebody to think aloud with, both ways, once a month or so. "
        "Could we meet once and see whether it suits us both? “Not now” is fine."
    ),
    Kind.BUDDY: _(
        "I am still finding my way around here and would like somebody to turn to with "
        "small questions. Could we meet once and see? “Not now” is fine."
    ),
}


def greeting(name: str, *, title: str = "", team: str = "") -> str:
    """Who asks, as they would say it: a team that the title names already is left out."""
    said = {"name": name, "title": title, "team": team}
    if not title:
        return (_now("Hello, I'm %(name)s from %(team)s.") if team else _now("Hello, I'm %(name)s.")) % said
    if not team or title.casefold()[:ALIKE] == team.casefold()[:ALIKE]:
        return _now("Hello, I'm %(name)s, %(title)s.") % said
    return _now("Hello, I'm %(name)s, %(title)s in %(team)s.") % said


@dataclass(frozen=True)
class Opening:
    """How a note begins by itself: the template of its kind, signed with who asks."""

    greeting: str
    rest: str

    @classmethod
    def of(cls, kind: str, name: str, *, title: str = "", team: str = "") -> Self:
        return cls(greeting(name, title=title, team=team), str(_OPENINGS[Kind(kind)]))

    def __str__(self) -> str:
        return f"{self.greeting} {self.rest}"

    def follows(self, typed: str, given: str, own: str) -> str:
        """The note so far: this opening, until somebody changed what they were given."""
        bare = without(typed, own)
        if bare and bare != given:
            return typed
        return self.beside(str(self), own) if holds(typed, own) else str(self)

    def beside(self, note: str, own: str) -> str:
        """The note with its author's own sentence after the greeting; all else stays."""
        if holds(note, own) or not own:
            return note
        begins = note.startswith(self.greeting)
        parts = [self.greeting, own, note.removeprefix(self.greeting)] if begins else [own, note]
        return " ".join(part.strip() for part in parts if part.strip())


def in_one_line(sentence: str) -> str:
    """A sentence as it goes into the note: without line breaks, and ended."""
    said = " ".join(sentence.split())
    return f"{said}." if said and said[-1].isalnum() else said


def holds(note: str, own: str) -> bool:
    return bool(own) and own in note


def without(note: str, own: str) -> str:
    """The note without its author's own sentence."""
    before, found, after = note.partition(own) if own else (note, "", "")
    return f"{before.rstrip()} {after.lstrip()}".strip() if found else note.strip()
