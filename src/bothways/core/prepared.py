"""Queries of the busiest pages, put together and compiled once, and asked ever after with other values.

To build and compile a query costs Django ten times what the database needs to answer it. Below `@prepared`
a function is called once, with a place for each of its arguments; what it returns is compiled then.

    @prepared
    def _waiting(person: Any, now: Any) -> QuerySet[Message]:
        return Message.objects.filter(person=person, ends_at__gt=now)

    messages = _waiting(person.pk, time.now())

Values are ids, keys and moments; never None, a model or a list. `select_related`, `only`, annotations and
`values_list` work; `prefetch_related` does not. A clock read inside the function would stand for ever,
and is refused.
"""

import re
from collections.abc import Callable
from copy import copy
from datetime import date
from functools import cached_property, update_wrapper
from inspect import signature
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet, Value
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d")


class _Place:
    """Where the value of one argument goes."""

    def __init__(self, at: int) -> None:
        self.at = at


class _Compiler(SQLCompiler):
    """Has compiled once; gives that, with the values of this time."""

    ready: tuple[str, tuple[Any, ...]]
    converters: dict[int, Any] | None = None

    def as_sql(self, with_limits: bool = True, with_col_aliases: bool = False) -> Any:
        return self.ready

    def get_converters(self, expressions: Any) -> dict[int, Any]:
        if self.converters is None:
            self.converters = super().get_converters(expressions)
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
        update_wrapper(self, build)

    def __call__(self, *values: Any) -> list[Row]:
        queryset, compiled = self._once
        compiler = copy(compiled)
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        sql, parameters = compiled.ready
        adapted = [compiler.connection.ops.adapt_unknown_value(value) for value in values]
        compiler.ready = sql, tuple(adapted[one.at] if isinstance(one, _Place) else one for one in parameters)
        asked: QuerySet[Any, Row] = QuerySet(queryset.model, _Query(compiler))
        asked._iterable_class = queryset._iterable_class
        return list(asked)

    @cached_property
    def _once(self) -> tuple[QuerySet[Any, Row], _Compiler]:
        places = [Value(_Place(at)) for at in range(len(signature(self.build).parameters))]
        queryset = self.build(*places)
        compiler = _Compiler(queryset.query, connections[DEFAULT_DB_ALIAS], DEFAULT_DB_ALIAS)
        sql, parameters = SQLCompiler.as_sql(compiler)
        if any(isinstance(one, date) or _MOMENT.match(str(one)) for one in parameters):
            raise ValueError("A moment that is read while a query is prepared stands for ever; hand it in.")
        compiler.ready = sql, tuple(parameters)
        return queryset, compiler


def prepared(build: Callable[..., QuerySet[Any, Row]]) -> Prepared[Row]:
    return Prepared(build)
