"""Why somebody stays out of a round, and what would help: kept without what is private, told in words.

Who would rather not meet whom, and who was introduced to whom, is nobody's to read. Where only such a rule
keeps somebody out, and for a keyed tenth of those whom others keep out, there is one sentence for all.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrPromise

from bothways.matching import ToldChange, ToldUnserved
from bothways.people.rules import topic_names

BY_HAND = "by hand"
RULES: Mapping[str, StrPromise] = {
    "reporting line": gettext_lazy("one of the two reports to the other"),
    "no shared language": gettext_lazy("they have no language in common"),
    "no hour in common": gettext_lazy("they have no usual hour in common"),
    "no shared topic": gettext_lazy("nothing on offer is what they look for"),
    BY_HAND: gettext_lazy("they are kept apart by hand"),
    "other way round": gettext_lazy("two people meet one way round at most, and this is the other one"),
}
_CLOSED = ("one rule", "several rules")
DECLINED = {"binding": "declined"}  # also where somebody's minutes are the reason: they alone read that
DAYS = (
    gettext_lazy("Monday"),
    gettext_lazy("Tuesday"),
    gettext_lazy("Wednesday"),
    gettext_lazy("Thursday"),
    gettext_lazy("Friday"),
    gettext_lazy("Saturday"),
    gettext_lazy("Sunday"),
)


def kept(why: ToldUnserved, *, secret: frozenset[str], declined: bool) -> dict[str, Any]:
    """What a steward may know of it. `secret`: topics that are theirs alone; `declined`: by the key's lot."""
    closed = why["binding"] in _CLOSED
    rules = [rule["kind"] for rule in why["rules"] if rule["kind"] in RULES]
    if closed and (declined or not rules):
        return dict(DECLINED)
    changes = [_change(change, secret) for change in why["changes"] if _may_be_told(change)]
    changes.sort(key=lambda change: change["rule"] != BY_HAND)  # what stewards did they can undo
    return {
        "binding": "rules" if closed else why["binding"],
        "rules": rules if closed else [],
        "changes": changes,
    }


def _may_be_told(change: ToldChange) -> bool:
    return change["kind"] != "without a rule" or change["rule"] in RULES


def _change(change: ToldChange, secret: frozenset[str]) -> dict[str, Any]:
    """Without who it is about, how many, and topics that are secret."""
    topic = "" if change["topic"] in secret else change["topic"]
    return {"kind": change["kind"], "topic": topic, "hour": change["hour"], "rule": change["rule"]}


def why(told: Mapping[str, Any]) -> str:
    """Why they are left out, in one sentence."""
    if told.get("binding") == "rules":
        one, several = (
            _("Of those with a place, nobody is possible for them: %(rules)s."),
            _("Of those with a place, nobody is possible for them. With one or another: %(rules)s."),
        )
        rules = [str(RULES[rule]) for rule in told["rules"]]
        return (several if len(rules) > 1 else one) % {"rules": "; ".join(rules)}
    return {
        "nobody gives": _("Nobody who takes part has a place left."),
        "nobody offers it": _("Nobody who takes part offers what they look for."),
        "full": _("Everybody who would fit is asked by others already."),
    }.get(str(told.get("binding")), _("Nobody is possible for them in this round."))


def would_help(told: Mapping[str, Any], names: Mapping[str, str], *, monday: date, zone: str) -> str:
    """The smallest change that would bring them in; empty where there is none that can be told.

    An hour is told on the clocks of `zone`, in the week that begins on this `monday`.
    """
    changes: Sequence[Mapping[str, Any]] = told.get("changes", ())
    if not changes:
        return ""
    if changes[0]["kind"] == "another hour":
        return _said_of_hour(changes[0]["hour"], monday, zone)
    return _said(changes[0], names)


def _said_of_hour(hour: int, monday: date, zone: str) -> str:
    """`hour` counts from the beginning of the week, in UTC."""
    at = datetime.combine(monday, clock.min, UTC) + timedelta(hours=hour)
    there = at.astimezone(ZoneInfo(zone))
    return _("It would be enough if they had an hour on %(day)s at %(time)s.") % {
        "day": DAYS[there.weekday()],
        "time": f"{there:%H:%M}",
    }


def _said(change: Mapping[str, Any], names: Mapping[str, str]) -> str:
    topic = topic_names.within(names.get(change["topic"], change["topic"]))
    if change["kind"] == "one more place":
        return _("One more place with somebody would be enough.")
    if change["kind"] == "offered":
        if not topic:
            return _("It would be enough if somebody offered what they look for.")
        return _("It would be enough if somebody offered %(topic)s.") % {"topic": topic}
    if change["kind"] == "another topic":
        return _("It would be enough if they looked for %(topic)s too.") % {"topic": topic}
    if change["rule"] == BY_HAND:
        return _("It would be enough to leave somebody free who is kept apart from them by hand.")
    return _("It would be enough if this did not count for them: %(rule)s.") % {"rule": RULES[change["rule"]]}
