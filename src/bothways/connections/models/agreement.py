from typing import ClassVar, Self, cast

from django.db import models
from django.db.models import Q

from bothways.connections.models.connection import Connection
from bothways.core import keys, time
from bothways.core.models.scoped import ScopedQuerySet
from bothways.people.models import Person


class AgreementQuerySet(ScopedQuerySet["Agreement"]):
    def ours(self, person: Person) -> Self:
        return self.filter(Q(connection__first=person) | Q(connection__second=person))


class Agreement(models.Model):
    """What each brings and hopes, how often, what stays between them, and when they look at it again.

    A new row for every version; in force once both have signed that version. Finite: `ends_on`.
    """

    key = models.CharField(max_length=16, unique=True, default=keys.new, editable=False)
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="agreements")
    version = models.PositiveSmallIntegerField(default=1)
    written_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    written_at = models.DateTimeField(default=time.now)
    first_brings = models.TextField(max_length=600, blank=True)
    first_hopes = models.TextField(max_length=600, blank=True)
    second_brings = models.TextField(max_length=600, blank=True)
    second_hopes = models.TextField(max_length=600, blank=True)
    cadence = models.CharField(max_length=120, blank=True)
    confidentiality = models.TextField(max_length=600, blank=True)
    boundaries = models.TextField(max_length=600, blank=True)
    review_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField()
    signed_first_at = models.DateTimeField(null=True, blank=True)
    signed_second_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[AgreementQuerySet] = cast("AgreementQuerySet", AgreementQuerySet.as_manager())

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["connection", "version"], name="connections_agreement_version"),
        )

    def __str__(self) -> str:
        return f"Agreement {self.key}"

    @property
    def in_force(self) -> bool:
        return bool(self.signed_first_at and self.signed_second_at)
