"""Every row of every table, as text; ids replaced by their rank, so that two worlds compare."""

from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection, models

# Web sessions aside (consent.md), with them when somebody last signed in; an unusable password is random;
# a line of managers holds ids, which another world on PostgreSQL counts on from where the first one stopped.
IGNORED_FIELDS = {"last_login", "password", "stamp", "line"}
# A task's own row is the library's: a random id, and times by the machine's clock. What it was is compared.
ALONE = {"django_tasks_database.DBTaskResult": {"task_path", "args_kwargs", "status", "queue_name"}}
IGNORED = {"sessions.Session", "contenttypes.ContentType", "auth.Permission", "core.Heartbeat"}

Table = list[tuple[Any, ...]]
Ranks = dict[Any, dict[Any, int]]


def everything() -> dict[str, list[str]]:
    """Rows by model label, in the order of their ids, as the database holds them."""
    filled = _filled()
    tables = {model: _rows(model) if model._meta.label in filled else [] for model in _models()}
    ranks: Ranks = {model: {row[0]: rank for rank, row in enumerate(rows)} for model, rows in tables.items()}
    told = {model._meta.label: _told(model, rows, ranks) for model, rows in tables.items()}
    return told | {label: sorted(told[label]) for label in ALONE}


def _models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.managed and model._meta.label not in IGNORED]


def _filled() -> set[str]:
    """The labels of those with any row, by one query."""
    with connection.cursor() as cursor:
        cursor.execute(*_any_rows())
        return {label for (label,) in cursor.fetchall()}


@cache
def _any_rows() -> Any:
    first, *others = (
        model._default_manager.order_by().values_list(models.Value(model._meta.label)) for model in _models()
    )
    return first.union(*others).query.sql_with_params()


def _fields(model: type[models.Model]) -> list[Any]:
    """The key first, which ranks a row."""
    return sorted(model._meta.concrete_fields, key=lambda field: not field.primary_key)


@cache
def _query(model: type[models.Model]) -> tuple[str, Any]:
    names = [field.attname for field in _fields(model)]
    query: tuple[str, Any] = model._default_manager.order_by("pk").values_list(*names).query.sql_with_params()
    return query


def _rows(model: type[models.Model]) -> Table:
    with connection.cursor() as cursor:
        cursor.execute(*_query(model))
        return list(cursor.fetchall())


def _told(model: type[models.Model], rows: Table, ranks: Ranks) -> list[str]:
    fields, told = _fields(model), []
    kept = ALONE.get(model._meta.label, {field.attname for field in fields} - IGNORED_FIELDS)
    rank_of = [ranks.get(_named_by(field)) for field in fields]
    for row in rows:
        cells = zip(fields, rank_of, row, strict=True)
        told.append(" ".join(_cell(*each) for each in cells if each[0].attname in kept))
    return told


def _named_by(field: Any) -> Any:
    """The model whose key stands in this field, if any."""
    return field.related_model if field.is_relation else field.model if field.primary_key else None


def _cell(field: Any, ranks: dict[Any, int] | None, value: Any) -> str:
    if ranks is not None and value is not None:
        return f"{field.attname}=#{ranks.get(value)}"
    return f"{field.attname}={bytes(value) if isinstance(value, memoryview) else value!r}"
