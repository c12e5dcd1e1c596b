import hashlib
from typing import ClassVar, Self, cast

from django.db import models
from django.utils.translation import gettext_lazy as _

from bothways.core import keys
from bothways.core.models import Organisation
from bothways.core.models.scoped import ScopedQuerySet
from bothways.people.models.person import Person


def new_stamp() -> int:
    """Forty bits by chance, so that the sum over an organisation's topics says whether one has changed."""
    return int.from_bytes(hashlib.blake2b(keys.new().encode(), digest_size=5).digest())


class TopicQuerySet(ScopedQuerySet["Topic"]):
    def in_organisation(self, person: Person) -> Self:
        return self.filter(organisation_id=person.organisation_id).current()

    def current(self) -> Self:
        """Those that were not merged into another."""
        return self.filter(merged_into=None)


class Topic(models.Model):
    """A subject of an organisation: from our thesaurus, renamed, merged, or its own."""

    class Group(models.TextChoices):
        CRAFT = "craft", _("Crafts")
        PROFESSIONAL_SKILL = "professional-skill", _("Professional skills")
        LIFE_AT_WORK = "life-at-work", _("Life at work")
        LEADERSHIP = "leadership", _("Leadership")
        CAREER = "career", _("Careers")
        TECHNICAL = "technical", _("Technical")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="topics")
    key = models.SlugField(max_length=80)
    name = models.CharField(max_length=120)
    group = models.CharField(max_length=24, choices=Group)
    aliases = models.JSONField(default=list, blank=True)
    broader = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="narrower"
    )
    related = models.JSONField(default=list, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    stamp = models.BigIntegerField(
        default=new_stamp, help_text="Another with every change: see queries.topics."
    )

    objects: ClassVar[TopicQuerySet] = cast("TopicQuerySet", TopicQuerySet.as_manager())

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organisation", "key"], name="people_topic_once"),)

    def __str__(self) -> str:
        return self.name


class Offer(models.Model):
    """A person can talk about a topic."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="offers")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="offers")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "topic"], name="people_offer_once"),)

    def __str__(self) -> str:
        return f"{self.person_id} offers {self.topic_id}"


class Want(models.Model):
    """A person would like to get better at a topic. `shown`: on the profile; otherwise theirs alone.

    `suggest`: Home may suggest introductions about it, unasked.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="wants")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="wants")
    shown = models.BooleanField(default=False)
    suggest = models.BooleanField(default=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "topic"], name="people_want_once"),)

    def __str__(self) -> str:
        return f"{self.person_id} wants {self.topic_id}"
