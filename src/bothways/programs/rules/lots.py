"""A tenth by lot, keyed with this installation's secret: nobody can tell who is in it, and it stays so.

One lot for the two whoever of them seeks, and in every round: else what one lot hides another one shows.
"""

from django.utils.crypto import salted_hmac

ONE_IN = 10


def declined(*people: str) -> bool:
    """Whether these people, by their keys, are in the tenth (consent.md 20)."""
    named = "/".join(sorted(people))
    drawn = salted_hmac("bothways.programs.declined", named, algorithm="sha256").digest()
    return int.from_bytes(drawn[:8]) % ONE_IN == 0
