"""What is coming up, beside Home's next step."""

from collections.abc import Iterator

from django.http import HttpRequest

from bothways.connections.models import Meeting
from bothways.core import time
from bothways.core.slots import Part, fill
from bothways.people.models import Person

ON_HOME = 3


@fill("home.beside")
def coming_up(request: HttpRequest, person: Person) -> Iterator[Part]:
    picked = Meeting.objects.ours(person).filter(state=Meeting.State.PICKED, starts_at__gte=time.now())
    soonest = picked.select_related("connection__first", "connection__second").order_by("starts_at", "key")
    if rows := [{"meeting": one, "other": one.connection.other(person)} for one in soonest[:ON_HOME]]:
        yield Part("connections/parts/coming_up.html", {"rows": rows}, order=10)
