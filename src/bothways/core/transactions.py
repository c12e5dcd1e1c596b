"""One transaction a verb, tried again where the database broke a tie between two of them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, transaction

P = ParamSpec("P")
T = TypeVar("T")

MOST_TRIES = 6
_TIES = ("40001", "40P01")  # PostgreSQL: serialization failure, deadlock detected


class Again(Exception):
    """What a verb found before it locked had changed by then; it begins anew."""


class Swallowed(RuntimeError):
    """A verb went on after one inside it had refused, with no `atomic()` around that one: all is undone."""


_inside: ContextVar[bool] = ContextVar("_inside", default=False)


def verb(function: Callable[P, T]) -> Callable[P, T]:
    """Run in one transaction; a deadlock is tried again by the outermost verb, and so is `Again`.

    A verb inside another is part of that one: what it refuses undoes both. Who means to go on after such a
    refusal calls it in a `transaction.atomic()` of their own.
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        tries = 1 if transaction.get_connection().in_atomic_block else MOST_TRIES
        while True:
            tries -= 1
            try:
                with transaction.atomic(savepoint=not _inside.get()), _in_a_verb():
                    made = function(*args, **kwargs)
                    if transaction.get_rollback():
                        raise Swallowed(function.__qualname__)
                    return made
            except (Again, OperationalError) as problem:
                if not tries or not _broken_tie(problem):
                    raise

    return run


@contextmanager
def _in_a_verb() -> Iterator[None]:
    token = _inside.set(True)
    try:
        yield
    finally:
        _inside.reset(token)


def _broken_tie(problem: Exception) -> bool:
    return isinstance(problem, Again) or getattr(problem.__cause__, "sqlstate", None) in _TIES
