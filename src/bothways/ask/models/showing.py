from typing import ClassVar, cast

from django.db import models

from bothways.core import time
from bothways.core.models.scoped import ScopedQuerySet
from bothways.people.models import Person


class ShowingQuerySet(ScopedQuerySet["Showing"]):
    """There is no scope: the policy hands it to nobody."""


class Showing(models.Model):
    """What the last nightly run says of somebody. Nobody sees the row.

    `shown`: keys of the people whom Home may offer them, best first. `needed`: how much others need them,
    from 0 to 3 (`matching.show`); among candidates who fit alike, who is needed less is suggested first.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="showing")
    shown = models.JSONField(default=list)
    needed = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(default=time.now)

    objects: ClassVar[ShowingQuerySet] = cast("ShowingQuerySet", ShowingQuerySet.as_manager())

    def __str__(self) -> str:
        return f"Showing of {self.person_id}"
