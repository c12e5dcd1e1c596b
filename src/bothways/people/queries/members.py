from datetime import timedelta

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.db.models.functions import Lower

from bothways.core import time
from bothways.people.models import Person
from bothways.people.queries.invitations import with_last_invitation
from bothways.people.queries.search import called, first_by_name
from bothways.people.rules.search_terms import bare

AWAY, LOOKING_AFTER = "away", "looking-after"
MOST_GONE = 500
MOST_MEANT = 8


def listed(viewer: Person, *, q: str = "", state: str = "") -> QuerySet[Person]:
    """Whoever is or was in the viewer's organisation, by name; perhaps some only.

    With what became of the last invitation, and `away_today` by each person's own day, as on their page.
    """
    away, found = _away(viewer), Person.objects.on_record(viewer)
    if q:
        by_name = Q(name__icontains=q) | Q(pk__in=called(viewer.organisation_id, q).values("pk"))
        found = found.filter(by_name | Q(email__icontains=q) | Q(pk__in=_gone(viewer, q)))
    if state:
        found = found.filter(_narrowed(state, away))
    away_today = ExpressionWrapper(away, output_field=BooleanField())
    return with_last_invitation(found).annotate(away_today=away_today).order_by(Lower("name"), "key")


def _away(viewer: Person) -> Q:
    """Whoever is away today where they are, a part for each time zone of those who could be."""
    day, about = time.today(), timedelta(days=1)
    near = Q(state=Person.State.ACTIVE, away_from__lte=day + about, away_until__gte=day - about)
    zones = Person.objects.on_record(viewer).filter(near).order_by().values_list("time_zone", flat=True)
    away = Q(time_zone="")  # nobody
    for zone in zones.distinct():
        today = time.today(zone)
        away |= Q(near, time_zone=zone, away_from__lte=today, away_until__gte=today)
    return away


def _narrowed(state: str, away: Q) -> Q:
    looking_after = Q(state=Person.State.ACTIVE) & ~Q(role=Person.Role.MEMBER)
    return {AWAY: away, LOOKING_AFTER: looking_after}.get(state, Q(state=state))


def meant(member: Person, said: str) -> list[Person]:
    """Who is here in the member's organisation with this address, else those who are called so."""
    here = Person.objects.in_organisation(member)
    by_address = list(here.filter(email__iexact=said)) if "@" in said else []
    return by_address or first_by_name(called(member.organisation_id, said), MOST_MEANT)


def _gone(viewer: Person, q: str) -> list[int]:
    """Those called so whom the index does not hold, since they are suspended or have left."""
    away = (Person.State.SUSPENDED, Person.State.LEFT)
    gone = Person.objects.filter(organisation=viewer.organisation_id, state__in=away)
    names = gone.values_list("pk", "name").iterator(chunk_size=2000)
    return [pk for pk, name in names if bare(q) in bare(name)][:MOST_GONE]
