from datetime import datetime, timedelta
from typing import ClassVar, Self, cast

from django.db import models
from django.db.models import Q
from django.db.models.functions import Greatest, Least

from bothways.connections.rules.kinds import Kind
from bothways.core import keys, time
from bothways.core.models import Organisation
from bothways.core.models.scoped import ScopedQuerySet
from bothways.people.models import Person

PROPOSAL_LASTS = timedelta(days=14)
NEW_OFFER_WITHIN = timedelta(days=7)


class ConnectionQuerySet(ScopedQuerySet["Connection"]):
    def ours(self, person: Person) -> Self:
        return self.filter(Q(first=person) | Q(second=person)).select_related("first__team", "second__team")

    def alive(self) -> Self:
        return self.exclude(state=Connection.State.ENDED)


class Connection(models.Model):
    """A relationship of two people and its history. Who let it rest or ended it is nowhere."""

    class State(models.TextChoices):
        ACQUAINTED = "acquainted"
        AGREED = "agreed"
        RESTING = "resting"
        ENDED = "ended"

    key = models.CharField(max_length=16, unique=True, default=keys.new, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    first = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind)
    state = models.CharField(max_length=12, choices=State, default=State.ACQUAINTED)
    note = models.TextField(max_length=1200, blank=True)
    since = models.DateTimeField(default=time.now)
    moved_at = models.DateTimeField(default=time.now, help_text="When it last entered its state.")
    proposed_kind = models.CharField(max_length=16, choices=Kind, blank=True)
    kind_proposed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    kind_proposed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ConnectionQuerySet] = cast("ConnectionQuerySet", ConnectionQuerySet.as_manager())

    class Meta:
        constraints = (
            models.UniqueConstraint(
                Least("first_id", "second_id"),
                Greatest("first_id", "second_id"),
                condition=~Q(state="ended"),
                name="connections_one_alive_a_pair",
            ),
        )
        indexes = (
            models.Index(fields=["first", "state"], name="connections_of_first"),
            models.Index(fields=["second", "state"], name="connections_of_second"),
        )

    def __str__(self) -> str:
        return f"Connection {self.key}"

    def other(self, person: Person) -> Person:
        return self.second if person.pk == self.first_id else self.first

    def pair(self) -> tuple[Person, Person]:
        return self.first, self.second

    @property
    def is_alive(self) -> bool:
        return self.state != self.State.ENDED

    def has_just_ended(self, now: datetime) -> bool:
        """Within the week in which both are offered somebody new."""
        return not self.is_alive and now < self.moved_at + NEW_OFFER_WITHIN

    def kind_on_offer(self, now: datetime) -> str:
        """The kind one of them proposed, while it stands; it lapses by itself, whatever was thought of it."""
        if self.kind_proposed_at and now < self.kind_proposed_at + PROPOSAL_LASTS:
            return self.proposed_kind
        return ""


class ConnectionMessage(models.Model):
    """A message from one to the other. Nobody else reads it."""

    key = models.CharField(max_length=16, unique=True, default=keys.new, editable=False)
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(max_length=8000)
    sent_at = models.DateTimeField(default=time.now)

    class Meta:
        indexes = (models.Index(fields=["connection", "sent_at"], name="connections_messages_by_time"),)

    def __str__(self) -> str:
        return f"Message {self.key}"


class Due(models.Model):
    """Something of a connection that happens at a time fixed beforehand, and that both may know of.

    Whoever fills `done_at` does it, so a repeated tick is harmless. `about` is a meeting's or an
    agreement's key where a connection can have several of the same.
    """

    class What(models.TextChoices):
        FIT = "fit"
        FIT_OVER = "fit_over"
        QUIET = "quiet"
        QUIET_OVER = "quiet_over"
        PICK_SOON = "pick_soon"
        PICK_LATE = "pick_late"
        MEETING_OVER = "meeting_over"
        REVIEW = "review"
        RENEWAL = "renewal"
        AGREEMENT_OVER = "agreement_over"

    key = models.CharField(max_length=16, unique=True, default=keys.new, editable=False)
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=16, choices=What)
    about = models.CharField(max_length=16, blank=True)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["connection", "what", "about"], name="connections_due_once"),
        )
        indexes = (
            models.Index(
                fields=["due_at", "key"], condition=Q(done_at__isnull=True), name="connections_due_next"
            ),
        )

    def __str__(self) -> str:
        return f"{self.what} of {self.connection_id} at {self.due_at:%Y-%m-%d %H:%M}"
