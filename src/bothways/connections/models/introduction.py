from datetime import datetime
from typing import ClassVar, Self, cast

from django.db import models
from django.db.models import Q
from django.db.models.functions import Greatest, Least

from bothways.connections.models.queue import Queue
from bothways.connections.rules import consent
from bothways.connections.rules.kinds import Kind
from bothways.core import keys
from bothways.core.models import Organisation
from bothways.core.models.scoped import ScopedQuerySet
from bothways.people.models import Person


class IntroductionQuerySet(ScopedQuerySet["Introduction"]):
    def ours(self, person: Person) -> Self:
        """Those this person was asked about: an asker never sees their own (consent.md 27)."""
        asked = Q(second=person) | Q(first=person, both_asked=True)
        return self.filter(asked, delivered=True).select_related(
            "first__team", "second__team", "introducer", "queue"
        )

    def open_at(self, now: datetime) -> Self:
        return self.filter(state=consent.State.OPEN, ends_at__gt=now)

    def due(self, now: datetime) -> Self:
        return self.filter(state=consent.State.OPEN, ends_at__lte=now)

    def with_person(self, person: Person) -> Self:
        return self.filter(Q(first=person) | Q(second=person))

    def between(self, one: Person, other: Person) -> Self:
        return self.with_person(one).with_person(other)


class Introduction(models.Model):
    """A proposed connection with its reasons. The two answers are sealed, in a table of their own.

    `first` is the queue's author where there is a queue. An ask is its author's yes; where a colleague or a
    round brings two together, both are asked (`both_asked`). `delivered` is false where one of the two would
    rather not be introduced to the other (consent.md 18).
    """

    key = models.CharField(max_length=16, unique=True, default=keys.new, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    queue = models.ForeignKey(Queue, on_delete=models.CASCADE, null=True, related_name="introductions")
    introducer = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="introduced")
    first = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    both_asked = models.BooleanField(default=True, help_text="Fixed when it opens.")
    kind = models.CharField(max_length=16, choices=Kind)
    state = models.CharField(max_length=12, choices=consent.State, default=consent.State.OPEN)
    opens_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reminds_at = models.DateTimeField(null=True, help_text="Fixed when it opens; empty once that time came.")
    ended_how = models.CharField(max_length=12, choices=consent.Ending, blank=True)
    handed_on_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    delivered = models.BooleanField(default=True)
    note = models.TextField(max_length=1200)
    reason_first = models.JSONField(default=dict, help_text="Why the second, in words for the first.")
    reason_second = models.JSONField(default=dict, help_text="Why the first, in words for the second.")

    objects: ClassVar[IntroductionQuerySet] = cast("IntroductionQuerySet", IntroductionQuerySet.as_manager())

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(first=models.F("second")), name="connections_two_people"),
            models.UniqueConstraint(
                Least("first_id", "second_id"),
                Greatest("first_id", "second_id"),
                condition=Q(state="open"),
                name="connections_one_open_introduction_a_pair",
            ),
        )
        indexes = (
            models.Index(fields=["ends_at"], condition=Q(state="open"), name="connections_intro_due"),
            models.Index(fields=["reminds_at"], condition=Q(state="open"), name="connections_intro_reminds"),
            models.Index(fields=["second", "state"], name="connections_intro_asked"),
            models.Index(fields=["first", "state"], name="connections_intro_asker"),
        )

    def __str__(self) -> str:
        return f"Introduction {self.key}"

    @property
    def hold(self) -> str:
        """What its held minutes are filed under."""
        return f"introduction:{self.key}"

    @property
    def of_round(self) -> bool:
        """Whether a round brings the two together: then a queue stands behind it, and both are asked."""
        return self.both_asked and self.queue_id is not None

    def other(self, person: Person) -> Person:
        return self.second if person.pk == self.first_id else self.first

    def reason_for(self, person: Person) -> dict[str, str]:
        """Why the other one, in words for this person."""
        return dict(self.reason_first if person.pk == self.first_id else self.reason_second)

    def is_open(self, now: datetime) -> bool:
        return consent.is_open(self.state, self.ends_at, now)

    def asked(self) -> tuple[Person, ...]:
        """Whose answer is asked for: the second; both where nobody's ask stands behind it."""
        return (self.first, self.second) if self.both_asked else (self.second,)

    def holders(self) -> tuple[Person, ...]:
        """Whose place and minutes it holds. A queue holds its author's own, whatever is open in it (13)."""
        return (self.second,) if self.queue_id else (self.first, self.second)
