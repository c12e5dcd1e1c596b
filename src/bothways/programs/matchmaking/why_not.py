"""Why somebody is not introduced to somebody else, as far as a steward may know (consent.md 20).

Who would rather not meet whom is nobody's to read, nor who was introduced to whom: for such pairs, and for a
keyed tenth of all others, there is one sentence, after the same work. What somebody looks for and does not
show would be read off the answers for one giver after another: so they are worked out by what all show, and
where no topic that is shown brings two together, no more is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from threading import BoundedSemaphore

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bothways.core import children
from bothways.matching import Draft, Participant, Rule, RuleKind, ToldWhyNot
from bothways.people.models import Person
from bothways.programs.matchmaking import market
from bothways.programs.matchmaking.market import Drafted
from bothways.programs.models import Rehearsal
from bothways.programs.queries import changes
from bothways.programs.rules import left_out_words, lots

AT_MOST = 6.0  # seconds that a page waits
MOST_PEOPLE = 3_000  # of a round that is worked out once more; of a larger one, its rules alone are asked
TOPIC = Rule(RuleKind.NO_SHARED_TOPIC)
NO_MINUTES = "no minutes"  # theirs alone to know: like a rule that is private
_one_at_a_time = BoundedSemaphore(1)


@dataclass(frozen=True)
class Answer:
    """`declined`: not explained, whatever the reason. `words`: sentences. `newer`: where to ask instead."""

    declined: bool
    words: tuple[str, ...]
    newer: Rehearsal | None = None


def answer(rehearsal: Rehearsal, seeker: Person, giver: Person) -> Answer:
    """For a rehearsal that is ready, as things stand now. Works the round out once more, one at a time.

    Of a large one, what keeps the two apart, and not what they would cost others: no page waits for that.
    That something has changed is said of what is public alone: else to ask again and again would tell when
    somebody private did something private.
    """
    if changed := changes.since(rehearsal):
        return _outdated(rehearsal, changed)
    names = {"seeker": seeker.name, "giver": giver.name}
    if rehearsal.pairings.filter(rank=1, seeker=seeker, giver=giver).exists():
        return _said(_("%(seeker)s and %(giver)s are introduced in this rehearsal.") % names)
    is_large = rehearsal.figures["seekers"] + rehearsal.figures["givers"] > MOST_PEOPLE
    drafted = market.of(rehearsal, among=(seeker, giver) if is_large else None, also=seeker)
    draft = _as_shown(drafted)
    draft = _one_way(draft, seeker, giver) if is_large else draft
    there = {one.key for one in draft.seekers}, {one.key for one in draft.givers}
    if seeker.key not in there[0] or giver.key not in there[1]:
        return _said(_("One of the two is not in this round any more, on that side."))
    if not _one_at_a_time.acquire(blocking=False):
        return _said(_("Somebody else is asking just now; try again in a moment."))
    try:
        back = rehearsal.pairings.filter(rank=1, seeker=giver, giver=seeker).exists()
        unable = seeker.key in drafted.known.without_room
        beside = [RuleKind.OTHER_WAY_ROUND] * back + [NO_MINUTES] * unable
        return _worked_out(draft, seeker, giver, is_large=is_large, beside=beside)
    finally:
        _one_at_a_time.release()


def _outdated(rehearsal: Rehearsal, changed: changes.Changes) -> Answer:
    newer = changes.newer(rehearsal)
    if newer and not changes.since(newer):
        return replace(
            _said(_("There is a newer rehearsal, and it is that which would be sent. Ask there.")),
            newer=newer,
        )
    if changed == changes.Changes(pins=True):
        return _said(_("Something was settled by hand since. Rehearse again, then ask again."))
    return _said(_("People or terms have changed since. Rehearse again, then ask again."))


def _as_shown(drafted: Drafted) -> Draft:
    """Without what anybody looks for and keeps to themselves."""
    draft, people = drafted
    secret = {one.key: one.secret for one in people.people.values() if one.secret}

    def shown(side: tuple[Participant, ...]) -> tuple[Participant, ...]:
        return tuple(
            replace(one, wants=one.wants - secret[one.key]) if one.key in secret else one for one in side
        )

    return replace(draft, seekers=shown(draft.seekers), givers=shown(draft.givers))


def _one_way(draft: Draft, seeker: Person, giver: Person) -> Draft:
    """Of these two; not the other way, where both seek and give."""
    return replace(
        draft,
        seekers=tuple(one for one in draft.seekers if one.key == seeker.key),
        givers=tuple(one for one in draft.givers if one.key == giver.key),
    )


def _worked_out(
    draft: Draft, seeker: Person, giver: Person, *, is_large: bool, beside: Sequence[str]
) -> Answer:
    """In a process of its own; meanwhile the database is left to others. `beside`: more against the two."""
    if not connection.in_atomic_block:
        connection.close()
    try:
        told: ToldWhyNot = children.run(
            "bothways.matching:why_apart", draft, seeker.key, giver.key, at_most=AT_MOST
        )
    except children.TookTooLong:
        return _said(_("The round is too large to work that out while you wait."))
    except (children.Died, children.Refused, OSError):
        return _said(_("That could not be worked out just now. Try again."))
    # By what all show another round comes out than that which is rehearsed, and it settles other ways.
    rules = [rule for rule in told["rules"] if rule != RuleKind.OTHER_WAY_ROUND]
    cost = _not_worked_out() if is_large or len(rules) < len(told["rules"]) else _what_it_costs(told, giver)
    shows_none = _shows_no_topic(draft, seeker, giver)
    return _answer(seeker, giver, [*rules, *beside], cost, shows_none=shows_none)


def _shows_no_topic(draft: Draft, seeker: Person, giver: Person) -> bool:
    """Whether a topic in common is a rule, and what the seeker shows has none: what is hidden may."""
    (wants,) = (one.wants for one in draft.seekers if one.key == seeker.key)
    (offers,) = (one.offers for one in draft.givers if one.key == giver.key)
    return TOPIC in draft.rules and bool(offers) and not wants & offers


def _answer(seeker: Person, giver: Person, against: Sequence[str], cost: str, *, shows_none: bool) -> Answer:
    """`against`: rules, private ones too. `cost`: what it would cost others, where none is."""
    if RuleKind.BY_HAND in against:
        return _said(_("They are kept apart by hand in this round."))
    private = any(rule not in left_out_words.RULES for rule in against)
    if private or lots.declined(seeker.key, giver.key):
        return _declined()
    names = {"seeker": seeker.name, "giver": giver.name}
    rules = [rule for rule in against if rule != TOPIC.kind]
    if shows_none:
        return _said(*([_by_rules(rules)] if rules else []), _of_what_is_shown() % names)
    if rules:
        return _said(_by_rules(rules))
    return _said(_("They may be introduced."), cost)


def _declined() -> Answer:
    return Answer(True, (declined(),))


def _said(*words: str) -> Answer:
    return Answer(False, words)


def declined() -> str:
    return _(
        "This is one of the pairs that are never explained: about one in ten by lot, "
        "and any for a reason that is private."
    )


def _of_what_is_shown() -> str:
    return _(
        "%(giver)s offers nothing that %(seeker)s shows they look for. What somebody keeps to themselves "
        "counts as well, and is never told: so no more is said of these two."
    )


def _by_rules(rules: Sequence[str]) -> str:
    reasons = "; ".join(str(left_out_words.RULES[rule]) for rule in rules)
    return _("The rules of this round keep them apart: %(reasons)s.") % {"reasons": reasons}


def _not_worked_out() -> str:
    return _("What that would cost others is not worked out here. Lock the two, rehearse again, and see.")


def _what_it_costs(told: ToldWhyNot, giver: Person) -> str:
    """By what people show. Without points, which say nothing to anybody."""
    if told["people"] > 0:
        return ngettext(
            "By what people show, one person fewer would be introduced in all.",
            "By what people show, %(count)s people fewer would be introduced in all.",
            told["people"],
        ) % {"count": told["people"]}
    if told["points"] > 0:
        return _(
            "By what people show, the round as a whole would fit less well: others need %(giver)s more."
        ) % {"giver": giver.name}
    return _(
        "By what people show, it would make no difference to the round as a whole. "
        "Lock the two, rehearse again, and see."
    )
