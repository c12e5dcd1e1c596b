"""What the engine says in data, in words."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bothways.cli.by_hand import week
from bothways.cli.by_hand.lists import People
from bothways.matching import Binding, Change, ChangeKind, Market, Part, PartKind, Rule, RuleKind, Unserved


class Words:
    """For one round: knows everybody's name and how topics were written."""

    def __init__(self, market: Market, seekers: People, givers: People) -> None:
        self.market = market
        self.seekers = [one.name for one in seekers.listed]
        self.givers = [one.name for one in givers.listed]
        self.topics: Mapping[str, str] = {**seekers.topics, **givers.topics}

    def reasons(self, i: int, j: int, parts: tuple[Part, ...]) -> str:
        """Why these two, for both to read. Only what speaks for them."""
        seeker, giver = self.seekers[i], self.givers[j]
        said = [
            self._wanted(seeker, giver, PartKind.SHARED_TOPIC, parts),
            self._wanted(giver, seeker, PartKind.BOTH_GIVE, parts),
        ]
        said += [self._one(i, part) for part in parts if part.points > 0]
        found = [one for one in said if one]
        return " ".join(found) or _("No rule keeps them apart; the lists say no more of them.")

    def _wanted(self, who: str, offered_by: str, kind: PartKind, parts: tuple[Part, ...]) -> str:
        topics = [self.topics.get(part.what, part.what) for part in parts if part.kind is kind]
        if not topics:
            return ""
        return _("%(who)s would like to learn about %(topics)s, which %(other)s offers.") % {
            "who": who,
            "other": offered_by,
            "topics": ", ".join(topics),
        }

    def _one(self, i: int, part: Part) -> str:
        if part.kind is PartKind.HOURS_IN_COMMON:
            return ngettext(
                "They have one usual hour a week in common.",
                "They have %(count)s usual hours a week in common.",
                part.count,
            ) % {"count": part.count}
        if part.kind is PartKind.SAME:
            said = self.market.seekers[i].fields[part.what]
            return _("They have the same %(field)s: %(said)s.") % {
                "field": part.what,
                "said": self.topics.get(said, said),
            }
        return {
            PartKind.DIFFERENT_TEAM: _("They work in different teams."),
            PartKind.DIFFERENT_ORGANISATION: _("They work in different organisations."),
        }.get(part.kind, "")

    def why_unserved(self, why: Unserved) -> str:
        if why.binding is Binding.NOBODY_OFFERS:
            wants = sorted(self.market.seekers[why.seeker].wants)
            topics = ", ".join(self.topics.get(topic, topic) for topic in wants)
            return _("Nobody with a place offers %(topics)s.") % {"topics": topics}
        if why.binding is Binding.FULL:
            return ngettext(
                "One person would fit, who has no place left.",
                "%(count)s people would fit, and none of them has a place left.",
                why.fitting,
            ) % {"count": why.fitting}
        if why.binding is Binding.RULE:
            return _("Everybody with a place: %(rule)s.") % {"rule": rule_in_words(why.rules[0].rule)}
        if why.binding is Binding.RULES:
            each = [f"{one.givers}: {rule_in_words(one.rule)}" for one in why.rules]
            return _("Of those with a place, %(each)s.") % {"each": "; ".join(each)}
        if why.binding is Binding.NOTHING_TO_GAIN:
            return _("No introduction that is left would add to the total.")
        return _("Nobody with a place is left.")

    def change(self, why: Unserved, alike: int = 1) -> str:
        """The smallest change that would bring them in. `alike`: how many read of a place with the same."""
        if not why.changes:
            return _("No single change is enough.")
        said = self._change(why.changes[0])
        if why.changes[0].kind is not ChangeKind.ONE_MORE_PLACE:
            return said
        if why.fitting > 1:
            said += " " + ngettext(
                "Or with the other one who would fit.",
                "Or with another of the %(count)s who would fit.",
                why.fitting - 1,
            ) % {"count": why.fitting}
        if alike > 1:
            said += " " + _("One place serves one of the %(count)s who read this.") % {"count": alike}
        return said

    def _change(self, change: Change) -> str:
        if change.kind is ChangeKind.ONE_MORE_PLACE:
            return _("One more place with %(name)s.") % {"name": self.givers[change.giver]}
        if change.kind is ChangeKind.OFFERED:
            return ngettext(
                "If %(name)s offered %(topic)s.",
                "If one of %(count)s people, such as %(name)s, offered %(topic)s.",
                change.givers,
            ) % {
                "count": change.givers,
                "name": self.givers[change.giver],
                "topic": self.topics.get(change.topic, change.topic),
            }
        if change.kind is ChangeKind.ANOTHER_TOPIC:
            what = _("If they wanted %(topic)s too") % {
                "topic": self.topics.get(change.topic, change.topic),
            }
        elif change.kind is ChangeKind.ANOTHER_HOUR:
            day, at = week.said(change.hour)
            what = _("If they had time on %(day)s at %(time)s UTC") % {"day": _days()[day], "time": at}
        else:
            what = _("If this did not count: %(rule)s") % {
                "rule": rule_in_words(change.rule) if change.rule else ""
            }
        would = ngettext("one person could be introduced", "%(count)s people could be", change.givers)
        return f"{what}, {would % {'count': change.givers}}."


def rule_in_words(rule: Rule) -> str:
    """What it says of two people; nothing says which of them asked not to meet the other."""
    if rule.kind is RuleKind.ABOVE:
        return _("not the asked steps above in %(field)s") % {"field": rule.field}
    return {
        RuleKind.THEMSELVES: _("the same person"),
        RuleKind.ASKED_NOT: _("not to be introduced"),
        RuleKind.REPORTING_LINE: _("one reports to the other"),
        RuleKind.PAIRED_BEFORE: _("introduced before"),
        RuleKind.NO_SHARED_LANGUAGE: _("no shared language"),
        RuleKind.NO_HOUR_IN_COMMON: _("no usual hour in common"),
        RuleKind.NO_SHARED_TOPIC: _("nothing on offer of what is wanted"),
        RuleKind.SAME_ORGANISATION: _("of the same organisation"),
        RuleKind.OTHER_ORGANISATION: _("of another organisation"),
        RuleKind.BY_HAND: _("kept apart by hand"),
        RuleKind.OTHER_WAY_ROUND: _("introduced already, the other one seeking"),
    }[rule.kind]


def _days() -> tuple[str, ...]:
    return (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )
