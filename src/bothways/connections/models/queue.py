from collections.abc import Collection, Iterable
from typing import ClassVar, Self, cast

from django.db import models
from django.db.models import Q

from bothways.connections.models.connection import Connection
from bothways.connections.rules.consent import Ending
from bothways.connections.rules.kinds import Kind
from bothways.core import keys
from bothways.core.models import Organisation
from bothways.core.models.scoped import ScopedQuerySet
from bothways.people.models import Person


class QueueQuerySet(ScopedQuerySet["Queue"]):
    def mine(self, person: Person) -> Self:
        return self.filter(author=person)

    def open(self) -> Self:
        return self.filter(state=Queue.State.OPEN)

    def asks(self) -> Self:
        """Those that carry an ask, rather than a part in a round."""
        return self.filter(of_round=False)

    def holding(self, one: Person, others: Collection[Person]) -> Self:
        """Open ones of this person with one of the others on the list, or of one of the others with them.

        A connection closes them all (consent.md 12); not every one of them is a yes.
        """
        lists = Q(author=one, entries__person__in=others) | Q(author__in=others, entries__person=one)
        return self.open().filter(lists, entries__approved=True).distinct()

    def between(self, one: Person, others: Collection[Person]) -> Self:
        """Open asks of this person for one of the others, or of one of the others for them.

        Each is its author's yes to everybody on the list they approved. A part in a round is nobody's yes:
        its list is the engine's (consent.md 7).
        """
        return self.holding(one, others).asks()

    def ids_holding(self, pairs: Iterable[tuple[Person, Collection[Person]]]) -> set[int]:
        return {pk for one, others in pairs for pk in self.holding(one, others).values_list("pk", flat=True)}


class Queue(models.Model):
    """An ask, which is its author's yes to everybody on their list; or a person's part in a round.

    In a round the list is the engine's and taking part approves it; both sides are asked, each in private.
    Held by its author from opening to close; nothing in it ever depends on an answer (consent.md 7, 10).
    """

    class State(models.TextChoices):
        OPEN = "open"
        CLOSED = "closed"

    key = models.CharField(max_length=16, unique=True, default=keys.new, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="queues")
    kind = models.CharField(max_length=16, choices=Kind)
    note = models.TextField(max_length=1200)
    of_round = models.BooleanField(default=False)
    named = models.CharField(max_length=120, blank=True, help_text="What both call the round.")
    at_once = models.PositiveSmallIntegerField()
    turns = models.PositiveSmallIntegerField(default=0, help_text="How many came, whoever had room.")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField()
    asked_last_at = models.DateTimeField(help_text="When the turn of the last people came, whoever they are.")
    fallback_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_how = models.CharField(
        max_length=12, choices=[*Ending.choices, ("connected", "connected")], blank=True
    )
    connection = models.ForeignKey(Connection, on_delete=models.SET_NULL, null=True, related_name="queues")

    objects: ClassVar[QueueQuerySet] = cast("QueueQuerySet", QueueQuerySet.as_manager())

    class Meta:
        indexes = (
            models.Index(
                fields=["fallback_at"], condition=models.Q(state="open"), name="connections_queue_due"
            ),
            models.Index(
                fields=["closes_at"], condition=models.Q(state="open"), name="connections_queue_closing"
            ),
            models.Index(fields=["author", "asked_last_at"], name="connections_queue_of_author"),
        )

    def __str__(self) -> str:
        return f"Queue {self.key}"

    @property
    def hold(self) -> str:
        """What the minutes of its author are filed under, who takes part in a round."""
        return f"queue:{self.key}"


class QueueEntryQuerySet(ScopedQuerySet["QueueEntry"]):
    def mine(self, person: Person) -> Self:
        """On this person's asks. The list of a round is the engine's: nobody reads it here."""
        listed = self.filter(queue__author=person, queue__of_round=False)
        return listed.select_related("queue", "person__team", "suggested_by")


class QueueEntry(models.Model):
    """One approved person, in the author's order. `tried_at`: their turn came, whatever came of it.

    `approved` is false for somebody whom an asked person suggested and the author has not approved yet.
    """

    key = models.CharField(max_length=16, unique=True, default=keys.new, editable=False)
    queue = models.ForeignKey(Queue, on_delete=models.CASCADE, related_name="entries")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    approved = models.BooleanField(default=True)
    reason = models.JSONField(default=dict)
    reason_back = models.JSONField(default=dict)
    tried_at = models.DateTimeField(null=True)
    suggested_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[QueueEntryQuerySet] = cast("QueueEntryQuerySet", QueueEntryQuerySet.as_manager())

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["queue", "person"], name="connections_approved_once"),
            models.UniqueConstraint(fields=["queue", "position"], name="connections_approved_in_order"),
        )

    def __str__(self) -> str:
        return f"{self.position} of {self.queue_id}"
