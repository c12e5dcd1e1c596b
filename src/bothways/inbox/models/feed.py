from django.db import models

from bothways.core import time
from bothways.people.models import Person


class Feed(models.Model):
    """A person's calendar feed. The token is shown once and stored hashed; without the row it is dead."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="feed")
    token_hash = models.CharField(max_length=64, unique=True)
    details = models.BooleanField(default=False, help_text="Names and places, instead of “Busy”.")
    created_at = models.DateTimeField(default=time.now)

    def __str__(self) -> str:
        return f"Feed of {self.person_id}"
