from datetime import datetime, timedelta
from typing import ClassVar, Self, cast

from django.db import models
from django.db.models import Q

from bothways.connections.models.connection import Connection
from bothways.core import keys, time
from bothways.core.models.scoped import ScopedQuerySet
from bothways.people.models import Person


class MeetingQuerySet(ScopedQuerySet["Meeting"]):
    def ours(self, person: Person) -> Self:
        both = Q(connection__first=person) | Q(connection__second=person)
        return self.filter(both).select_related("connection__first", "connection__second")


class Meeting(models.Model):
    """A time both took, or are still to take: proposed times, one picked, perhaps moved, cancelled, held."""

    class State(models.TextChoices):
        PROPOSED = "proposed"
        PICKED = "picked"
        HELD = "held"
        MISSED = "missed"
        CANCELLED = "cancelled"

    key = models.CharField(max_length=16, unique=True, default=keys.new, editable=False)
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="meetings")
    state = models.CharField(max_length=12, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    proposed_at = models.DateTimeField(default=time.now)
    times = models.JSONField(default=list, help_text="Proposed starts, ISO 8601 in UTC.")
    starts_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(default=30)
    where = models.CharField(max_length=300, blank=True)
    sequence = models.PositiveIntegerField(
        default=0, help_text="Grows with every change (iCalendar SEQUENCE)."
    )

    objects: ClassVar[MeetingQuerySet] = cast("MeetingQuerySet", MeetingQuerySet.as_manager())

    class Meta:
        indexes = (models.Index(fields=["connection", "starts_at"], name="connections_meetings_by_time"),)

    def __str__(self) -> str:
        return f"Meeting {self.key}"

    @property
    def ends_at(self) -> datetime | None:
        return self.starts_at + timedelta(minutes=self.minutes) if self.starts_at else None


class ReflectionQuerySet(ScopedQuerySet["Reflection"]):
    def mine(self, person: Person) -> Self:
        return self.filter(author=person)


class Reflection(models.Model):
    """What one of them learned (shared if they say so) and whether it was useful (theirs alone)."""

    class Useful(models.TextChoices):
        YES = "yes"
        SOMEWHAT = "somewhat"
        NO = "no"

    key = models.CharField(max_length=16, unique=True, default=keys.new, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="reflections")
    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    learned = models.TextField(max_length=2000, blank=True)
    shared = models.BooleanField(default=False)
    useful = models.CharField(max_length=8, choices=Useful, blank=True)
    written_at = models.DateTimeField(default=time.now)

    objects: ClassVar[ReflectionQuerySet] = cast("ReflectionQuerySet", ReflectionQuerySet.as_manager())

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["meeting", "author"], name="connections_reflection_once"),
        )

    def __str__(self) -> str:
        return f"Reflection {self.key}"
