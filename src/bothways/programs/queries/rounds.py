"""A round as its page shows it: its terms in words, its rehearsals, its trail, how far it has come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bothways.people.models import Person
from bothways.programs.models import Entry, Pin, Rehearsal, Round, Step
from bothways.programs.rules import drawing, terms
from bothways.programs.rules.figures import FEWEST

What = Entry.What
_LINES = {
    What.OPENED: _("%(who)s opened the round."),
    What.TERMS: _("%(who)s changed what counts."),
    What.REHEARSED: _("%(who)s rehearsed it: rehearsal %(number)s."),
    What.LOCKED: _("%(who)s locked %(seeker)s with %(giver)s."),
    What.FORBIDDEN: _("%(who)s kept %(seeker)s and %(giver)s apart."),
    What.FREED: _("%(who)s left %(seeker)s and %(giver)s free again."),
    What.SWAPPED: _("%(who)s swapped the givers of %(one)s and %(other)s."),
    What.EXPORTED: _("%(who)s took rehearsal %(number)s as a file."),
    What.SENT: _("%(who)s sent rehearsal %(number)s."),
}


@dataclass(frozen=True)
class Counted:
    """A soft weight and how much it counts, in words."""

    words: str | Promise
    strength: str | Promise


@dataclass(frozen=True)
class Told:
    """One line of the trail, in words."""

    at: datetime
    said: str


@dataclass(frozen=True)
class Taken:
    """One of the fixed times of a sent round. Figures are there only where `is_told` (consent.md 20)."""

    step: Step
    is_told: bool

    @property
    def is_due(self) -> bool:
        return self.step.taken_at is not None

    @property
    def percent(self) -> int:
        return drawing.percent(self.step.connected, self.step.connected + self.step.not_connected)


def rules_in_force(names: list[str]) -> list[str | Promise]:
    """The hard rules of a round or a rehearsal, in words."""
    in_force = terms.in_force(names)
    return [rule.words for rule in terms.RULES if rule.name in in_force]


def weights_in_force(strengths: dict[str, str]) -> list[Counted]:
    return [
        Counted(weight.words, terms.STRENGTH_WORDS[strengths.get(weight.name, weight.default)])
        for weight in terms.WEIGHTS
    ]


def rehearsals(round_: Round) -> QuerySet[Rehearsal]:
    """Newest first."""
    return Rehearsal.objects.filter(round=round_).defer("certificate").order_by("-number")


def trail(round_: Round) -> QuerySet[Entry]:
    """Newest first."""
    return Entry.objects.filter(round=round_).select_related("by").order_by("-at", "-pk")


def steps(round_: Round) -> list[Taken]:
    """In their order. Told is one where no number is small, nor what was added to the last one told."""
    found: list[Taken] = []
    last: Step | None = None
    for step in Step.objects.filter(round=round_).order_by("at"):
        is_told = _may_be_told(step, last)
        last = step if is_told else last
        found.append(Taken(step, is_told))
    return found


def _may_be_told(step: Step, last: Step | None) -> bool:
    numbers = (step.connected, step.not_connected)
    if step.taken_at is None or min(numbers) < FEWEST:
        return False
    before = (last.connected, last.not_connected) if last else (0, 0)
    return all(now == then or abs(now - then) >= FEWEST for now, then in zip(numbers, before, strict=True))


def told(entries: list[Entry]) -> list[Told]:
    """These lines in words. Names are read at once; somebody whose row is gone is somebody."""
    parts = ("seeker", "giver", "one", "other")
    keys = {str(entry.about[part]) for entry in entries for part in parts if part in entry.about}
    names = dict(Person.objects.filter(key__in=keys).values_list("key", "name"))
    return [Told(entry.at, _said(entry, names)) for entry in entries]


def _said(entry: Entry, names: dict[str, str]) -> str:
    somebody = gettext("somebody")
    about = {part: names.get(str(value), str(value)) for part, value in entry.about.items()}
    values = {"who": entry.by.name if entry.by else somebody, "number": "", **about}
    for part in ("seeker", "giver", "one", "other"):
        values[part] = names.get(str(entry.about.get(part, "")), somebody)
    return str(_LINES[What(entry.what)]) % values


MOST_COMPARED = 50


def ready(round_: Round) -> dict[str, Rehearsal]:
    """Those that can be compared, by key, the newest first."""
    found = rehearsals(round_).filter(state=Rehearsal.State.READY)[:MOST_COMPARED]
    return {one.key: one for one in found}


def choices(known: Mapping[str, Rehearsal]) -> list[tuple[str, str]]:
    """As a list to pick from says them."""
    said = gettext("%(number)s: %(served)s of %(seekers)s introduced")
    return [
        (
            key,
            said % {"number": one.number, "served": one.figures["served"], "seekers": one.figures["seekers"]},
        )
        for key, one in known.items()
    ]


@dataclass(frozen=True)
class Differing:
    """One term of which two rehearsals differ, in words."""

    words: str | Promise
    a: str | Promise
    b: str | Promise


def differing_terms(a: Rehearsal, b: Rehearsal) -> list[Differing]:
    """Rules and weights that are not the same in both."""
    held, dropped = gettext("never broken"), gettext("not a rule")
    in_force = [terms.in_force(one.rules) for one in (a, b)]
    rules = [
        Differing(rule.words, *(held if rule.name in names else dropped for names in in_force))
        for rule in terms.RULES
        if len({rule.name in names for names in in_force}) > 1
    ]
    weights = [
        Differing(mine.words, mine.strength, theirs.strength)
        for mine, theirs in zip(weights_in_force(a.weights), weights_in_force(b.weights), strict=True)
        if mine != theirs
    ]
    return rules + weights


def pins(round_: Round) -> Mapping[str, int]:
    """How many pairs are locked, and how many kept apart."""
    found = Pin.objects.filter(round=round_)
    counted: Mapping[str, int] = found.aggregate(
        locked=Count("pk", filter=Q(kind=Pin.Kind.LOCK)), apart=Count("pk", filter=Q(kind=Pin.Kind.FORBID))
    )
    return counted
