from datetime import datetime
from typing import ClassVar, Self, cast

from django.db import models
from django.db.models import Q

from bothways.core import keys, time
from bothways.core.models.scoped import ScopedQuerySet
from bothways.people.models import Person


class MessageQuerySet(ScopedQuerySet["Message"]):
    def mine(self, person: Person) -> Self:
        return self.filter(person=person)

    def there(self) -> Self:
        return self.filter(done_at=None)

    def in_a_digest_due(self, now: datetime) -> Self:
        return self.there().filter(digest_at__lte=now)


class Message(models.Model):
    """Something a person should know. `kind` names its words, `about` what they are about; both are keys.

    Nothing of what was written is stored: title and sentence are made when it is shown.
    """

    key = models.CharField(max_length=16, unique=True, default=keys.new, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="inbox")
    kind = models.CharField(max_length=32)
    about = models.CharField(max_length=60, help_text="What it is about, to clear it: meeting:KEY.")
    waits = models.BooleanField(default=False, help_text="It waits for this person's answer.")
    created_at = models.DateTimeField(default=time.now)
    done_at = models.DateTimeField(null=True, blank=True)
    digest_at = models.DateTimeField(null=True, blank=True, help_text="The morning that tells of it.")
    mailed_at = models.DateTimeField(null=True, blank=True, help_text="When a mail of it was written.")

    objects: ClassVar[MessageQuerySet] = cast("MessageQuerySet", MessageQuerySet.as_manager())

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["person", "kind", "about"], name="inbox_once_a_matter"),
        )
        indexes = (
            models.Index(
                fields=["person", "-waits", "-created_at", "key"],
                condition=Q(done_at=None),
                name="inbox_of_person",
            ),
            models.Index(fields=["digest_at"], condition=Q(digest_at__isnull=False), name="inbox_digest_due"),
            models.Index(fields=["about"], name="inbox_about"),
            models.Index(fields=["done_at"], name="inbox_done"),
        )

    def __str__(self) -> str:
        return f"{self.kind} for {self.person_id}"
