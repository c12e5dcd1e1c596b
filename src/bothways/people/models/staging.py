from datetime import timedelta
from typing import ClassVar, Self, cast

from django.db import models
from django.utils.translation import gettext_lazy as _

from bothways.core import keys, time
from bothways.core.models import Organisation
from bothways.core.models.scoped import ScopedQuerySet
from bothways.people.models.person import Person
from bothways.people.rules.roster import remarks
from bothways.people.rules.roster.headings import Column

SILENT_AFTER = timedelta(minutes=3)


class RosterQuerySet(ScopedQuerySet["Roster"]):
    def in_organisation(self, person: Person) -> Self:
        return self.filter(organisation_id=person.organisation_id)

    def open(self) -> Self:
        """Those that may still change something; one an organisation at most."""
        return self.filter(state__in=Roster.OPEN)

    def silent(self, since: timedelta = SILENT_AFTER) -> Self:
        """Those that were at work and whose worker or command has ended without a word."""
        return self.filter(state__in=Roster.AT_WORK, moved_at__lt=time.now() - since)


class Roster(models.Model):
    """A list of people from another system: read, looked at, and only then brought in.

    `columns`: each column's heading, the field it is, or why it is left out. `counts`: what was found.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("waits for its columns")
        CHECKING = "checking", _("being looked through")
        CHECKED = "checked", _("ready to be brought in")
        APPLYING = "applying", _("being brought in")
        APPLIED = "applied", _("brought in")
        SET_ASIDE = "set-aside", _("set aside")
        REFUSED = "refused", _("not brought in")

    OPEN = (State.UPLOADED, State.CHECKING, State.CHECKED, State.APPLYING)
    AT_WORK = (State.CHECKING, State.APPLYING)

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="rosters")
    key = models.CharField(max_length=16, unique=True, default=keys.new, editable=False)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=120)
    state = models.CharField(max_length=12, choices=State, default=State.UPLOADED)
    encoding = models.CharField(max_length=16)
    guessed = models.BooleanField(default=False)
    delimiter = models.CharField(max_length=1)
    columns = models.JSONField(default=list)
    order = models.CharField(max_length=8, blank=True)
    order_known = models.BooleanField(default=True)
    ours = models.BooleanField(default=False)
    turn_names = models.BooleanField(default=False)
    skip_bad = models.BooleanField(default=False)
    mark_leavers = models.BooleanField(default=False)
    counts = models.JSONField(default=dict)
    refusal = models.TextField(blank=True)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=time.now)
    moved_at = models.DateTimeField(default=time.now)
    applied_at = models.DateTimeField(null=True)

    objects: ClassVar[RosterQuerySet] = cast("RosterQuerySet", RosterQuerySet.as_manager())

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(state__in=("uploaded", "checking", "checked", "applying")),
                name="people_one_roster_open",
            ),
        )
        indexes = (models.Index(fields=["organisation", "-made_at"], name="people_roster_latest"),)

    def __str__(self) -> str:
        return self.name

    @property
    def at_work(self) -> bool:
        return self.state in self.AT_WORK

    def described(self) -> list[Column]:
        """The columns with what is known of them."""
        return [Column(at, *column) for at, column in enumerate(self.columns)]


class RosterFile(models.Model):
    """The rows as they were read, compressed, without the columns that nobody here may keep."""

    roster = models.OneToOneField(Roster, on_delete=models.CASCADE, related_name="file")
    rows = models.BinaryField()

    def __str__(self) -> str:
        return f"Rows of {self.roster_id}"


def _said(most: int) -> "models.CharField[str | None, str | None]":
    """What a list says: null where it says nothing, empty where it says that there is nothing."""
    return models.CharField(max_length=most, null=True)


class RosterLine(models.Model):
    """One person of a list as they would be written. What the list does not say is left as it is.

    `key` becomes the public key of a person who is new. `back`: had left when the list was looked through.
    """

    class Verdict(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        SAME = "same", _("as they are")
        BAD = "bad", _("cannot be read")

    roster = models.ForeignKey(Roster, on_delete=models.CASCADE, related_name="lines", db_index=False)
    line = models.PositiveIntegerField()
    verdict = models.CharField(max_length=8, choices=Verdict)
    back = models.BooleanField(default=False)
    key = models.CharField(max_length=16, unique=True, default=keys.new, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    email = models.EmailField(max_length=254)
    name = _said(120)
    pronouns = _said(40)
    title = _said(120)
    team = _said(120)
    manager = _said(254)
    place = _said(120)
    started_on = models.DateField(null=True)
    time_zone = _said(64)
    languages = models.JSONField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["roster", "email"], name="people_roster_address_once"),
        )
        indexes = (models.Index(fields=["roster", "person"], name="people_roster_persons"),)

    def __str__(self) -> str:
        return f"{self.email}, line {self.line}"


class RosterOffer(models.Model):
    """A topic that the list says this person can be asked about."""

    line = models.ForeignKey(RosterLine, on_delete=models.CASCADE, related_name="offers")
    topic = models.ForeignKey("people.Topic", on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.line_id}: {self.topic_id}"


class RosterRemark(models.Model):
    """What is said of a line, kept as a code and its values; the sentence is made where it is read."""

    roster = models.ForeignKey(Roster, on_delete=models.CASCADE, related_name="remarks")
    line = models.PositiveIntegerField()
    code = models.CharField(max_length=24)
    about = models.CharField(max_length=16, blank=True)
    values = models.JSONField(default=dict)
    weight = models.CharField(max_length=4)

    class Meta:
        indexes = (models.Index(fields=["roster", "weight", "line"], name="people_roster_report"),)

    def __str__(self) -> str:
        return f"{self.line}: {self.text}"

    @property
    def text(self) -> str:
        return remarks.Remark(self.line, self.code, self.about, self.values).text
