"""The mail about two yeses: the times that came with them, for whoever may pick one."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from bothways.connections.models import Connection, Meeting
from bothways.core import time
from bothways.inbox.rules.words import isolated, one_line
from bothways.people.models import Person
from bothways.ui import addresses, moments


@dataclass(frozen=True)
class FirstTimes:
    """What the mail says instead, and where it leads."""

    paragraphs: list[str]
    label: str
    link: str


def of(connection: Connection, person: Person) -> FirstTimes | None:
    """None where no times are to be picked: the mail says then what the page says."""
    proposed = Meeting.objects.filter(connection=connection, state=Meeting.State.PROPOSED)
    meeting = proposed.order_by("-proposed_at", "-pk").first()
    starts = meeting.starts(time.now()) if meeting else []
    if meeting is None or not starts:
        return None
    other = connection.other(person)
    link = addresses.find("connections_meeting", organisation=person.organisation.slug, key=meeting.key)
    name = {"other": isolated(one_line(other.name))}
    if meeting.proposed_by_id == person.pk:
        said = _(
            "You both said yes. %(other)s reads your times and picks one; you hear as soon as that is done."
        )
        return FirstTimes([said % name], _("See the times"), link)
    said = _("You both said yes, and %(other)s named times that suit. Pick one, or name others:")
    listed = [moments.said_to_two(start, other.time_zone) for start in starts]
    return FirstTimes([said % name, *listed], _("Pick a time"), link)
