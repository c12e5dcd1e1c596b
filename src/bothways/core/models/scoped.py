"""Querysets that narrow to the person who looks; the policy fetches objects only through these."""

from typing import Any, Self, TypeVar

from django.db import models

AnyModel = TypeVar("AnyModel", bound=models.Model)


class ScopedQuerySet(models.QuerySet[AnyModel]):
    """Nothing is visible until a model's own queryset says what is."""

    def mine(self, person: Any) -> Self:
        return self.none()

    def ours(self, person: Any) -> Self:
        return self.none()

    def of_reports(self, person: Any) -> Self:
        return self.none()

    def in_organisation(self, person: Any) -> Self:
        return self.none()
