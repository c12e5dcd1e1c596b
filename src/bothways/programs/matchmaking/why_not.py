"""Why somebody is not introduced to somebody else, as far as a steward may know (consent.md 20).

Who would rather not meet whom is nobody's to read, nor who was introduced to whom: for such pairs, and for a
keyed tenth of all others, there is one sentence, after the same work.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bothways.core import children
from bothways.matching import ToldWhyNot
from bothways.people.models import Person
from bothways.programs.matchmaking import market
from bothways.programs.models import Rehearsal
from bothways.programs.rules import left_out_words, lots

AT_MOST = 6.0  # seconds that a page waits
BY_HAND = "by hand"


@dataclass(frozen=True)
class Answer:
    """`declined`: it is not explained, whatever the reason. `words`: sentences."""

    declined: bool
    words: tuple[str, ...]


def answer(rehearsal: Rehearsal, seeker: Person, giver: Person) -> Answer:
    """For a rehearsal that is ready. Works the round out once more, in a process of its own."""
    draft = market.of(rehearsal).draft
    if seeker.key not in {one.key for one in draft.seekers} or giver.key not in {
        one.key for one in draft.givers
    }:
        return Answer(False, (_("One of the two is not in this round any more, on that side."),))
    try:
        told: ToldWhyNot = children.run(
            "bothways.matching:why_apart",
            draft,
            rehearsal.certificate,
            seeker.key,
            giver.key,
            at_most=AT_MOST,
        )
    except children.TookTooLong:
        return Answer(False, (_("The round is too large to work that out while you wait."),))
    except (children.Died, children.Refused):
        return Answer(False, (_("That could not be worked out just now. Try again."),))
    return _answer(rehearsal, seeker, giver, told)


def _answer(rehearsal: Rehearsal, seeker: Person, giver: Person, told: ToldWhyNot) -> Answer:
    if not told["same"]:
        return Answer(False, (_("People or terms have changed since. Rehearse again, then ask again."),))
    names = {"seeker": seeker.name, "giver": giver.name}
    if told["chosen"]:
        return Answer(False, (_("%(seeker)s and %(giver)s are introduced in this rehearsal.") % names,))
    if BY_HAND in told["rules"]:
        return Answer(False, (_("It was forbidden by hand that they are introduced in this round."),))
    private = any(rule not in left_out_words.RULES for rule in told["rules"])
    if private or lots.declined(seeker.key, giver.key):
        return Answer(True, (declined(),))
    if told["rules"]:
        return Answer(False, (_by_rules(told),))
    return Answer(False, tuple(_by_points(told, names)))


def declined() -> str:
    return _(
        "This is one of the pairs that are never explained: about one in ten by lot, "
        "and any for a reason that is private."
    )


def _by_rules(told: ToldWhyNot) -> str:
    reasons = "; ".join(str(left_out_words.RULES[rule]) for rule in told["rules"])
    return _("The rules of this round keep them apart: %(reasons)s.") % {"reasons": reasons}


def _by_points(told: ToldWhyNot, names: dict[str, str]) -> list[str]:
    said = [_("They may be introduced, and would count %(score)s points.") % {"score": told["score"]}]
    if told["mine"]:
        instead = _("Whom %(seeker)s is introduced to instead counts %(points)s.")
        said.append(instead % {**names, "points": max(told["mine"])})
    if told["people"] > 0:
        said.append(
            ngettext(
                "With the two of them introduced, one person fewer could be introduced at all.",
                "With the two of them introduced, %(count)s people fewer could be introduced at all.",
                told["people"],
            )
            % {"count": told["people"]}
        )
    elif told["points"] > 0:
        lost = _(
            "With the two of them introduced, the round would lose %(points)s points: "
            "others need %(giver)s more."
        )
        said.append(lost % {**names, "points": told["points"]})
    else:
        said.append(_("It would make no difference to the round as a whole. Lock the two if you like."))
    return said
