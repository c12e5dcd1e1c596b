"""A tenth by lot, keyed with this installation's secret: nobody can tell who is in it, and it stays so."""

from django.utils.crypto import salted_hmac

ONE_IN = 10


def declined(*parts: str) -> bool:
    """Whether what these keys name is in the tenth (consent.md 20)."""
    drawn = salted_hmac("bothways.programs.declined", "/".join(parts), algorithm="sha256").digest()
    return int.from_bytes(drawn[:8]) % ONE_IN == 0
