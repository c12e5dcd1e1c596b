from datetime import timedelta

from django.db import models

from bothways.core import keys, time
from bothways.people.models.person import Person

LASTS = timedelta(days=14)


class Invitation(models.Model):
    """A link by mail that lets a person answer the first questions without signing in.

    The link's token is the key, signed; so a copy of the database opens nothing.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invitations")
    key = models.CharField(max_length=16, unique=True, default=keys.new, editable=False)
    sent_at = models.DateTimeField(default=time.now)
    ends_at = models.DateTimeField()
    bounced_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Invitation of {self.person_id}"
