from typing import ClassVar, Self, cast

from django.db import models
from django.db.models import Q

from bothways.connections.models.connection import Connection
from bothways.core import keys, time
from bothways.core.models.scoped import ScopedQuerySet
from bothways.people.models import Person


class ConcernQuerySet(ScopedQuerySet["Concern"]):
    def ours(self, person: Person) -> Self:
        """Those told to this person, and those this person told."""
        both = Q(told_to=person) | Q(teller=person)
        return self.filter(both).select_related(
            "teller__team", "told_to__team", "connection__first", "connection__second"
        )


class Concern(models.Model):
    """Something wrong, told to a person whom the teller picked. Nobody else reads it. (Moves to care.)"""

    key = models.CharField(max_length=16, unique=True, default=keys.new, editable=False)
    connection = models.ForeignKey(Connection, on_delete=models.SET_NULL, null=True, related_name="+")
    teller = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    told_to = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(max_length=4000)
    told_at = models.DateTimeField(default=time.now)
    reply = models.TextField(max_length=4000, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ConcernQuerySet] = cast("ConcernQuerySet", ConcernQuerySet.as_manager())

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(teller=models.F("told_to")), name="connections_told_another"),
        )
        indexes = (
            models.Index(fields=["told_to", "-told_at"], name="connections_told_to"),
            models.Index(fields=["teller", "-told_at"], name="connections_told_by"),
        )

    def __str__(self) -> str:
        return f"Concern {self.key}"

    def about(self) -> Person | None:
        """The other person of the connection it was told from."""
        return self.connection.other(self.teller) if self.connection else None
