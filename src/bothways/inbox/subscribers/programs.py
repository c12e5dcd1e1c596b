"""What became of rehearsals, for who asked for them."""

from datetime import timedelta

from bothways.core.events import subscribe
from bothways.inbox.actions import messages
from bothways.programs import events
from bothways.programs.models import Rehearsal

A_WAIT = timedelta(minutes=2)  # so long people look at the page that says how far it is


@subscribe(events.RehearsalEnded)
def tell_who_asked(event: events.RehearsalEnded) -> None:
    rehearsal = Rehearsal.objects.select_related("asked_by").filter(key=event.rehearsal).first()
    if rehearsal and rehearsal.asked_by and rehearsal.took() >= A_WAIT:
        failed = rehearsal.state == Rehearsal.State.FAILED
        messages.put(rehearsal.asked_by, "rehearsal_failed" if failed else "rehearsal_done", rehearsal)
