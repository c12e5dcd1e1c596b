"""Queries of the busiest pages and of the worker, compiled once, and asked ever after with other values.

To build and compile a query costs Django ten times what the database needs to answer it. Below `@prepared`
a function is called once, with a place for each of its arguments; what it returns is compiled then.

    @prepared
    def _waiting(person: Any, now: Any) -> QuerySet[Message]:
        return Message.objects.filter(person=person, ends_at__gt=now)

    messages = _waiting(person.pk, time.now())

Values are ids, keys and moments, or lists of them; never None or a model. A list is compiled for each
length it comes in, and kept up to a page's worth; a foreign key is compared with one by `among`.
`select_related`, `only`, annotations and `values_list` work; `prefetch_related` does not. A clock read
inside the function would stand for ever, and is refused; so is a lock (`select_for_update`) outside a
transaction, which Django looks at only while it compiles.
"""

import re
from collections.abc import Callable
from copy import copy
from datetime import date
from functools import update_wrapper
from typing import Any, Generic, Self, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import F, QuerySet, Value
from django.db.models.lookups import In
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

Row = TypeVar("Row")
LONGEST_KEPT = 100  # items of a list
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d")


class _Place:
    """Where a value goes: which argument, and which of them where that is a list."""

    def __init__(self, argument: int, item: int | None = None) -> None:
        self.argument, self.item = argument, item

    def value(self, values: tuple[Any, ...]) -> Any:
        given = values[self.argument]
        return given if self.item is None else given[self.item]


class _Compiler(SQLCompiler):
    """Has compiled once; gives that, with the values of this time."""

    ready: tuple[str, tuple[Any, ...]]
    converters: dict[int, Any]

    def as_sql(self, with_limits: bool = True, with_col_aliases: bool = False) -> Any:
        return self.ready

    def get_converters(self, expressions: Any) -> dict[int, Any]:
        return self.converters


class _Query(Query):
    """All that the iterable of a queryset wants of a query."""

    def __init__(self, compiler: _Compiler) -> None:
        self.compiled = compiler

    def get_compiler(self, using: Any = None, connection: Any = None, elide_empty: bool = True) -> _Compiler:
        return self.compiled


class Prepared(Generic[Row]):
    """A function that returned a queryset, and now the list of what its query finds for these values."""

    def __init__(self, build: Callable[..., QuerySet[Any, Row]]) -> None:
        self.build = build
        self.ready: dict[tuple[int | None, ...], tuple[QuerySet[Any, Row], _Compiler]] = {}
        update_wrapper(self, build)

    def __call__(self, *values: Any) -> list[Row]:
        shape = tuple(len(value) if isinstance(value, list) else None for value in values)
        if 0 in shape:
            return []
        if shape not in self.ready and max((length or 0 for length in shape), default=0) <= LONGEST_KEPT:
            self.ready[shape] = self._compile(shape)
        queryset, compiled = self.ready.get(shape) or self._compile(shape)
        compiler = copy(compiled)
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        if queryset.query.select_for_update and not compiler.connection.in_atomic_block:
            raise TransactionManagementError(
                "A lock that is asked for outside a transaction is gone at once."
            )
        sql, parameters = compiled.ready
        adapted = compiler.connection.ops.adapt_unknown_value
        compiler.ready = (
            sql,
            tuple(adapted(one.value(values)) if isinstance(one, _Place) else one for one in parameters),
        )
        asked: QuerySet[Any, Row] = QuerySet(queryset.model, _Query(compiler))
        asked._iterable_class = queryset._iterable_class
        return list(asked)

    def _compile(self, shape: tuple[int | None, ...]) -> tuple[QuerySet[Any, Row], _Compiler]:
        queryset = self.build(*(_places(at, length) for at, length in enumerate(shape)))
        compiler = _Compiler(queryset.query, connections[DEFAULT_DB_ALIAS], DEFAULT_DB_ALIAS)
        sql, parameters = SQLCompiler.as_sql(compiler)
        if any(isinstance(one, date) or _MOMENT.match(str(one)) for one in parameters):
            raise ValueError("A moment that is read while a query is prepared stands for ever; hand it in.")
        compiler.ready = sql, tuple(parameters)
        columns = [column for column, _, _ in compiler.select[: compiler.col_count]]
        compiler.converters = SQLCompiler.get_converters(compiler, columns)
        return queryset, compiler


class Somebody(Value):
    """Stands for a person in a scope: compared as their id, and with their organisation's beside it."""

    def __init__(self, person: Value, organisation: Value) -> None:
        super().__init__(person.value)
        self.organisation_id = organisation

    @property
    def pk(self) -> Self:
        return self

    def __format__(self, how: str) -> str:
        raise TypeError("A person who is not known yet cannot be written into a text; compare expressions.")


def _places(argument: int, length: int | None) -> Value | list[Value]:
    if length is None:
        return Value(_Place(argument))
    return [Value(_Place(argument, item)) for item in range(length)]


def among(field: str, values: Any) -> In:
    """Whether a foreign key is one of these; `__in` would have the values now."""
    return In(F(field), values)


def prepared(build: Callable[..., QuerySet[Any, Row]]) -> Prepared[Row]:
    return Prepared(build)
