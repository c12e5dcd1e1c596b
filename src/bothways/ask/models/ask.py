from typing import ClassVar, Self, cast

from django.db import models

from bothways.connections.models import Queue
from bothways.core import keys, time
from bothways.core.models.scoped import ScopedQuerySet
from bothways.people.models import Person


class AskQuerySet(ScopedQuerySet["Ask"]):
    def mine(self, person: Person) -> Self:
        return self.filter(author=person).select_related("queue")


class Ask(models.Model):
    """What somebody would like help with, in their own words. Only its author sees it.

    Where people were asked, `queue` carries the asking; nothing of this row is ever shown to them.
    """

    key = models.CharField(max_length=16, unique=True, default=keys.new, editable=False)
    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="asks")
    sentence = models.TextField(max_length=1200)
    asked_at = models.DateTimeField(default=time.now)
    queue = models.OneToOneField(Queue, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    kept_open = models.BooleanField(default=False, help_text="Tell the author when somebody turns up.")

    objects: ClassVar[AskQuerySet] = cast("AskQuerySet", AskQuerySet.as_manager())

    class Meta:
        indexes = (models.Index(fields=["author", "-asked_at"], name="ask_by_author"),)

    def __str__(self) -> str:
        return f"Ask {self.key}"
