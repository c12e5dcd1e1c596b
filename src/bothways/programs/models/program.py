from datetime import date
from typing import Any, ClassVar, Self, cast

from django.db import models
from django.db.models import Exists, Q

from bothways.connections.rules.kinds import Kind
from bothways.core import keys, time
from bothways.core.models import Organisation
from bothways.core.models.scoped import ScopedQuerySet
from bothways.people.models import Person


class ProgramQuerySet(ScopedQuerySet["Program"]):
    def stewarded(self, person: Any) -> Self:
        """Those this person runs. Being a steward of the house is not enough."""
        return self.filter(stewards=person)

    def looked_after(self, person: Any) -> Self:
        """Those this person runs; for an administrator all: else one whose stewards have left is nobody's."""
        is_administrator = Exists(
            Person.objects.filter(pk=person.pk, role=Person.Role.ADMINISTRATOR, state=Person.State.ACTIVE)
        )
        here = Q(is_administrator, organisation_id=person.organisation_id)
        return self.filter(Q(stewards=person) | here)

    def in_organisation(self, person: Any) -> Self:
        return self.filter(organisation_id=person.organisation_id)

    def running(self, today: date) -> Self:
        """Open to take part in."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=today), closed_at=None)


class Program(models.Model):
    """A pattern of relationships over time, which people take part in by their own yes.

    `kind` is what its introductions are for. `stewards` run it; nobody else sees who takes part.
    """

    key = models.CharField(max_length=16, unique=True, default=keys.new, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="programs")
    name = models.CharField(max_length=80)
    purpose = models.TextField(max_length=1200)
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.MENTORING)
    stewards = models.ManyToManyField(Person, related_name="programs_run")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    opened_at = models.DateTimeField(default=time.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ProgramQuerySet] = cast("ProgramQuerySet", ProgramQuerySet.as_manager())

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "name"], name="programs_name_once"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                name="programs_end_after_start",
            ),
        )
        indexes = (models.Index(fields=["organisation", "-opened_at"], name="programs_newest"),)

    def __str__(self) -> str:
        return self.name

    def is_running(self, today: date) -> bool:
        return self.closed_at is None and (self.ends_on is None or self.ends_on >= today)


class ParticipationQuerySet(ScopedQuerySet["Participation"]):
    def mine(self, person: Any) -> Self:
        return self.filter(person=person).select_related("program")

    def stewarded(self, person: Any) -> Self:
        return self.filter(program__stewards=person).select_related("program", "person")

    def here(self) -> Self:
        """Those who take part now."""
        return self.filter(left_at=None)

    def could_be_introduced(self, today: date) -> Self:
        """Those who seek or give, belong here and are not away today."""
        people = Person.objects.filter(state=Person.State.ACTIVE).not_away(today).order_by()
        return self.here().filter(Q(seeks=True) | Q(gives=True), person__in=people.values("pk"))


class Participation(models.Model):
    """That somebody takes part in a program, by their own yes.

    `seeks`: they would like to be introduced in the next round; a round that introduces them takes it away,
    they themselves set it again. `gives`: they are there for others. Neither ever follows from an answer.
    """

    key = models.CharField(max_length=16, unique=True, default=keys.new, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="participations")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="participations")
    seeks = models.BooleanField(default=False)
    gives = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=time.now)
    left_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=time.now, help_text="Joined, left, or said otherwise.")

    objects: ClassVar[ParticipationQuerySet] = cast(
        "ParticipationQuerySet", ParticipationQuerySet.as_manager()
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["program", "person"], name="programs_taken_part_once"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} in {self.program_id}"
