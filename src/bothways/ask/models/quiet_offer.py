from typing import ClassVar, Self, cast

from django.db import models

from bothways.core import keys, time
from bothways.core.models.scoped import ScopedQuerySet
from bothways.people.models import Person


class QuietOfferQuerySet(ScopedQuerySet["QuietOffer"]):
    def mine(self, person: Person) -> Self:
        return self.filter(person=person)


class QuietOffer(models.Model):
    """Home's offer of a few people, at most one a week. Only its person sees it, and that it was declined.

    `people` are entries of `key` and `reason`, best first.
    """

    key = models.CharField(max_length=16, unique=True, default=keys.new, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="quiet_offers")
    made_at = models.DateTimeField(default=time.now)
    people = models.JSONField(default=list)
    declined_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[QuietOfferQuerySet] = cast("QuietOfferQuerySet", QuietOfferQuerySet.as_manager())

    class Meta:
        indexes = (models.Index(fields=["person", "-made_at"], name="ask_offered_last"),)

    def __str__(self) -> str:
        return f"Quiet offer {self.key}"
