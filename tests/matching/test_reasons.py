"""Why not those two, and why somebody stays out: data that agree with the round, checked by doing it."""

import dataclasses

import pytest

from bothways.matching import (
    DEFAULT_RULES,
    Assignment,
    Binding,
    Change,
    ChangeKind,
    Market,
    NotUnserved,
    Participant,
    Rule,
    RuleKind,
    Unserved,
    Weights,
    above,
    all_unserved,
    assign,
    why_not,
    why_unserved,
)
from bothways.matching._problem import OBJECTIVES, Objective
from tests.matching.people import GRADES, person, random_market

TEACHES = Rule(RuleKind.NO_SHARED_TOPIC)


def round_of(
    seekers: tuple[Participant, ...],
    givers: tuple[Participant, ...],
    rules: tuple[Rule, ...] = DEFAULT_RULES,
) -> tuple[Market, Assignment]:
    market = Market(seekers, givers, rules=rules)
    return market, market.assign()


def of(market: Market, objective: str) -> Assignment:
    chosen: dict[str, Objective] = {
        "total": "total",
        "served_then_total": "served_then_total",
        "served_then_fairest_then_total": "served_then_fairest_then_total",
    }
    return market.assign(chosen[objective])


@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("number", range(20))
def test_nobody_would_rather_have_another_at_its_price(number: int, objective: str) -> None:
    market = random_market(number)
    made = of(market, objective)
    for i in range(len(market.seekers)):
        for j in range(len(market.givers)):
            why = why_not(market, made, i, j)
            assert why.chosen == ([i, j] in made.pairs.tolist())
            assert (not why.rules) == market.table().allowed[i, j]
            assert why.score == market.score(i, j)
            if objective == "served_then_total":
                assert (why.people, why.points) >= (0, 0)
            if not (why.chosen or why.rules or why.below_floor or not market.seekers[i].places):
                assert why.surplus <= min((one.surplus for one in why.mine), default=why.surplus)


def test_what_others_need_more_is_said_in_people_and_points() -> None:
    weights = Weights(same={"sea": 5, "law": 3})

    def knows(key: str, **fields: str) -> Participant:
        return person(key, fields=fields)

    seekers = (knows("ada", sea="y", law="y"), knows("bo", sea="y"))
    givers = (knows("cy", sea="y", law="y"), knows("di", law="y"))
    market = Market(seekers, givers, weights)
    made = market.assign()
    assert made.pairs.tolist() == [[0, 0], [1, 1]]
    assert made.total == 8
    why = why_not(market, made, 1, 0)
    assert (why.score, why.rules, why.chosen, why.people, why.points) == (5, (), False, 0, 0)
    assert [(mine.giver, mine.score) for mine in why.mine] == [(1, 0)]
    only = Market(seekers, givers[:1], weights)
    out = why_not(only, only.assign(), 1, 0)
    assert (out.mine, out.people, out.points) == ((), 0, 3)
    alone = Market((knows("ada", law="y"), person("bo", before=frozenset({"di"}))), givers, weights)
    first = why_not(alone, alone.assign(), 0, 0)
    assert (first.people, first.score) == (1, 3)


def helped(market: Market, i: int, change: Change) -> Market:
    """The market after this change, for seeker i alone."""
    seekers, givers = list(market.seekers), list(market.givers)
    if change.kind is ChangeKind.ONE_MORE_PLACE:
        giver = givers[change.giver]
        givers[change.giver] = dataclasses.replace(giver, places=giver.places + 1)
    elif change.kind is ChangeKind.OFFERED:
        giver = givers[change.giver]
        givers[change.giver] = dataclasses.replace(giver, offers=giver.offers | {change.topic})
    elif change.kind is ChangeKind.ANOTHER_TOPIC:
        seekers[i] = dataclasses.replace(seekers[i], wants=seekers[i].wants | {change.topic})
    elif change.kind is ChangeKind.ANOTHER_HOUR:
        seekers[i] = dataclasses.replace(seekers[i], hours=seekers[i].hours | {change.hour})
    return Market(tuple(seekers), tuple(givers), market.weights, market.rules)


@pytest.mark.parametrize("number", range(100))
def test_each_change_alone_brings_one_more_in(number: int) -> None:
    market = random_market(number)
    made = market.assign()
    everybody = all_unserved(market, made)
    assert [why.seeker for why in everybody] == made.unserved.tolist()
    for i, why in zip(made.unserved.tolist(), everybody, strict=True):
        assert why == why_unserved(market, made, i)
        assert why.fitting == 0 or why.binding is Binding.FULL
        for change in why.changes:
            if change.kind is not ChangeKind.WITHOUT_RULE:
                assert helped(market, i, change).assign().served > made.served
            assert change.givers > 0


@pytest.mark.parametrize("number", range(100))
def test_a_rule_dropped_for_one_brings_them_in(number: int) -> None:
    market = random_market(number)
    made, written = market.assign(), market.table()
    for i in made.unserved.tolist():
        dropped = {change.rule for change in why_unserved(market, made, i).changes if change.rule}
        for rule in market.in_force:
            less = [each for each in market.in_force if each != rule]
            excluded = ~written.allowed
            excluded[i] = sum((market.excluded_by(each, i) for each in less), start=excluded[i] & False)
            more = assign(written.scores, market.capacities, market.demands, excluded=excluded)
            helps = rule.may_be_dropped and more.served > made.served
            assert helps == (rule in dropped)


def only(market: Market, made: Assignment) -> Unserved:
    (i,) = made.unserved.tolist()
    return why_unserved(market, made, i)


def test_nobody_gives() -> None:
    market, made = round_of((person("ada"),), (person("bo", places=0), person("ada")))
    assert only(market, made).binding is Binding.RULE
    market, made = round_of((person("ada"),), (person("bo", places=0),))
    assert only(market, made) == Unserved(0, Binding.NOBODY_GIVES, 0, (), ())


def test_nobody_offers_it_and_what_would_help() -> None:
    givers = (person("bo", offers={"slides", "sea"}), person("cy", offers={"sea"}))
    why = only(*round_of((person("ada", wants={"welding"}),), givers))
    assert why.binding is Binding.NOBODY_OFFERS
    assert why.changes == (
        Change(ChangeKind.OFFERED, 2, giver=0, topic="welding"),
        Change(ChangeKind.ANOTHER_TOPIC, 2, topic="sea"),
        Change(ChangeKind.WITHOUT_RULE, 2, rule=TEACHES),
    )


def test_nobody_shares_an_hour_and_which_would_help() -> None:
    givers = (person("bo", hours={30, 33}), person("cy", hours={33}))
    why = only(*round_of((person("ada", hours={10}),), givers))
    assert (why.binding, why.rules[0].rule.kind) == (Binding.RULE, RuleKind.NO_HOUR_IN_COMMON)
    assert (why.rules[0].givers, why.rules[0].alone) == (2, 2)
    assert why.changes[0] == Change(ChangeKind.ANOTHER_HOUR, 2, hour=33)


def test_rules_together() -> None:
    givers = (person("bo", fields={"grade": "low"}), person("cy", languages={"pt"}))
    seekers = (person("ada", fields={"grade": "high"}, languages={"en"}),)
    why = only(*round_of(seekers, givers, rules=(above("grade", GRADES), Rule(RuleKind.NO_SHARED_LANGUAGE))))
    assert why.binding is Binding.RULES
    assert {change.kind for change in why.changes} == {ChangeKind.WITHOUT_RULE}
    assert len(why.changes) == 2


def test_full_and_with_whom_one_more_place_would_help() -> None:
    seekers = (person("ada", wants={"sea"}), person("bo", wants={"sea"}, offers={"law"}))
    givers = (person("cy", offers={"sea"}, wants={"law"}), person("di", offers={"slides"}))
    why = only(*round_of(seekers, givers))
    assert (why.seeker, why.binding, why.fitting) == (0, Binding.FULL, 1)
    assert why.changes[0] == Change(ChangeKind.ONE_MORE_PLACE, 1, giver=0)
    assert why.changes[1] == Change(ChangeKind.OFFERED, 1, giver=1, topic="sea")
    assert why.changes[2] == Change(ChangeKind.ANOTHER_TOPIC, 1, topic="slides")


def test_what_somebody_asked_for_is_never_to_be_dropped() -> None:
    why = only(*round_of((person("ada"),), (person("bo", never={"ada"}),)))
    assert (why.binding, why.rules[0].rule.kind) == (Binding.RULE, RuleKind.ASKED_NOT)
    assert why.changes == ()


def test_nothing_to_gain_by_the_total_alone() -> None:
    market = Market((person("ada", team="a"),), (person("bo", team="b"),), Weights(different_team=-5))
    assert only(market, market.assign("total")).binding is Binding.NOTHING_TO_GAIN


def test_of_whoever_has_everybody_nobody_can_ask() -> None:
    market, made = round_of((person("ada"),), (person("bo"),))
    with pytest.raises(NotUnserved, match="Seeker 0 has everybody"):
        why_unserved(market, made, 0)
