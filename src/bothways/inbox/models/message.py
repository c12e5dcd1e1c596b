from typing import ClassVar, Self, cast

from django.db import models

from bothways.core import keys, time
from bothways.core.models.scoped import ScopedQuerySet
from bothways.people.models import Person


class MessageQuerySet(ScopedQuerySet["Message"]):
    def mine(self, person: Person) -> Self:
        return self.filter(person=person)


class Message(models.Model):
    """Something a person should know. `kind` names its texts; `values` are keys, never content."""

    key = models.CharField(max_length=16, unique=True, default=keys.new, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="inbox")
    kind = models.CharField(max_length=40)
    values = models.JSONField(default=dict)
    about = models.CharField(
        max_length=60, help_text="What it is about, to replace and clear it: meeting:KEY."
    )
    waits = models.BooleanField(default=False, help_text="Somebody waits for this person's answer.")
    created_at = models.DateTimeField(default=time.now)
    done_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[MessageQuerySet] = cast("MessageQuerySet", MessageQuerySet.as_manager())

    class Meta:
        indexes = (models.Index(fields=["person", "done_at", "-created_at"], name="inbox_of_person"),)

    def __str__(self) -> str:
        return f"{self.kind} for {self.person_id}"
