"""Messages between two connected people."""

from bothways.connections import events
from bothways.connections.actions import locks
from bothways.connections.models import Connection, ConnectionMessage
from bothways.core import time
from bothways.core.events import record
from bothways.core.transactions import verb
from bothways.people.models import Person


@verb
def send(connection: Connection, text: str, *, by: Person) -> ConnectionMessage:
    message = ConnectionMessage.objects.create(
        connection=locks.alive(connection), author=by, text=text, sent_at=time.now()
    )
    record(events.MessageSent(message=message.key))
    return message
