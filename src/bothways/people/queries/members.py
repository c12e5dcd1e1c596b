from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from bothways.people.models import Person


def listed(viewer: Person, *, q: str = "", state: str = "") -> QuerySet[Person]:
    """Whoever is or was in the viewer's organisation, by name; perhaps some only."""
    found = Person.objects.on_record(viewer)
    if q:
        found = found.filter(Q(name__icontains=q) | Q(email__icontains=q))
    if state:
        found = found.filter(state=state)
    return found.order_by(Lower("name"), "key")
