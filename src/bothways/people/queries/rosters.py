"""What the pages and the command show of a list of people."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, QuerySet

from bothways.people.models import Person, Roster, RosterLine, RosterRemark


def latest(organisation_id: int) -> Roster | None:
    """The list that is open, or the last one that was."""
    found = Roster.objects.filter(organisation=organisation_id)
    return found.open().first() or found.order_by("-made_at", "-pk").select_related("by").first()


def faults(roster: Roster) -> QuerySet[RosterRemark]:
    """What keeps the list from coming in whole, in the order of the lines."""
    return roster.remarks.exclude(weight="note").order_by("line", "pk")


def notes(roster: Roster) -> QuerySet[RosterRemark]:
    """What keeps nothing out and is worth knowing, in the order of the lines."""
    return roster.remarks.filter(weight="note").order_by("line", "pk")


def newcomers(roster: Roster) -> QuerySet[RosterLine]:
    """Whom the list would add, as it would write them, in the order of the lines."""
    return roster.lines.filter(person=None, verdict=RosterLine.Verdict.NEW).order_by("line", "pk")


def report(roster: Roster) -> Iterator[tuple[int, str]]:
    """Every remark with its line, in the order of the lines."""
    for remark in roster.remarks.order_by("line", "pk").iterator():
        yield remark.line, remark.text


def leavers(roster: Roster) -> QuerySet[Person]:
    """Who is here and not in the list. Whoever is on a line that is otherwise bad counts as being in it."""
    listed = RosterLine.objects.filter(roster=roster, person=OuterRef("pk"))
    here = Person.objects.here().filter(organisation=roster.organisation_id)
    return here.exclude(Exists(listed)).select_related("team").order_by("name", "pk")
