"""What the pages and the command show of a list of people."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q, QuerySet

from bothways.people.models import Person, Roster, RosterLine, RosterRemark


def latest(organisation_id: int) -> Roster | None:
    """The list that is open, or the last one that was."""
    found = Roster.objects.filter(organisation=organisation_id)
    return found.open().first() or found.order_by("-made_at", "-pk").select_related("by").first()


def by_weight(roster: Roster) -> QuerySet[RosterRemark]:
    """What is said of lines: first what keeps the list from coming in whole, then what is worth knowing."""
    return roster.remarks.annotate(harmless=Q(weight="note")).order_by("harmless", "line", "pk")


def report(roster: Roster) -> Iterator[tuple[int, str]]:
    """Every remark with its line, in the order of the lines."""
    for remark in roster.remarks.order_by("line", "pk").iterator():
        yield remark.line, remark.text


def leavers(roster: Roster) -> QuerySet[Person]:
    """Who is here and not in the list. Whoever is on a line that is otherwise bad counts as being in it."""
    listed = RosterLine.objects.filter(roster=roster, person=OuterRef("pk"))
    here = Person.objects.here().filter(organisation=roster.organisation_id)
    return here.exclude(Exists(listed)).select_related("team").order_by("name", "pk")
