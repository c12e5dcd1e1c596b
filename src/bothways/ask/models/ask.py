from datetime import datetime
from typing import ClassVar, Self, cast

from django.db import models

from bothways.connections.models import Queue
from bothways.core import keys, time
from bothways.core.models.scoped import ScopedQuerySet
from bothways.people.models import Person


class AskQuerySet(ScopedQuerySet["Ask"]):
    def mine(self, person: Person) -> Self:
        return self.filter(author=person).select_related("queue", "author__organisation")

    def to_look_again(self, before: datetime) -> Self:
        """Kept open, nothing running, and not looked at since."""
        return self.filter(kept_open=True, looked_at__lt=before)


class Ask(models.Model):
    """What somebody would like help with, in their own words. Only its author sees it.

    Where people were asked, `queue` carries the asking; nothing of this row is ever shown to them. `topics`
    are those that the author picked. `known` are keys of people whom the author has seen suggested.
    """

    key = models.CharField(max_length=16, unique=True, default=keys.new, editable=False)
    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="asks")
    sentence = models.TextField(max_length=1200, blank=True)
    topics = models.JSONField(default=list)
    asked_at = models.DateTimeField(default=time.now)
    queue = models.OneToOneField(Queue, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    kept_open = models.BooleanField(default=False, help_text="Tell the author when somebody turns up.")
    known = models.JSONField(default=list)
    looked_at = models.DateTimeField(default=time.now)
    turned_up_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True, help_text="When its author put it away.")

    objects: ClassVar[AskQuerySet] = cast("AskQuerySet", AskQuerySet.as_manager())

    class Meta:
        indexes = (
            models.Index(fields=["author", "-asked_at"], name="ask_by_author"),
            models.Index(fields=["looked_at"], condition=models.Q(kept_open=True), name="ask_kept_open"),
        )

    def __str__(self) -> str:
        return f"Ask {self.key}"

    @property
    def is_running(self) -> bool:
        """Whether people are being asked."""
        return self.queue is not None and self.queue.state == Queue.State.OPEN

    @property
    def found(self) -> bool:
        """Whether somebody said yes."""
        return self.queue is not None and self.queue.closed_how == "connected"
