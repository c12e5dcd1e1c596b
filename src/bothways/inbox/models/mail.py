from datetime import datetime
from typing import ClassVar, Self, cast

from django.db import models
from django.db.models import Q

from bothways.core import time
from bothways.people.models import Person


class MailQuerySet(models.QuerySet["Mail"]):
    def unsettled(self) -> Self:
        return self.filter(outcome="")

    def due(self, now: datetime) -> Self:
        free = Q(claimed_until=None) | Q(claimed_until__lte=now)
        return self.unsettled().filter(free, not_before__lte=now)


class Mail(models.Model):
    """One mail on its way: sent at least once, always under the same Message-ID, which is its key.

    A digest's key follows from its person and day, so that writing it twice is writing it once. No word of
    it is stored: it is put together at the moment it is sent, from what its receiver may see then.
    `created_at` is when it is first due, which its Date says; `not_before` moves when it is tried again.
    """

    DIGEST = "digest"

    class Outcome(models.TextChoices):
        WAITING = "", "waiting"
        SENT = "sent"
        NEEDLESS = "needless"
        BOUNCED = "bounced"
        GIVEN_UP = "given_up"

    key = models.CharField(max_length=32, primary_key=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mail")
    kind = models.CharField(max_length=32)
    about = models.CharField(max_length=60)
    matter = models.CharField(max_length=60, default="", help_text="Of which one mail at a time is enough.")
    created_at = models.DateTimeField(default=time.now)
    not_before = models.DateTimeField(default=time.now)
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.WAITING, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[MailQuerySet] = cast("MailQuerySet", MailQuerySet.as_manager())

    class Meta:
        indexes = (
            models.Index(fields=["not_before", "key"], condition=Q(outcome=""), name="inbox_mail_waiting"),
            models.Index(fields=["settled_at"], name="inbox_mail_settled"),
        )

    def __str__(self) -> str:
        return f"{self.kind} to {self.person_id}"
