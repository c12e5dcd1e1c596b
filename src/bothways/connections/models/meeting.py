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
        return self.filter(both).select_related("connection__first__team", "connection__second__team")

    def to_come(self) -> Self:
        return self.filter(state__in=(Meeting.State.PROPOSED, Meeting.State.PICKED))


class Meeting(models.Model):
    """A time both took, or are still to take: proposed times, one picked, perhaps moved, cancelled, held.

    `times` are what waits to be picked: for a proposed meeting its only times, for a picked one other times
    that `proposed_by` offers while the picked one stands.
    """

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
        constraints = (
            models.UniqueConstraint(
                fields=["connection"], condition=Q(state="picked"), name="connections_one_picked_meeting"
            ),
        )
        indexes = (models.Index(fields=["connection", "starts_at"], name="connections_meetings_by_time"),)

    def __str__(self) -> str:
        return f"Meeting {self.key}"

    @property
    def ends_at(self) -> datetime | None:
        return self.starts_at + timedelta(minutes=self.minutes) if self.starts_at else None

    @property
    def source(self) -> str:
        """What its minutes are filed under."""
        return f"meeting:{self.key}"

    @property
    def is_to_come(self) -> bool:
        return self.state in (self.State.PROPOSED, self.State.PICKED)

    def starts(self, now: datetime) -> list[datetime]:
        """The proposed starts that have not gone by, in order."""
        return sorted(start for start in map(datetime.fromisoformat, self.times) if start > now)


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
        indexes = (models.Index(fields=["author", "-written_at"], name="connections_learned_by"),)

    def __str__(self) -> str:
        return f"Reflection {self.key}"
