"""Why two people are introduced: for each of them as data that becomes a sentence, for a steward in words.

What somebody wants and does not show is theirs alone: no other person, and no steward, reads of it, nor what
it adds to a score. Only the engine counts it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bothways.matching import ToldPart
from bothways.people.rules import tongues, topic_names

A_YEAR = 365
Reason = dict[str, str]
SHARED, BACK, HOURS, TEAM = "shared topic", "both give", "hours in common", "different team"


class Somebody(Protocol):
    """Who is introduced; see `programs.matchmaking.market`."""

    @property
    def languages(self) -> frozenset[str]: ...
    @property
    def offers(self) -> frozenset[str]: ...
    @property
    def secret(self) -> frozenset[str]: ...


class Page(Protocol):
    """What everybody in the organisation reads of somebody."""

    @property
    def languages(self) -> Sequence[str]: ...
    @property
    def place(self) -> str: ...
    @property
    def started_on(self) -> date | None: ...


class Topics(Protocol):
    @property
    def names(self) -> Mapping[str, str]: ...
    @property
    def broader(self) -> Mapping[str, frozenset[str]]: ...
    @property
    def language(self) -> str: ...


def for_each(
    seeker: Somebody, giver: Somebody, parts: Sequence[ToldPart], topics: Topics
) -> tuple[Reason, Reason]:
    """What the seeker reads of the giver, and the giver of the seeker: the weightiest that they may."""
    asked = [part["what"] for part in parts if part["kind"] == SHARED]
    back = [part["what"] for part in parts if part["kind"] == BACK]
    beside = _language(seeker, giver, topics) or _hours(parts)
    mine = _offers(giver, asked, topics) or _wants(giver, back, topics) or beside
    theirs = _wants(seeker, asked, topics) or _offers(seeker, back, topics) or beside
    return mine, theirs


def public(seeker: Somebody, giver: Somebody, parts: Sequence[ToldPart]) -> list[dict[str, Any]]:
    """The parts as they are kept and shown: without what somebody wants in secret.

    Not even that there is something: beside what the other one offers, it would name it.
    """
    hidden = {SHARED: seeker.secret, BACK: giver.secret}
    return [dict(part) for part in parts if part["what"] not in hidden.get(part["kind"], ())]


def points(parts: Iterable[Mapping[str, Any]]) -> int:
    """What these parts come to."""
    return sum(part["points"] for part in parts)


def has_topic(parts: Iterable[Mapping[str, Any]]) -> bool:
    """Whether these name one that who seeks would like, and the other one offers."""
    return any(part["kind"] == SHARED for part in parts)


def in_words(
    parts: Sequence[Mapping[str, Any]], seeker: str, giver: str, names: Mapping[str, str]
) -> list[str]:
    """For a steward: sentences, the weightiest first, that name both."""
    said = [
        _wanted(parts, SHARED, seeker, giver, names),
        _wanted(parts, BACK, giver, seeker, names),
        *(_other(part) for part in parts),
    ]
    return [one for one in said if one]


def on_both_pages(one: Page, other: Page, *, home: str, today: date) -> str:
    """What stands on the pages of both, whether it counts or not; nothing private has a say in it.

    `home` is the language that everybody here speaks.
    """
    spoken = sorted({*one.languages} & {*other.languages} - {home})
    said = [
        *([one.place] if one.place and one.place.casefold() == other.place.casefold() else []),
        *map(tongues.language_name, spoken),
        *([_("less than a year here")] if _is_new(one, today) and _is_new(other, today) else []),
    ]
    return _("Their pages have in common: %(what)s.") % {"what": ", ".join(said)} if said else ""


def _is_new(who: Page, today: date) -> bool:
    """By month and year, which is what their page says; not of who is yet to begin."""
    began = who.started_on and who.started_on.replace(day=1)
    return began is not None and 0 <= (today - began).days < A_YEAR


def _offers(who: Somebody, wanted: Sequence[str], topics: Topics) -> Reason:
    """They offer what the reader wants, or something narrower."""
    for topic in wanted:
        if topic in who.offers:
            return {"kind": "offers_wanted", "topic": topics.names.get(topic, topic)}
    for topic in wanted:
        for near in sorted(who.offers):
            if topic in topics.broader.get(near, ()):
                names = topics.names
                return {"kind": "offers_near", "topic": names.get(near, near), "of": names.get(topic, topic)}
    return {}


def _wants(who: Somebody, wanted: Sequence[str], topics: Topics) -> Reason:
    """They want what the reader offers, and show that they do."""
    shown = [topic for topic in wanted if topic not in who.secret]
    return {"kind": "wants", "topic": topics.names.get(shown[0], shown[0])} if shown else {}


def _language(one: Somebody, other: Somebody, topics: Topics) -> Reason:
    shared = sorted((one.languages & other.languages) - {topics.language})
    return {"kind": "language", "words": ", ".join(map(tongues.language_name, shared))} if shared else {}


def _hours(parts: Sequence[ToldPart]) -> Reason:
    return {"kind": "hours"} if any(part["kind"] == HOURS and part["count"] for part in parts) else {}


def _wanted(
    parts: Sequence[Mapping[str, Any]], kind: str, who: str, other: str, names: Mapping[str, str]
) -> str:
    topics = [part["what"] for part in parts if part["kind"] == kind]
    if not topics:
        return ""
    return _("%(who)s would like to get better at %(topics)s, which %(other)s can talk about.") % {
        "who": who,
        "other": other,
        "topics": ", ".join(topic_names.within(names.get(topic, topic)) for topic in topics),
    }


def _other(part: Mapping[str, Any]) -> str:
    if part["kind"] == HOURS:
        return ngettext(
            "They have one usual hour a week in common.",
            "They have %(count)s usual hours a week in common.",
            part["count"],
        ) % {"count": part["count"]}
    return _("They work in different teams.") if part["kind"] == TEAM else ""
