"""People, the first source of help."""

from collections.abc import Sequence

from bothways.ask.matchmaking import suggesting
from bothways.ask.matchmaking.suggesting import Suggested
from bothways.ask.sources import Group, Inquiry


class People:
    """Whoever offers it, at any level, inside and outside."""

    group = Group.PEOPLE
    template = "ask/parts/person.html"

    def find(self, inquiry: Inquiry) -> Sequence[Suggested]:
        return suggesting.people_for(inquiry)
