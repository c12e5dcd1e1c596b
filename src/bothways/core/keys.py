"""Public keys: random, never sequential. Under `derived` they follow from seed and command alone."""

import hashlib
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

LENGTH = 16
_ALPHABET = "abcdefghijkmnopqrstuvwxyz2345679"
_SENT = re.compile(r"[\w-]{1,80}", re.ASCII)

_source: ContextVar["_Derived | None"] = ContextVar("key_source", default=None)


class _Derived:
    def __init__(self, seed: str) -> None:
        self.seed, self.count = seed, 0

    def bits(self) -> bytes:
        self.count += 1
        return hashlib.blake2b(f"{self.seed}/{self.count}".encode(), digest_size=LENGTH).digest()


def new() -> str:
    """Sixteen characters, 80 bits, easy to read aloud."""
    source = _source.get()
    bits = source.bits() if source else secrets.token_bytes(LENGTH)
    return "".join(_ALPHABET[byte % 32] for byte in bits)


def read(sent: str) -> str:
    """A key that somebody sent; what cannot be one is empty, and never reaches the database."""
    return sent if _SENT.fullmatch(sent) else ""


@contextmanager
def derived(seed: str, command: str) -> Iterator[None]:
    """Keys made inside depend on this seed and command only, not on what ran before."""
    token = _source.set(_Derived(f"{seed}/{command}"))
    try:
        yield
    finally:
        _source.reset(token)


@contextmanager
def within(part: str) -> Iterator[None]:
    """Inside `derived`, keys of this part depend on its name too, not on what came before it."""
    source = _source.get()
    if source is None:
        yield
        return
    token = _source.set(_Derived(f"{source.seed}/{part}"))
    try:
        yield
    finally:
        _source.reset(token)
