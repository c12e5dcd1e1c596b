from bothways.connections.actions import absences, connections, meetings
from bothways.connections.events import ConnectionMade, TimesProposed
from bothways.connections.models import Connection, Meeting
from bothways.core.events import subscribe
from bothways.people.events import PersonWentAway
from bothways.people.models import Person


@subscribe(PersonWentAway)
def end_what_is_open(event: PersonWentAway) -> None:
    for person in Person.objects.filter(key=event.person).select_related("organisation"):
        absences.end_everything_open(person)


@subscribe(PersonWentAway)
def let_go(event: PersonWentAway) -> None:
    connections.let_go(Person.objects.get(key=event.person))


@subscribe(ConnectionMade)
def begin(event: ConnectionMade) -> None:
    connections.begin(Connection.objects.get(key=event.connection))


@subscribe(TimesProposed)
def remind_to_pick(event: TimesProposed) -> None:
    meetings.remind_to_pick(Meeting.objects.select_related("connection").get(key=event.meeting))
