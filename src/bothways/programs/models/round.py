from datetime import timedelta
from typing import Any, ClassVar, Self, cast

from django.db import models
from django.db.models import Q

from bothways.connections.models import Queue
from bothways.core import keys, time
from bothways.core.models.scoped import ScopedQuerySet
from bothways.people.models import Person
from bothways.programs.models.program import Program
from bothways.programs.rules.problems import Problem


class RoundQuerySet(ScopedQuerySet["Round"]):
    def stewarded(self, person: Any) -> Self:
        return self.filter(program__stewards=person).select_related("program__organisation")


class Round(models.Model):
    """One batch of introductions of a program: rehearsed as often as one likes, sent once.

    `rules` are names of hard rules in force, `weights` strengths by name (`programs.rules.terms`). `sent` is
    the rehearsal that was sent.
    """

    key = models.CharField(max_length=16, unique=True, default=keys.new, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    rules = models.JSONField(default=list)
    weights = models.JSONField(default=dict)
    opened_at = models.DateTimeField(default=time.now)
    sent = models.OneToOneField("Rehearsal", on_delete=models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[RoundQuerySet] = cast("RoundQuerySet", RoundQuerySet.as_manager())

    class Meta:
        constraints = (models.UniqueConstraint(fields=["program", "number"], name="programs_round_once"),)

    def __str__(self) -> str:
        return f"Round {self.number} of {self.program_id}"


class Pin(models.Model):
    """What a steward settled by hand, for every rehearsal of a round from then on."""

    class Kind(models.TextChoices):
        LOCK = "lock"
        FORBID = "forbid"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="pins")
    seeker = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    giver = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=time.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["round", "seeker", "giver"], name="programs_pinned_once"),
            models.CheckConstraint(condition=~Q(seeker=models.F("giver")), name="programs_pins_two_people"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.seeker_id} with {self.giver_id}"


class Entry(models.Model):
    """One line of a round's trail: who did what, when. Never what anybody answered."""

    class What(models.TextChoices):
        OPENED = "opened"
        TERMS = "terms"
        REHEARSED = "rehearsed"
        LOCKED = "locked"
        FORBIDDEN = "forbidden"
        FREED = "freed"
        SWAPPED = "swapped"
        EXPORTED = "exported"
        SENT = "sent"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="trail")
    what = models.CharField(max_length=12, choices=What)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=time.now)
    about = models.JSONField(default=dict, help_text="Keys of people, a rehearsal's number.")

    def __str__(self) -> str:
        return f"{self.what} at {self.at:%Y-%m-%d %H:%M}"


class Step(models.Model):
    """How many of a sent round's pairs are connected at one of its fixed times, and how many are not.

    Shown only where both numbers are at least five (consent.md 20).
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="steps")
    at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    connected = models.PositiveIntegerField(default=0)
    not_connected = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["round", "at"], name="programs_step_once"),)
        indexes = (models.Index(fields=["at"], condition=Q(taken_at=None), name="programs_steps_due"),)

    def __str__(self) -> str:
        return f"Step of {self.round_id} at {self.at:%Y-%m-%d}"

    @property
    def key(self) -> str:
        return f"{self.round_id}/{self.at.isoformat()}"


class RehearsalQuerySet(ScopedQuerySet["Rehearsal"]):
    def stewarded(self, person: Any) -> Self:
        """Without their certificates, which are large and the operator's."""
        mine = self.filter(round__program__stewards=person).defer("certificate")
        return mine.select_related("round__program__organisation")


class Rehearsal(models.Model):
    """One proven best round, worked out in the background and shown before anything is sent.

    `rules`, `weights` and `pins` are those it was made with. `figures` is what the page tells of the whole
    (`programs.rules.figures`), `certificate` the engine's proof, which is the operator's. What it consists of
    is written in slices while it is at work, and is nobody's to see until it is ready.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        READY = "ready"
        FAILED = "failed"

    key = models.CharField(max_length=16, unique=True, default=keys.new, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="rehearsals")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    progress = models.PositiveSmallIntegerField(default=0, help_text="Of a hundred.")
    begun = models.PositiveIntegerField(default=0, help_text="How often: an earlier go writes no more.")
    problem = models.CharField(max_length=20, choices=Problem, blank=True)
    rules = models.JSONField(default=list)
    weights = models.JSONField(default=dict)
    pins = models.JSONField(default=list)
    figures = models.JSONField(default=dict)
    certificate = models.TextField(blank=True)
    asked_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=time.now)
    ready_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[RehearsalQuerySet] = cast("RehearsalQuerySet", RehearsalQuerySet.as_manager())

    class Meta:
        constraints = (models.UniqueConstraint(fields=["round", "number"], name="programs_rehearsal_once"),)

    def __str__(self) -> str:
        return f"Rehearsal {self.number} of {self.round_id}"

    def took(self) -> timedelta:
        """From being asked for to its end; nought while that is still to come."""
        return self.ready_at - self.asked_at if self.ready_at else timedelta(0)


class PairingQuerySet(ScopedQuerySet["Pairing"]):
    def stewarded(self, person: Any) -> Self:
        """Of rehearsals that are ready: until then, what is there is half of it."""
        ready = self.filter(rehearsal__state=Rehearsal.State.READY)
        mine = ready.filter(rehearsal__round__program__stewards=person)
        around = ("rehearsal__round__program__organisation", "seeker__team", "giver__team")
        return mine.select_related(*around).defer("rehearsal__certificate")


class Pairing(models.Model):
    """One introduction of a rehearsal. `rank` 1 is the round itself; 2 and on are whom the seeker gets next.

    `parts` are what its score consists of, as data, both without what somebody wants in secret; `reason`
    and `reason_back` are the reasons that the seeker and the giver read. `queue` carries it once it is sent
    (on rank 1 alone).
    """

    key = models.CharField(max_length=16, unique=True, default=keys.new, editable=False)
    rehearsal = models.ForeignKey(Rehearsal, on_delete=models.CASCADE, related_name="pairings")
    seeker = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    giver = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    rank = models.PositiveSmallIntegerField(default=1)
    score = models.IntegerField()
    hours = models.PositiveSmallIntegerField(default=0, help_text="Of a week, in common.")
    locked = models.BooleanField(default=False)
    parts = models.JSONField(default=list)
    reason = models.JSONField(default=dict)
    reason_back = models.JSONField(default=dict)
    sent_at = models.DateTimeField(null=True, blank=True)
    queue = models.OneToOneField(Queue, on_delete=models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[PairingQuerySet] = cast("PairingQuerySet", PairingQuerySet.as_manager())

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["rehearsal", "seeker", "giver"], name="programs_paired_once"),
        )
        indexes = (
            models.Index(fields=["rehearsal", "rank", "score"], name="programs_pairs_by_score"),
            models.Index(
                fields=["rehearsal", "rank"], condition=Q(sent_at=None), name="programs_pairs_not_sent"
            ),
        )

    def __str__(self) -> str:
        return f"{self.seeker_id} with {self.giver_id}, {self.rank}"


class LeftOut(models.Model):
    """Somebody whom a rehearsal introduces to nobody: what keeps them out, and the smallest change."""

    rehearsal = models.ForeignKey(Rehearsal, on_delete=models.CASCADE, related_name="left_out")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    why = models.JSONField(default=dict)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["rehearsal", "person"], name="programs_left_out_once"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} left out of {self.rehearsal_id}"
