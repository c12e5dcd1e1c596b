"""Querysets that narrow to the person who looks; the policy fetches objects only through these."""

from typing import Any, Self, TypeVar

from django.db import models

AnyModel = TypeVar("AnyModel", bound=models.Model)


class ScopedQuerySet(models.QuerySet[AnyModel]):
    """Each model's own queryset says what is visible; to ask for a scope it does not have is a mistake."""

    def mine(self, person: Any) -> Self:
        raise NotImplementedError

    def ours(self, person: Any) -> Self:
        raise NotImplementedError

    def stewarded(self, person: Any) -> Self:
        raise NotImplementedError

    def in_organisation(self, person: Any) -> Self:
        raise NotImplementedError
