"""The one next step in words: what to do, why now, and the one button."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bothways.connections.queries.relationships import Standing
from bothways.connections.rules import kind_texts
from bothways.connections.rules.kinds import Kind
from bothways.connections.rules.next_step import WAITS_FOR_ME, Step
from bothways.connections.rules.waiting_words import TITLES
from bothways.ui import moments

Words = tuple[str | Promise, str | Promise, str | Promise, str]

WORDS: dict[Step, Words] = {
    Step.WAKE: (
        _("Resting"),
        _("Nothing is asked of either of you. Offer times, and it wakes."),
        _("Find a time"),
        "connections_times",
    ),
    Step.RENEW: (
        _("Would you like to go on?"),
        _("Your agreement ends %(ends)s. It goes on if you both say so, each in private."),
        _("Answer in private"),
        "connections_renewal",
    ),
    Step.REST_MEET_OR_END: (
        _("Rest, meet, or end?"),
        _("You and %(name)s haven't met for a while. Any answer is fine, and it stays with you."),
        _("Answer in private"),
        "connections_quiet",
    ),
    Step.PICK: (
        _("Pick a time"),
        _("%(name)s offers times to meet. Take one, or offer others."),
        _("See the times"),
        "connections_meeting",
    ),
    Step.PICK_OTHER: (
        _("Another time for your meeting?"),
        _("%(name)s would like to move it. Your time, %(when)s, stands until you take a new one."),
        _("See the times"),
        "connections_meeting",
    ),
    Step.REFLECT: (
        _("What did you learn?"),
        _("You met on %(reflect)s. One sentence for yourself is plenty; share it only if you like."),
        _("Write it down"),
        "connections_reflection",
    ),
    Step.FIT: (
        _("How is it so far?"),
        _("Two weeks in, we ask each of you in private. %(name)s never sees your answer."),
        _("Answer in private"),
        "connections_fit",
    ),
    Step.SIGN: (
        _("Read your agreement"),
        _("%(name)s wrote and signed it. Sign it too, or change your part."),
        _("Read it"),
        "connections_agreement",
    ),
    Step.AGREE_KIND: (
        _("Shall we make this %(kind)s?"),
        _("%(name)s would like to. Say yes, or leave it as it is; then nothing is said."),
        _("Have a look"),
        "connections_kind",
    ),
    Step.PREPARE: (
        _("You meet on %(when)s"),
        _("Nothing needs preparing. There are a few questions you could take turns with."),
        _("See the meeting"),
        "connections_meeting",
    ),
    Step.WAIT_FOR_PICK: (
        _("You offered times"),
        _("As soon as one is picked, you both get it by mail. Until then there is nothing to do."),
        _("See what you offered"),
        "connections_meeting",
    ),
    Step.MAKE_IT: (
        _("Shall we make this mentoring?"),
        _("You have met more than once. If you'd like to go on regularly, say so; else nothing happens."),
        _("Have a look"),
        "connections_kind",
    ),
    Step.WRITE_AGREEMENT: (
        _("Write down what you both expect"),
        _("What each brings and hopes for, how often, what stays between you. It takes five minutes."),
        _("Write it"),
        "connections_agreement_write",
    ),
    Step.MEET_FIRST: (
        _("Find a time to meet"),
        _("We looked for times that suit you both. One click offers them to %(name)s."),
        _("Find a time"),
        "connections_times",
    ),
    Step.MEET_NEXT: (
        _("Meet again?"),
        _("No hurry. We looked for times that suit you both."),
        _("Find a time"),
        "connections_times",
    ),
}
ABOUT_A_MEETING = {Step.PICK, Step.PICK_OTHER, Step.REFLECT, Step.PREPARE, Step.WAIT_FOR_PICK}


@dataclass(frozen=True)
class NextStep:
    title: str
    text: str
    label: str
    href: str


def in_words(standing: Standing) -> NextStep | None:
    """None where it has ended: then nothing is next."""
    step = standing.step
    if step not in WORDS:
        return None
    title, text, label, _name = WORDS[step]
    values = _values(standing)
    return NextStep(str(title) % values, str(text) % values, str(label), _href(standing, step))


def also_waiting(standing: Standing) -> list[tuple[str, str]]:
    """What else waits for this person, as the inbox says it, and where that leads."""
    waits = standing.also_waiting
    values = _values(standing) | {"other": standing.other.name} if waits else {}
    return [(str(TITLES[step]) % values, _href(standing, step)) for step in waits]


def _href(standing: Standing, step: Step) -> str:
    key = _meeting_key(standing, step) if step in ABOUT_A_MEETING else standing.connection.key
    slug = standing.person.organisation.slug
    return reverse(WORDS[step][3], kwargs={"organisation": slug, "key": key})


def _values(standing: Standing) -> dict[str, Any]:
    picked, reflect = standing.picked, standing.reflect_on
    kind = standing.kind_for_me or Kind.MENTORING
    return {
        "name": standing.other.name,
        "when": moments.said(picked.starts_at) if picked and picked.starts_at else "",
        "reflect": moments.day(reflect.starts_at) if reflect and reflect.starts_at else "",
        "ends": _day(standing),
        "kind": str(Kind(kind).label),
    }


def _day(standing: Standing) -> str:
    ends = standing.in_force.ends_on if standing.in_force else None
    return moments.day(ends) if ends else gettext("soon")


def _meeting_key(standing: Standing, step: Step) -> str:
    """Which meeting the step is about."""
    meeting = standing.picked
    if step == Step.PICK:
        meeting = standing.offered_to_me[0]
    elif step == Step.WAIT_FOR_PICK:
        meeting = standing.offered_by_me[0]
    elif step == Step.REFLECT:
        meeting = standing.reflect_on
    return meeting.key if meeting else ""


GROUPS = (
    ("waits", _("For you")),
    ("coming", _("Coming up")),
    ("going", _("Going on")),
    ("resting", _("Resting")),
    ("ended", _("Ended")),
)


def group_of(standing: Standing) -> str:
    step = standing.step
    if step in WAITS_FOR_ME:
        return "waits"
    plain = {Step.ENDED: "ended", Step.WAKE: "resting", Step.PREPARE: "coming"}
    return plain.get(step, "going")


def grouped(standings: list[Standing]) -> list[tuple[str, list[tuple[Standing, NextStep | None]]]]:
    """The groups that hold somebody, in their order, each with its next step in words."""
    found: dict[str, list[tuple[Standing, NextStep | None]]] = {}
    for standing in standings:
        found.setdefault(group_of(standing), []).append((standing, in_words(standing)))
    return [(str(label), found[name]) for name, label in GROUPS if name in found]


def lasting(kind: str) -> bool:
    return kind in kind_texts.LASTING
