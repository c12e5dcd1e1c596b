"""How long to wait before a mail is tried again, and when nobody tries any more."""

from datetime import timedelta

FIRST, LONGEST = timedelta(seconds=30), timedelta(hours=6)
MOST_ATTEMPTS = 16  # nearly two days


def after(attempts: int) -> timedelta:
    """The pause after so many attempts: 30 s, 1 min, 2 min … 6 h."""
    return min(FIRST * (1 << min(attempts - 1, 20)), LONGEST)
