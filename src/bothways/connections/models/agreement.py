from typing import ClassVar, Self, cast

from django.db import models
from django.db.models import Q

from bothways.connections.models.connection import Connection
from bothways.core import keys, time
from bothways.core.models.scoped import ScopedQuerySet
from bothways.people.models import Person

_SIGNED = Q(signed_first_at__isnull=False, signed_second_at__isnull=False)


class AgreementQuerySet(ScopedQuerySet["Agreement"]):
    def ours(self, person: Person) -> Self:
        both = Q(connection__first=person) | Q(connection__second=person)
        return self.filter(both).select_related("connection__first__team", "connection__second__team")

    def in_force(self) -> Self:
        return self.filter(_SIGNED, closed_at=None)


class Agreement(models.Model):
    """What each brings and hopes, how often, what stays between them, and when they look at it again.

    A new row for every version: text is never changed under a signature. In force once both have signed
    that version, until the next is signed by both or its time is over. Finite: `ends_on`.
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
    months = models.PositiveSmallIntegerField(default=6)
    ends_on = models.DateField()
    signed_first_at = models.DateTimeField(null=True, blank=True)
    signed_second_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(
        null=True, blank=True, help_text="When a newer version took its place, or its time was over."
    )

    objects: ClassVar[AgreementQuerySet] = cast("AgreementQuerySet", AgreementQuerySet.as_manager())

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["connection", "version"], name="connections_agreement_version"),
            models.UniqueConstraint(
                fields=["connection"],
                condition=_SIGNED & Q(closed_at__isnull=True),
                name="connections_one_in_force",
            ),
        )

    def __str__(self) -> str:
        return f"Agreement {self.key}"

    @property
    def signed_by_both(self) -> bool:
        return bool(self.signed_first_at and self.signed_second_at)

    @property
    def in_force(self) -> bool:
        return self.signed_by_both and self.closed_at is None

    def signed_by(self, person: Person) -> bool:
        mine = self.signed_first_at if person.pk == self.connection.first_id else self.signed_second_at
        return mine is not None

    def side(self, person: Person) -> str:
        """Which columns are this person's own words: `first` or `second`."""
        return "first" if person.pk == self.connection.first_id else "second"

    def part_of(self, person: Person) -> str:
        """This person's own words, empty until they wrote some."""
        side = self.side(person)
        return f"{getattr(self, f'{side}_brings')} {getattr(self, f'{side}_hopes')}".strip()
