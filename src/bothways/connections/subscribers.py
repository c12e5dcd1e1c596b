from bothways.connections.actions import absences
from bothways.core.events import subscribe
from bothways.people.events import PersonWentAway
from bothways.people.models import Person


@subscribe(PersonWentAway)
def end_what_is_open(event: PersonWentAway) -> None:
    absences.end_everything_open(Person.objects.get(key=event.person))
