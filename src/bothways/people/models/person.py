from datetime import date
from functools import cached_property
from typing import ClassVar, Self, cast

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from bothways.core import keys, time
from bothways.core.models import Organisation
from bothways.core.models.scoped import ScopedQuerySet
from bothways.people.models.account import Account
from bothways.people.rules.names import first_name


class Team(models.Model):
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="teams")
    name = models.CharField(max_length=120)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organisation", "name"], name="people_team_once"),)

    def __str__(self) -> str:
        return self.name


class PersonQuerySet(ScopedQuerySet["Person"]):
    def mine(self, person: "Person") -> Self:
        return self.filter(pk=person.pk)

    def in_organisation(self, person: "Person") -> Self:
        return self.here().filter(organisation_id=person.organisation_id).select_related("team")

    def on_record(self, person: "Person") -> Self:
        """Whoever is or was in the organisation; for those who keep its list of members."""
        return self.filter(organisation_id=person.organisation_id).select_related("team")

    def here(self) -> Self:
        """Those who belong to their organisation now, signed in already or not."""
        return self.filter(state__in=(Person.State.INVITED, Person.State.ACTIVE))

    def never_here(self) -> Self:
        """Those on a list alone: what it says of them, nobody has said themselves."""
        awaited = (Person.State.INVITED, Person.State.LEFT)
        return self.filter(state__in=awaited, confirmed_at=None, account=None)

    def not_away(self, on: date) -> Self:
        return self.exclude(away_from__lte=on, away_until__gte=on)

    def available(self, on: date) -> Self:
        """Those who may be suggested: last night's snapshot, and away or gone applied at once."""
        return self.filter(state=Person.State.ACTIVE, has_room=True).not_away(on)

    def with_roles(self) -> Self:
        reports = Person.objects.here().filter(manager=OuterRef("pk"))
        of_reports = Person.objects.here().filter(manager__manager=OuterRef("pk"))
        return self.annotate(has_reports=Exists(reports), has_reports_of_reports=Exists(of_reports))


class Person(models.Model):
    """An account in one organisation. Everybody is both: there is no mentor and no mentee person."""

    class State(models.TextChoices):
        INVITED = "invited", _("not here yet")
        ACTIVE = "active", _("here")
        SUSPENDED = "suspended", _("suspended")
        LEFT = "left", _("left")

    class Role(models.TextChoices):
        MEMBER = "member", _("member")
        STEWARD = "steward", _("steward")
        ADMINISTRATOR = "administrator", _("administrator")

    key = models.CharField(max_length=16, unique=True, default=keys.new, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="persons")
    account = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="persons")
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=120)
    pronouns = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=120, blank=True)
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True, blank=True, related_name="persons")
    manager = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="reports"
    )
    line = models.TextField(default="/", help_text="Keys of all managers, highest first: /3/17/.")
    place = models.CharField(max_length=120, blank=True)
    started_on = models.DateField(null=True, blank=True)
    time_zone = models.CharField(max_length=64, default="UTC")
    languages = models.JSONField(default=list, blank=True)
    photo = models.CharField(max_length=80, blank=True)
    about = models.TextField(max_length=2000, blank=True)
    brings = models.TextField(max_length=600, blank=True)
    hopes = models.TextField(max_length=600, blank=True)
    stretch = models.TextField(max_length=600, blank=True)
    stretch_shown = models.BooleanField(default=False)
    email_shown = models.BooleanField(default=False)
    hours = models.JSONField(default=list, blank=True)
    budget_minutes = models.PositiveIntegerField(default=0)
    away_from = models.DateField(null=True, blank=True)
    away_until = models.DateField(null=True, blank=True)
    away_told = models.BooleanField(default=False, help_text="Whether this absence's start was recorded.")
    state = models.CharField(max_length=12, choices=State, default=State.INVITED)
    role = models.CharField(max_length=16, choices=Role, default=Role.MEMBER)
    created_at = models.DateTimeField(default=time.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    here_on = models.DateField(null=True, blank=True)
    has_room = models.BooleanField(default=False)
    welcomed = models.BooleanField(default=False)

    objects: ClassVar[PersonQuerySet] = cast("PersonQuerySet", PersonQuerySet.as_manager())

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "email"], name="people_address_once"),
            models.UniqueConstraint(
                fields=["organisation", "account"],
                condition=Q(account__isnull=False),
                name="people_account_once",
            ),
            models.CheckConstraint(
                condition=Q(away_from__isnull=True, away_until__isnull=True)
                | Q(away_from__isnull=False, away_until__isnull=False),
                name="people_away_both_ends",
            ),
        )
        indexes = (
            models.Index("organisation", Lower("name"), "key", "state", name="people_by_name"),
            models.Index(fields=["organisation", "state"], name="people_by_state"),
            models.Index(fields=["away_from"], name="people_by_absence"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        """What a button calls them."""
        return first_name(self.name)

    @cached_property
    def roles(self) -> frozenset[str]:
        """What this person is in their organisation; managers and leaders follow from reporting lines."""
        if self.state != Person.State.ACTIVE:
            return frozenset()
        found = {"member"}
        if self.role != Person.Role.MEMBER:
            found.add("steward")
        if self.role == Person.Role.ADMINISTRATOR:
            found.add("administrator")
        if getattr(self, "has_reports", False):
            found.add("manager")
        if getattr(self, "has_reports_of_reports", False):
            found.add("leader")
        return frozenset(found)

    @property
    def answered_invitation(self) -> bool:
        """Has just come by an invitation, whose page asked some of what the first visit asks."""
        return self.confirmed_at is not None and not self.welcomed

    @property
    def is_on_a_list_alone(self) -> bool:
        """Awaited and never here: what is said of them, nobody has said themselves."""
        return self.state == Person.State.INVITED and self.confirmed_at is None and self.account_id is None

    def is_above(self, other: "Person") -> bool:
        """Whether `other` reports to this person, over however many others."""
        return f"/{self.pk}/" in other.line

    def is_away(self, on: date) -> bool:
        return bool(self.away_from and self.away_until and self.away_from <= on <= self.away_until)


class NotWanted(models.Model):
    """Somebody a person would rather not be introduced to. Only that person ever sees the row."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="not_wanted")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(default=time.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "other"], name="people_not_wanted_once"),)

    def __str__(self) -> str:
        return f"{self.person_id} would rather not meet {self.other_id}"
