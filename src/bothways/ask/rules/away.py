"""An author's absence ends their asking (consent.md 15), so no date after its first day is promised."""

from datetime import date, datetime
from datetime import time as clock_time
from zoneinfo import ZoneInfo


def asks_until(away_from: date | None, zone: str, *, hear_by: datetime, now: datetime) -> datetime | None:
    """When an absence that is still to come ends the asking; None where the asking is over before."""
    if away_from is None:
        return None
    begins = datetime.combine(away_from, clock_time.min, tzinfo=ZoneInfo(zone))
    return begins if now < begins < hear_by else None
