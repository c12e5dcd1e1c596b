"""Every row of every table, as text; ids replaced by their rank, so that two worlds compare."""

from typing import Any

from django.apps import apps
from django.db import models

# Web sessions aside (consent.md), with them when somebody last signed in; an unusable password is random;
# a line of managers holds ids, which another world on PostgreSQL counts on from where the first one stopped.
IGNORED_FIELDS = {"last_login", "password", "stamp", "line"}
# A task's own row is the library's: a random id, and times by the machine's clock. What it was is compared.
ALONE = {"django_tasks_database.DBTaskResult": {"task_path", "args_kwargs", "status", "queue_name"}}
IGNORED = {"sessions.Session", "contenttypes.ContentType", "auth.Permission", "core.Heartbeat"}


def everything() -> dict[str, list[str]]:
    """Rows by model label, in the order of their ids."""
    tables = [
        model for model in apps.get_models() if model._meta.managed and model._meta.label not in IGNORED
    ]
    found = {model: list(model._default_manager.order_by("pk")) for model in tables}
    ranks = {model: {row.pk: rank for rank, row in enumerate(rows)} for model, rows in found.items()}
    told = {model._meta.label: [_row(each, ranks) for each in rows] for model, rows in found.items()}
    return told | {label: sorted(told[label]) for label in ALONE}


def _row(row: models.Model, ranks: dict[type[models.Model], dict[Any, int]]) -> str:
    cells = []
    for field in row._meta.concrete_fields:
        if field.attname in IGNORED_FIELDS or field.attname not in ALONE.get(
            row._meta.label, {field.attname}
        ):
            continue
        value = field.value_from_object(row)
        model = field.related_model if field.is_relation else type(row) if field.primary_key else None
        if isinstance(model, type) and model in ranks and value is not None:
            value = f"#{ranks[model].get(value)}"
        cells.append(f"{field.attname}={value!r}")
    return " ".join(cells)
