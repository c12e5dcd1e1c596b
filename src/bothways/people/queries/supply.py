"""What is wanted and not offered. Who wants it is nobody's business: no figure is exact, none is small."""

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When

from bothways.people.models import Offer, Person, Topic

FEWEST = 5
_BANDS = (50, 20, 10, FEWEST)
_HERE = (Person.State.INVITED, Person.State.ACTIVE)


def wanted_not_offered(viewer: Person) -> QuerySet[Topic]:
    """Topics that at least five others want and nobody who has confirmed offers, each with `at_least`."""
    wants = Q(wants__person__state__in=_HERE) & ~Q(wants__person=viewer.pk)
    offers = Offer.objects.filter(
        topic=OuterRef("pk"), person__state=Person.State.ACTIVE, person__confirmed_at__isnull=False
    )
    counted = (
        Topic.objects.in_organisation(viewer)
        .filter(~Exists(offers))
        .annotate(wanting=Count("wants", filter=wants))
        .filter(wanting__gte=FEWEST)
    )
    bands = [When(wanting__gte=band, then=Value(band)) for band in _BANDS]
    return counted.annotate(at_least=Case(*bands)).order_by("-at_least", "name", "pk").defer("aliases")
