from django.db import models

from bothways.core import time
from bothways.people.models import Person


class Mail(models.Model):
    """One mail on its way: sent at least once, always under the same Message-ID."""

    message_id = models.CharField(max_length=120, unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mail")
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True)
    calendar_method = models.CharField(max_length=12, blank=True)
    answered_by_own_answer = models.BooleanField(
        default=False,
        help_text="Its being there depends on a sealed answer; goes in the nightly job (consent.md 9).",
    )
    created_at = models.DateTimeField(default=time.now)
    not_before = models.DateTimeField(default=time.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["not_before"], condition=models.Q(sent_at__isnull=True), name="inbox_mail_waiting"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} to {self.person_id}"
