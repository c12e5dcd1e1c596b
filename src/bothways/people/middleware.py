"""Finds, for an address below an organisation, the person that the account is there."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from bothways.core import policy, time
from bothways.core.prepared import prepared
from bothways.people.actions import presence
from bothways.people.models import Person


@prepared
def _persons(slug: Any, account: Any) -> QuerySet[Person]:
    """The one that this account is in the organisation, or none."""
    here = Person.objects.with_roles().select_related("organisation", "team")
    return here.filter(organisation__slug=slug, account=account)


class WhoIsHere:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The clocks that a page goes by are its viewer's; the thread's next one begins without any."""
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: dict[str, Any]
    ) -> None:
        slug = kwargs.get("organisation")
        if slug is None or not request.user.is_authenticated:
            return
        person = next(iter(_persons(slug, request.user.pk)), None)
        if person is None or not person.roles:
            return
        request.__dict__.update(person=person, organisation=person.organisation)
        timezone.activate(person.time_zone)
        row = policy.row_of(view)
        if row and not row.quiet:
            presence.note(person, on=time.today(person.time_zone))
