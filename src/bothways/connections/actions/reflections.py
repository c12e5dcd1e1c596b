"""What somebody learned in a meeting: written for oneself, shared if one says so."""

from bothways.connections import events
from bothways.connections.actions import locks
from bothways.connections.actions.refusals import NoLongerThere
from bothways.connections.models import Meeting, Reflection
from bothways.core import time
from bothways.core.events import record
from bothways.core.transactions import verb
from bothways.people.models import Person

AFTERWARDS = (Meeting.State.HELD, Meeting.State.MISSED)


@verb
def write(meeting: Meeting, *, by: Person, learned: str, useful: str, shared: bool) -> Reflection:
    """Write or rewrite one's own. Sharing it tells the other once; it can be taken back to private."""
    locks.connection(meeting.connection)
    if not Meeting.objects.filter(pk=meeting.pk, state__in=AFTERWARDS).exists():
        raise NoLongerThere
    earlier = Reflection.objects.mine(by).filter(meeting=meeting).first()
    shared = shared and bool(learned)
    reflection, _ = Reflection.objects.update_or_create(
        meeting=meeting,
        author=by,
        defaults={"learned": learned, "useful": useful, "shared": shared, "written_at": time.now()},
    )
    if shared and not (earlier and earlier.shared):
        record(events.LearningShared(reflection=reflection.key))
    return reflection
