from datetime import datetime
from typing import ClassVar, Self, cast

from django.db import models
from django.db.models import Q

from bothways.connections.models.introduction import Introduction
from bothways.connections.rules import consent
from bothways.core import keys, time
from bothways.core.models.scoped import ScopedQuerySet
from bothways.people.models import Person


class PassedOnQuerySet(ScopedQuerySet["PassedOn"]):
    def mine(self, person: Person) -> Self:
        both = ("first__team", "second__team", "introduction")
        return self.filter(introducer=person).select_related(*both).order_by("-passed_at", "key")


class PassedOn(models.Model):
    """What an introducer sees of introducing two others: that it was passed on, and when (consent.md 19).

    `introduction` is empty where nothing new was made; the introducer never sees which. What came of it
    they read only once both of the two have said so.
    """

    key = models.CharField(max_length=16, unique=True, default=keys.new, editable=False)
    introducer = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="passed_on")
    first = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    why = models.TextField(max_length=600)
    passed_at = models.DateTimeField(default=time.now)
    introduction = models.OneToOneField(
        Introduction, on_delete=models.SET_NULL, null=True, related_name="passing"
    )
    first_tells = models.BooleanField(default=False)
    second_tells = models.BooleanField(default=False)

    objects: ClassVar[PassedOnQuerySet] = cast("PassedOnQuerySet", PassedOnQuerySet.as_manager())

    class Meta:
        indexes = (models.Index(fields=["introducer", "-passed_at"], name="connections_passed_on"),)

    def __str__(self) -> str:
        return f"Passed on {self.key}"

    @property
    def both_tell(self) -> bool:
        """Both said that the introducer may know; they can only once they are connected."""
        return self.first_tells and self.second_tells


class MoreAskedQuerySet(ScopedQuerySet["MoreAsked"]):
    def mine(self, person: Person) -> Self:
        """Those that wait for this person's reply: the asker's too, who sees nothing else (consent.md 27)."""
        party = Q(introduction__first=person) | Q(introduction__second=person)
        asked = self.filter(party, introduction__delivered=True).exclude(by=person)
        return asked.select_related("by__team", "introduction__queue", "introduction__organisation")

    def waiting(self, now: datetime) -> Self:
        still_open = self.filter(introduction__state=consent.State.OPEN, introduction__ends_at__gt=now)
        return still_open.filter(reply="")


class MoreAsked(models.Model):
    """One side's "tell me more", once while open, and the other's reply (consent.md 11)."""

    key = models.CharField(max_length=16, unique=True, default=keys.new, editable=False)
    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="more_asked")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    question = models.TextField(max_length=600, blank=True)
    asked_at = models.DateTimeField(default=time.now)
    reply = models.TextField(max_length=1200, blank=True)
    replied_at = models.DateTimeField(null=True)

    objects: ClassVar[MoreAskedQuerySet] = cast("MoreAskedQuerySet", MoreAskedQuerySet.as_manager())

    class Meta:
        constraints = (models.UniqueConstraint(fields=["introduction", "by"], name="connections_more_once"),)

    def __str__(self) -> str:
        return f"More asked {self.key}"
