"""Lists of people, and their way through the import."""

from typing import Any

from bothways.core.models import Organisation
from bothways.people.actions import applying, checking, imports
from bothways.people.models import Person, Roster, RosterRemark

LIST = """Name,Email,Job title,Team,Manager,Place,Start date,Time zone,Languages,Pronouns
Ada Lovelace,ada@x.example,Analyst,Engines,,London,2020-03-02,Europe/London,"English, French",she/her
Bo Berg,bo@x.example,Planner,engines,ada@x.example,Oslo,,,no,
Cy Costa,cy@x.example,Nurse,Ward 4,bo@x.example,Porto,13.4.2021,Lisbon,pt,
"""


def listed(
    text: str | bytes, *, of: Organisation, by: Person | None = None, name: str = "list.csv"
) -> Roster:
    """A list that was looked through."""
    content = text if isinstance(text, bytes) else text.encode()
    roster = imports.upload(of, by=by, name=name, content=content)
    return checking.check(imports.begin_check(roster))


def brought_in(text: str | bytes, *, of: Organisation, by: Person | None = None, **how: Any) -> Roster:
    """A list that was brought in."""
    roster = listed(text, of=of, by=by)
    return applying.apply(imports.begin_apply(roster, **how))


def said(roster: Roster) -> list[tuple[int, str]]:
    """The report: lines and codes."""
    found = RosterRemark.objects.filter(roster=roster).order_by("line", "code")
    return [(remark.line, remark.code) for remark in found]


def person(email: str) -> Person:
    return Person.objects.select_related("team", "manager").get(email=email)
