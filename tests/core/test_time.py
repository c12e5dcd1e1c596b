"""Working days are those of the place: its calendar and its clocks."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bothways.core import time

AUCKLAND, LISBON, NEW_YORK = (
    ZoneInfo(name) for name in ("Pacific/Auckland", "Europe/Lisbon", "America/New_York")
)


@pytest.mark.parametrize(
    ("moment", "days", "later"),
    [
        (datetime(2026, 6, 4, 8, tzinfo=AUCKLAND), 2, datetime(2026, 6, 8, 8, tzinfo=AUCKLAND)),
        (datetime(2026, 6, 6, 12, tzinfo=AUCKLAND), 1, datetime(2026, 6, 8, 12, tzinfo=AUCKLAND)),
        (datetime(2026, 6, 4, 22, tzinfo=NEW_YORK), 1, datetime(2026, 6, 5, 22, tzinfo=NEW_YORK)),
        (datetime(2026, 3, 27, 9, tzinfo=LISBON), 2, datetime(2026, 3, 31, 9, tzinfo=LISBON)),
        (datetime(2026, 10, 23, 9, tzinfo=LISBON), 5, datetime(2026, 10, 30, 9, tzinfo=LISBON)),
    ],
    ids=["Thursday there, Wednesday in UTC", "a weekend there", "Friday there", "spring", "autumn"],
)
def test_working_days_are_counted_where_the_organisation_is(
    moment: datetime, days: int, later: datetime
) -> None:
    zone = str(moment.tzinfo)
    found = time.add_working_days(moment.astimezone(ZoneInfo("UTC")), days, zone)
    assert found == later
    assert found.utcoffset() == datetime(2026, 1, 1, tzinfo=ZoneInfo("UTC")).utcoffset()
