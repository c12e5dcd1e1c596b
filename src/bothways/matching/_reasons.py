"""Why these two, and why not those: data that add up; words are made by whoever shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from bothways.matching._assign import Assignment, assign
from bothways.matching._market import Market
from bothways.matching._people import Participant, Rule, Weights, check_place


class PartKind(StrEnum):
    """What a part of a score is for."""

    SHARED_TOPIC = "shared topic"  # what: the topic that the seeker wants and the giver offers
    BOTH_GIVE = "both give"  # what: the topic that the giver wants and the seeker offers
    HOURS_IN_COMMON = "hours in common"  # count: hours of the week
    DIFFERENT_TEAM = "different team"
    DIFFERENT_ORGANISATION = "different organisation"
    SAME = "same"  # what: the name of the field


@dataclass(frozen=True)
class Part:
    """One part of a score: `points`, which are whole and may be negative. `count`: how many it is for."""

    kind: PartKind
    what: str
    points: int
    count: int = 1


@dataclass(frozen=True)
class Held:
    """A giver whom a seeker has: `surplus` is score - price, in points of the objective."""

    giver: int
    score: int
    price: int
    surplus: int


@dataclass(frozen=True)
class WhyNot:
    """Why seeker i is not introduced to giver j.

    `chosen`: they are. `rules`: those that keep the two apart; then the rest is as if there were none.
    `score`: what the pair is worth; `price`: what others could gain from one more place with j; `surplus`:
    score less price. `mine`: whom i has instead. `below_floor`: less than the worst-off is to have.
    By how much others need j more, exactly: with these two introduced, the best round would serve `people`
    fewer and reach `points` less; where everybody is served first, points may then be below nought. Both are
    nought where a rule keeps them apart or they have each other. Price and surplus are in points of the
    objective, with its bonus for one more served; `surplus` with j is never above the least of `mine`.
    """

    seeker: int
    giver: int
    chosen: bool
    rules: tuple[Rule, ...]
    score: int
    price: int
    surplus: int
    mine: tuple[Held, ...]
    below_floor: bool
    people: int
    points: int


def explain(market: Market, i: int, j: int) -> tuple[Part, ...]:
    """The parts of which the score of seeker i with giver j is the sum, exactly; most points first.

    A topic beyond `most_topics` has no part. Parts of nought points are left out. Raises `BadMarket` for a
    number that nobody has.
    """
    _check_numbers(market, i, j)
    seeker, giver, weights = market.seekers[i], market.givers[j], market.weights
    parts = [
        *_topics(PartKind.SHARED_TOPIC, seeker.wants & giver.offers, weights.shared_topic, weights),
        *_topics(PartKind.BOTH_GIVE, seeker.offers & giver.wants, weights.both_give, weights),
        *_hours(seeker, giver, weights),
    ]
    if _differ(seeker.team, giver.team):
        parts.append(Part(PartKind.DIFFERENT_TEAM, "", weights.different_team))
    if _differ(seeker.organisation, giver.organisation):
        parts.append(Part(PartKind.DIFFERENT_ORGANISATION, "", weights.different_organisation))
    parts += [
        Part(PartKind.SAME, name, points)
        for name, points in weights.same.items()
        if seeker.fields.get(name) and seeker.fields.get(name) == giver.fields.get(name)
    ]
    return tuple(sorted((part for part in parts if part.points), key=lambda part: -part.points))


def why_not(market: Market, assignment: Assignment, i: int, j: int) -> WhyNot:
    """Why seeker i is not introduced to giver j in this assignment of this market. Time: that of a round.

    Raises `BadMarket` for a number that nobody has.
    """
    _check_numbers(market, i, j)
    mine = tuple(_held(market, assignment, i, giver) for giver in _givers_of(assignment, i))
    theirs = _held(market, assignment, i, j)
    chosen = any(one.giver == j for one in mine)
    rules = tuple(rule for rule in market.in_force if market.excluded_by(rule, i)[j])
    people, points = (0, 0) if chosen or rules else lost(market, assignment, i, j)
    floor = assignment.certificate.bounds[0].floor
    return WhyNot(
        seeker=i,
        giver=j,
        chosen=chosen,
        rules=rules,
        score=theirs.score,
        price=theirs.price,
        surplus=theirs.surplus,
        mine=mine,
        below_floor=floor is not None and theirs.score < floor,
        people=people,
        points=points,
    )


def _check_numbers(market: Market, i: int, j: int) -> None:
    check_place("seekers", i, market.seekers)
    check_place("givers", j, market.givers)


def _givers_of(assignment: Assignment, i: int) -> list[int]:
    return [int(giver) for giver in assignment.pairs[assignment.pairs[:, 0] == i, 1]]


def _held(market: Market, assignment: Assignment, i: int, j: int) -> Held:
    bonus = 0 if assignment.certificate.objective == "total" else market.problem.bonus
    score, price = market.score(i, j), int(assignment.prices[j])
    return Held(j, score, price, score + bonus - price)


def lost(market: Market, assignment: Assignment, i: int, j: int) -> tuple[int, int]:
    """The best round in which these two are introduced, beside the one there is: one more solving."""
    if not market.capacities[j] or not market.demands[i]:
        return 0, 0
    rest = _rest(market, assignment, i, j)
    served, total = rest.served + 1, rest.total + market.score(i, j)
    return assignment.served - served, assignment.total - total


def _rest(market: Market, assignment: Assignment, i: int, j: int) -> Assignment:
    """The best of what is left once these two have each other."""
    capacities, demands = market.capacities.copy(), market.demands.copy()
    capacities[j] -= 1
    demands[i] -= 1
    factors, objective = market.factors.without(np.array([[i, j]])), assignment.certificate.objective
    return assign(factors, capacities, demands, objective=objective, earlier=assignment)


def _topics(kind: PartKind, shared: Iterable[str], points: int, weights: Weights) -> list[Part]:
    return [Part(kind, topic, points) for topic in sorted(shared)[: weights.most_topics]]


def _hours(seeker: Participant, giver: Participant, weights: Weights) -> list[Part]:
    shared = len(seeker.hours & giver.hours)
    counted = min(shared, weights.most_hours)
    return [Part(PartKind.HOURS_IN_COMMON, "", counted * weights.hour_in_common, shared)]


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and one != other
