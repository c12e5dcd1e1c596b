from datetime import datetime
from typing import ClassVar, Self, cast

from django.db import models
from django.db.models import Exists, OuterRef, Q

UNDELIVERED = Q(delivered_at=None, given_up_at=None)


class RecordedEventQuerySet(models.QuerySet["RecordedEvent"]):
    def undelivered(self) -> Self:
        return self.filter(UNDELIVERED)

    def due(self, now: datetime) -> Self:
        return self.undelivered().filter(not_before__lte=now)

    def first_of_its_stream(self) -> Self:
        """Without those that must wait for an earlier event about the same thing."""
        earlier = RecordedEvent.objects.undelivered().filter(stream=OuterRef("stream"), id__lt=OuterRef("id"))
        return self.filter(Q(stream="") | ~Exists(earlier))

    def not_held_up(self, now: datetime) -> Self:
        """Without those that wait for an earlier event about the same thing which waits for its next try."""
        earlier = RecordedEvent.objects.undelivered().filter(stream=OuterRef("stream"), id__lt=OuterRef("id"))
        return self.filter(Q(stream="") | ~Exists(earlier.filter(not_before__gt=now)))


class RecordedEvent(models.Model):
    """One thing that happened, stored in the transaction in which it happened (an outbox)."""

    name = models.CharField(max_length=80)
    payload = models.JSONField()
    stream = models.CharField(
        max_length=80, default="", help_text="What it is about; events of one stream are delivered in order."
    )
    recorded_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    given_up_at = models.DateTimeField(null=True)

    objects: ClassVar[RecordedEventQuerySet] = cast(
        "RecordedEventQuerySet", RecordedEventQuerySet.as_manager()
    )

    class Meta:
        indexes = (
            models.Index(fields=["id", "not_before"], condition=UNDELIVERED, name="core_outbox_waiting"),
            models.Index(fields=["stream", "id"], condition=UNDELIVERED, name="core_outbox_streams"),
            models.Index(fields=["given_up_at"], condition=~Q(given_up_at=None), name="core_outbox_given_up"),
        )

    def __str__(self) -> str:
        return f"{self.name} at {self.recorded_at:%Y-%m-%d %H:%M}"


class Delivery(models.Model):
    """That one subscriber has handled an event at which another failed; it is not handed over twice."""

    event = models.ForeignKey(RecordedEvent, on_delete=models.CASCADE, related_name="deliveries")
    subscriber = models.CharField(max_length=120)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["event", "subscriber"], name="core_delivered_once"),)

    def __str__(self) -> str:
        return f"{self.event_id} to {self.subscriber}"
