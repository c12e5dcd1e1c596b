from django.db import models

from bothways.connections.models.introduction import Introduction
from bothways.core import keys, time
from bothways.people.models import Person


class PassedOn(models.Model):
    """What an introducer sees of introducing two others: that it was passed on, and when (consent.md 19)."""

    key = models.CharField(max_length=16, unique=True, default=keys.new, editable=False)
    introducer = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="passed_on")
    first = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    passed_at = models.DateTimeField(default=time.now)

    def __str__(self) -> str:
        return f"Passed on {self.key}"


class MoreAsked(models.Model):
    """One side's "tell me more", once while open, and the other's reply (consent.md 11)."""

    key = models.CharField(max_length=16, unique=True, default=keys.new, editable=False)
    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="more_asked")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    question = models.TextField(max_length=600, blank=True)
    reply = models.TextField(max_length=1200, blank=True)
    asked_at = models.DateTimeField(default=time.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["introduction", "by"], name="connections_more_once"),)

    def __str__(self) -> str:
        return f"More asked {self.key}"
