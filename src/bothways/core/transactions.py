"""One transaction a verb, tried again where the database broke a tie between two of them."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, transaction

P = ParamSpec("P")
T = TypeVar("T")

MOST_TRIES = 4
_TIES = ("40001", "40P01")  # PostgreSQL: serialization failure, deadlock detected


def verb(function: Callable[P, T]) -> Callable[P, T]:
    """Run in one transaction; a deadlock is tried again, unless a transaction runs around it."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        tries = 1 if transaction.get_connection().in_atomic_block else MOST_TRIES
        while True:
            tries -= 1
            try:
                with transaction.atomic():
                    return function(*args, **kwargs)
            except OperationalError as problem:
                if not tries or getattr(problem.__cause__, "sqlstate", None) not in _TIES:
                    raise

    return run
