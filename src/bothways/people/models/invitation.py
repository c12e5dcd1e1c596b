from datetime import timedelta
from typing import ClassVar, Self, cast

from django.db import models

from bothways.core import keys, time
from bothways.core.models.scoped import ScopedQuerySet
from bothways.people.models.person import Person

LASTS = timedelta(days=14)


class InvitationQuerySet(ScopedQuerySet["Invitation"]):
    def open(self) -> Self:
        """Those whose link still works: not used, not over, and the person still awaited."""
        return self.filter(used_at=None, ends_at__gt=time.now(), person__state=Person.State.INVITED)


class Invitation(models.Model):
    """A link by mail that lets a person answer the first questions without signing in.

    The link's token is the key, signed; so a copy of the database opens nothing. `declined_at` and
    `mailed` are read by nobody but the verb that would mail again: to stewards, declining and silence are
    the same, so an invitation to somebody who declined looks sent and was never `mailed`.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invitations")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    key = models.CharField(max_length=16, unique=True, default=keys.new, editable=False)
    sent_at = models.DateTimeField(default=time.now)
    ends_at = models.DateTimeField()
    bounced_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    mailed = models.BooleanField(default=True)

    objects: ClassVar[InvitationQuerySet] = cast("InvitationQuerySet", InvitationQuerySet.as_manager())

    class Meta:
        indexes = (models.Index(fields=["person", "-sent_at"], name="people_invited_last"),)

    def __str__(self) -> str:
        return f"Invitation of {self.person_id}"
