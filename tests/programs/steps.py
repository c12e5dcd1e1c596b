"""How much a database does for something, counted and not timed: in steps of SQLite's machine."""

from collections.abc import Callable

from django.db import connection

A_COUNT = 20


def steps(work: Callable[[], object]) -> int:
    counted: list[int] = []
    connection.connection.set_progress_handler(lambda: counted.append(1), A_COUNT)
    try:
        work()
    finally:
        connection.connection.set_progress_handler(None, 0)
    return A_COUNT * len(counted)
