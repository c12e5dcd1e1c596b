"""Where two people hope for different things, as far as their agreement says."""

from typing import Any

from django.db.models import QuerySet

from bothways.connections.models import Agreement, Connection
from bothways.connections.queries.relationships import Standing
from bothways.connections.rules import expectations
from bothways.core import time
from bothways.core.prepared import prepared


def newest(connection: Connection) -> Agreement | None:
    """The version to write upon, whatever became of it."""
    return connection.agreements.select_related("connection__organisation").order_by("-version").first()


def ran_out(standing: Standing) -> Agreement | None:
    """The agreement whose time was over last, where none has taken its place."""
    if standing.in_force or standing.unsigned:
        return None
    newest_one = next(iter(_newest(standing.connection.pk)), None)
    today = time.today(standing.person.organisation.time_zone)
    over = newest_one is not None and newest_one.signed_by_both and newest_one.ends_on < today
    return newest_one if over else None


@prepared
def _newest(connection: Any) -> QuerySet[Agreement]:
    return Agreement.objects.filter(connection=connection).order_by("-version")[:1]


def to_talk_about(standing: Standing) -> list[str]:
    """Hopes that wait for an answer, in one line each. Both are shown the same."""
    agreement = standing.unsigned or standing.in_force
    if agreement is None:
        return []
    found = expectations.gaps(
        first_hopes=agreement.first_hopes,
        second_brings=agreement.second_brings,
        second_hopes=agreement.second_hopes,
        first_brings=agreement.first_brings,
    )
    return [" ".join(hopes.split()).rstrip(".") for hopes in found]
