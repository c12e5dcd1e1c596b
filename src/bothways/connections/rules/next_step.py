"""The one next step of a connection for one of its two people. Values in, one step out."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

REFLECT_WITHIN = timedelta(days=30)


class Step(StrEnum):
    """In the order in which they come before each other."""

    ENDED = "ended"
    WAKE = "wake"
    RENEW = "renew"
    REST_MEET_OR_END = "rest_meet_or_end"
    PICK = "pick"
    PICK_OTHER = "pick_other"
    REFLECT = "reflect"
    FIT = "fit"
    SIGN = "sign"
    AGREE_KIND = "agree_kind"
    PREPARE = "prepare"
    WAIT_FOR_PICK = "wait_for_pick"
    MAKE_IT = "make_it"
    WRITE_AGREEMENT = "write_agreement"
    MEET_FIRST = "meet_first"
    MEET_NEXT = "meet_next"


WAITS_FOR_ME = frozenset(
    {
        Step.RENEW,
        Step.REST_MEET_OR_END,
        Step.PICK,
        Step.PICK_OTHER,
        Step.REFLECT,
        Step.FIT,
        Step.SIGN,
        Step.AGREE_KIND,
    }
)


@dataclass(frozen=True)
class Facts:
    """What a step depends on; `asked` are private questions that wait for this person alone."""

    ended: bool = False
    resting: bool = False
    asked: frozenset[str] = frozenset()
    proposed_to_me: bool = False
    proposed_by_me: bool = False
    picked_at: datetime | None = None
    other_times_for_me: bool = False
    met: int = 0
    reflect_since: datetime | None = None
    kind_open: bool = False
    kind_for_me: bool = False
    kind_lasts: bool = False
    sign_for_me: bool = False
    agreement_waits: bool = False
    in_force_until: date | None = None


def step(facts: Facts, now: datetime) -> Step:
    if facts.ended:
        return Step.ENDED
    return next(iter(waiting(facts, now)), None) or _goes_on(facts)


def waiting(facts: Facts, now: datetime) -> list[Step]:
    """All that waits for this person, in order; the first of it is the next step."""
    if facts.ended:
        return []
    reflect = facts.reflect_since is not None and now - facts.reflect_since < REFLECT_WITHIN
    found = (
        ("renewal" in facts.asked, Step.RENEW),
        ("quiet" in facts.asked, Step.REST_MEET_OR_END),
        (facts.proposed_to_me and facts.picked_at is None, Step.PICK),
        (facts.other_times_for_me, Step.PICK_OTHER),
        (reflect, Step.REFLECT),
        ("fit" in facts.asked, Step.FIT),
        (facts.sign_for_me, Step.SIGN),
        (facts.kind_for_me, Step.AGREE_KIND),
    )
    return [waits for holds, waits in found if holds]


def _goes_on(facts: Facts) -> Step:
    lacks_agreement = facts.kind_lasts and facts.in_force_until is None and not facts.agreement_waits
    going = (
        (facts.picked_at is not None, Step.PREPARE),
        (facts.proposed_by_me, Step.WAIT_FOR_PICK),
        (facts.resting, Step.WAKE),
        (facts.met == 0, Step.MEET_FIRST),
        (facts.kind_open and facts.met > 1, Step.MAKE_IT),
        (lacks_agreement, Step.WRITE_AGREEMENT),
    )
    return next((found for holds, found in going if holds), Step.MEET_NEXT)
