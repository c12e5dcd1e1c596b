"""One transaction a verb, tried again where the database broke a tie between two of them."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, transaction

P = ParamSpec("P")
T = TypeVar("T")

MOST_TRIES = 6
_TIES = ("40001", "40P01")  # PostgreSQL: serialization failure, deadlock detected


class Again(Exception):
    """What a verb found before it locked had changed by then; it begins anew."""


def verb(function: Callable[P, T]) -> Callable[P, T]:
    """Run in one transaction; a deadlock is tried again by the outermost verb, and so is `Again`."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        tries = 1 if transaction.get_connection().in_atomic_block else MOST_TRIES
        while True:
            tries -= 1
            try:
                with transaction.atomic():
                    return function(*args, **kwargs)
            except (Again, OperationalError) as problem:
                if not tries or not _broken_tie(problem):
                    raise

    return run


def _broken_tie(problem: Exception) -> bool:
    return isinstance(problem, Again) or getattr(problem.__cause__, "sqlstate", None) in _TIES
