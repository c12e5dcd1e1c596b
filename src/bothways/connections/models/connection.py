from typing import ClassVar, Self, cast

from django.db import models
from django.db.models import Q
from django.db.models.functions import Greatest, Least

from bothways.connections.rules.kinds import Kind
from bothways.core import keys, time
from bothways.core.models import Organisation
from bothways.core.models.scoped import ScopedQuerySet
from bothways.people.models import Person


class ConnectionQuerySet(ScopedQuerySet["Connection"]):
    def ours(self, person: Person) -> Self:
        return self.filter(Q(first=person) | Q(second=person)).select_related("first__team", "second__team")

    def alive(self) -> Self:
        return self.exclude(state=Connection.State.ENDED)


class Connection(models.Model):
    """A relationship of two people and its history."""

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

    @property
    def is_alive(self) -> bool:
        return self.state != self.State.ENDED


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
