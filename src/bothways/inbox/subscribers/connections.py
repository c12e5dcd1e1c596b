"""What happens to a connection, told to one of the two or to both."""

from bothways.connections import events
from bothways.connections.models import (
    Agreement,
    Concern,
    Connection,
    ConnectionMessage,
    Introduction,
    Meeting,
)
from bothways.core.events import subscribe
from bothways.inbox.actions import messages
from bothways.inbox.queries.subjects import about
from bothways.people.models import Person


def _connection(key: str) -> Connection:
    return Connection.objects.select_related("first", "second").get(key=key)


def _tell_both(key: str, kind: str) -> None:
    connection = _connection(key)
    for person in (connection.first, connection.second):
        messages.put(person, kind, connection)


@subscribe(events.ConnectionMade)
def tell_both_of_the_yes(event: events.ConnectionMade) -> None:
    connection = _connection(event.connection)
    pair = [connection.first, connection.second]
    between = Introduction.objects.filter(first__in=pair, second__in=pair).exclude(state="open")
    messages.clear_about([about(introduction) for introduction in between])
    _tell_both(event.connection, "connected")


@subscribe(events.MessageSent)
def tell_the_other(event: events.MessageSent) -> None:
    """The answer clears the question: whoever writes has read."""
    sent = ConnectionMessage.objects.select_related("connection__first", "connection__second", "author").get(
        key=event.message
    )
    messages.clear(sent.connection, kinds=("message",), person=sent.author)
    messages.put(sent.connection.other(sent.author), "message", sent.connection)


@subscribe(events.KindProposed)
def ask_about_the_kind(event: events.KindProposed) -> None:
    connection = _connection(event.connection)
    messages.put(connection.other(Person.objects.get(key=event.by)), "kind_proposed", connection)


@subscribe(events.KindAgreed)
def tell_of_the_kind(event: events.KindAgreed) -> None:
    messages.clear(_connection(event.connection), kinds=("kind_proposed",))
    _tell_both(event.connection, "kind_agreed")


@subscribe(events.FitAsked)
def ask_for_the_fit(event: events.FitAsked) -> None:
    _tell_both(event.connection, "fit")


@subscribe(events.FitOver)
def ask_no_longer_for_the_fit(event: events.FitOver) -> None:
    messages.clear(_connection(event.connection), kinds=("fit",))


@subscribe(events.QuietAsked)
def ask_rest_meet_or_end(event: events.QuietAsked) -> None:
    _tell_both(event.connection, "quiet")


@subscribe(events.BothWouldMeet)
def tell_both_to_meet(event: events.BothWouldMeet) -> None:
    messages.clear(_connection(event.connection), kinds=("quiet",))
    _tell_both(event.connection, "meet_again")


@subscribe(events.ConnectionRests)
def tell_of_the_rest(event: events.ConnectionRests) -> None:
    messages.clear(_connection(event.connection), kinds=("quiet", "meet_again"))
    _tell_both(event.connection, "rests")


@subscribe(events.ConnectionEnded)
def tell_of_the_end(event: events.ConnectionEnded) -> None:
    connection = _connection(event.connection)
    meetings = Meeting.objects.filter(connection=connection).exclude(state=Meeting.State.CANCELLED)
    agreements = Agreement.objects.filter(connection=connection)
    messages.clear(connection, *meetings, *agreements)
    _tell_both(event.connection, "ended")


@subscribe(events.ConcernTold)
def tell_whom_they_chose(event: events.ConcernTold) -> None:
    concern = Concern.objects.select_related("told_to").get(key=event.concern)
    messages.put(concern.told_to, "concern", concern)


@subscribe(events.ConcernReplied)
def tell_the_teller(event: events.ConcernReplied) -> None:
    concern = Concern.objects.select_related("teller").get(key=event.concern)
    messages.clear(concern, kinds=("concern",))
    messages.put(concern.teller, "concern_replied", concern)
