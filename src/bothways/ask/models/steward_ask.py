from typing import ClassVar, Self, cast

from django.db import models
from django.db.models import Q

from bothways.ask.models.ask import Ask
from bothways.core import keys, time
from bothways.core.models.scoped import ScopedQuerySet
from bothways.people.models import Person


class StewardAskQuerySet(ScopedQuerySet["StewardAsk"]):
    def mine(self, person: Person) -> Self:
        """Those that this person, as the steward who was picked, has been told."""
        return self.ours(person).filter(steward=person)

    def ours(self, person: Person) -> Self:
        both = Q(author=person) | Q(steward=person)
        return self.filter(both).select_related(
            "author__team", "author__organisation", "steward__team", "ask"
        )


class StewardAsk(models.Model):
    """A question to a steward whom its author picked: confidential, read by these two alone.

    `ask` is only a way back for its author; the steward never sees it.
    """

    key = models.CharField(max_length=16, unique=True, default=keys.new, editable=False)
    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    steward = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    ask = models.ForeignKey(Ask, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.TextField(max_length=2000)
    sent_at = models.DateTimeField(default=time.now)
    reply = models.TextField(max_length=2000, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[StewardAskQuerySet] = cast("StewardAskQuerySet", StewardAskQuerySet.as_manager())

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(author=models.F("steward")), name="ask_another_steward"),
        )
        indexes = (
            models.Index(fields=["steward", "-sent_at"], name="ask_told_steward"),
            models.Index(fields=["author", "-sent_at"], name="ask_told_by"),
        )

    def __str__(self) -> str:
        return f"Steward ask {self.key}"

    def other(self, person: Person) -> Person:
        return self.steward if person.pk == self.author_id else self.author
