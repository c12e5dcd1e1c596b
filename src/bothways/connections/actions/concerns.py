"""Something is wrong: told to one person whom the teller picks, read by that one alone. (Moves to care.)"""

from bothways.connections import events
from bothways.connections.actions.refusals import NotSomebodyToTell
from bothways.connections.models import Concern, Connection
from bothways.connections.queries import listeners
from bothways.core import time
from bothways.core.events import record
from bothways.core.transactions import verb
from bothways.people.models import Person


@verb
def tell(connection: Connection, text: str, *, by: Person, to: Person) -> Concern:
    """Works for ended connections too; never to the other person of the connection."""
    if to not in [listener.person for listener in listeners.for_concern(connection, by)]:
        raise NotSomebodyToTell
    concern = Concern.objects.create(
        connection=connection, teller=by, told_to=to, text=text, told_at=time.now()
    )
    record(events.ConcernTold(concern=concern.key))
    return concern


@verb
def reply(concern: Concern, text: str, *, by: Person) -> None:
    """Answer the teller; a later answer stands instead of an earlier one."""
    answered = Concern.objects.filter(pk=concern.pk, told_to=by)
    if not answered.update(reply=text, replied_at=time.now()):
        raise NotSomebodyToTell
    record(events.ConcernReplied(concern=concern.key))
