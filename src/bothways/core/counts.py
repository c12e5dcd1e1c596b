"""Django's cache, which counts for rate limits and for nothing else. Counts of guesses have a table apart.

Django's table makes room by forgetting whatever keys come first, so that a flood of harmless counts, from
many places, would forget how often a password was guessed. What `KEPT` names is forgotten when it is over,
never to make room. That cannot be flooded: each guess takes the time that hashing a password takes, and
letters are counted for addresses alone that are somebody's here.
"""

from typing import Any

from django.core.cache import BaseCache, caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT

KEPT = (":login_failed", ":letters_to_one")


class Counts(BaseCache):
    """Sends each count where it belongs."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def _of(self, key: str) -> BaseCache:
        return caches["kept" if any(part in key for part in KEPT) else "common"]

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._of(key).add(key, value, timeout, version)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._of(key).get(key, default, version)

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._of(key).set(key, value, timeout, version)

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._of(key).touch(key, timeout, version)

    def delete(self, key: str, version: int | None = None) -> bool:
        return self._of(key).delete(key, version)

    def clear(self) -> None:
        for name in ("common", "kept"):
            caches[name].clear()
