"""The languages that somebody here speaks."""

from datetime import datetime, timedelta
from functools import lru_cache

from bothways.core import time
from bothways.core.models import Organisation
from bothways.people.models import Person
from bothways.people.rules import tongues

READ_AGAIN_AFTER = timedelta(
    minutes=10
)  # looking through fifty thousand people takes too long for each visit


def languages_spoken(organisation: Organisation) -> tuple[tuple[str, str], ...]:
    """Tags and names, in the order of the names."""
    codes = _codes(organisation.pk, organisation.created_at, int(time.now().timestamp() / _SECONDS))
    known = tongues.languages()
    strange = sorted(codes - known.keys())
    return tuple((code, tongues.language_name(code)) for code in (*known, *strange) if code in codes)


_SECONDS = READ_AGAIN_AFTER.total_seconds()


@lru_cache(maxsize=256)
def _codes(organisation_id: int, _since: datetime, _while: int) -> frozenset[str]:
    here = Person.objects.here().filter(organisation=organisation_id).order_by()
    lists = here.values_list("languages", flat=True).distinct()
    return frozenset(str(code) for spoken in lists for code in spoken)
