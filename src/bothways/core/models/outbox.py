from django.db import models


class RecordedEvent(models.Model):
    """One thing that happened, stored in the transaction in which it happened (an outbox)."""

    name = models.CharField(max_length=80)
    payload = models.JSONField()
    recorded_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(
                fields=["not_before", "id"],
                condition=models.Q(delivered_at__isnull=True),
                name="core_outbox_waiting",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} at {self.recorded_at:%Y-%m-%d %H:%M}"


class Delivery(models.Model):
    """That one subscriber has handled one event; makes a repeated delivery harmless."""

    event = models.ForeignKey(RecordedEvent, on_delete=models.CASCADE, related_name="deliveries")
    subscriber = models.CharField(max_length=120)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["event", "subscriber"], name="core_delivered_once"),)

    def __str__(self) -> str:
        return f"{self.event_id} to {self.subscriber}"
