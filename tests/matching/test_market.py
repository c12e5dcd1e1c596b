"""People become exact scores and rules, in blocks; level counts only where somebody asks for it."""

import dataclasses
import re
from collections.abc import Callable
from time import perf_counter
from typing import Any

import numpy as np
import pytest

from bothways.matching import (
    DEFAULT_RULES,
    BadMarket,
    BadProblem,
    Market,
    Participant,
    Rule,
    RuleKind,
    Weights,
    above,
    assign,
    explain,
    why_not,
    why_unserved,
)
from bothways.matching._problem import Objective
from tests.matching.people import GRADES, person, random_market

RANDOM = range(80)
HALF: Any = 0.5
UNKNOWN: Any = "no shared language"
FAIREST: Objective = "served_then_fairest_then_total"


def kept_apart(rule: Rule, seeker: Participant, giver: Participant) -> bool:
    """Each rule again, a pair at a time."""

    def nothing_of(one: frozenset[Any], other: frozenset[Any]) -> bool:
        return bool(one and other) and not one & other

    def named(name: str) -> bool:
        return giver.key in getattr(seeker, name) or seeker.key in getattr(giver, name)

    def not_above() -> bool:
        both = [one.fields.get(rule.field, "") for one in (seeker, giver)]
        if "" in both:
            return False
        low, high = (rule.order.index(said) for said in both)
        return not rule.least <= high - low <= rule.most

    known = bool(seeker.organisation and giver.organisation)
    same = seeker.organisation == giver.organisation
    rules: dict[RuleKind, Callable[[], bool]] = {
        RuleKind.THEMSELVES: lambda: seeker.key == giver.key,
        RuleKind.ASKED_NOT: lambda: named("never"),
        RuleKind.REPORTING_LINE: lambda: named("line"),
        RuleKind.PAIRED_BEFORE: lambda: named("before"),
        RuleKind.NO_SHARED_LANGUAGE: lambda: nothing_of(seeker.languages, giver.languages),
        RuleKind.NO_HOUR_IN_COMMON: lambda: nothing_of(seeker.hours, giver.hours),
        RuleKind.NO_SHARED_TOPIC: lambda: nothing_of(seeker.wants, giver.offers),
        RuleKind.SAME_ORGANISATION: lambda: known and same,
        RuleKind.OTHER_ORGANISATION: lambda: known and not same,
        RuleKind.ABOVE: not_above,
    }
    return rules[rule.kind]()


@pytest.mark.parametrize("number", RANDOM)
def test_factors_say_what_each_pair_says(number: int) -> None:
    market = random_market(number)
    written = market.table()
    for i, seeker in enumerate(market.seekers):
        for j, giver in enumerate(market.givers):
            parts = explain(market, i, j)
            assert all(type(part.points) is int and part.points for part in parts)
            assert sum(part.points for part in parts) == written.scores[i, j] == market.score(i, j)
            apart = [rule for rule in market.in_force if kept_apart(rule, seeker, giver)]
            assert written.allowed[i, j] == (not apart)
            assert [rule for rule in market.in_force if market.excluded_by(rule, i)[j]] == apart


@pytest.mark.parametrize("number", range(20))
def test_a_round_is_what_assign_makes_of_its_table_and_is_proven(number: int) -> None:
    market = random_market(number)
    made, written = market.assign(FAIREST), market.table()
    again = assign(
        written.scores,
        market.capacities,
        market.demands,
        excluded=~written.allowed,
        objective=FAIREST,
    )
    assert made.pairs.tolist() == again.pairs.tolist()
    assert made.gap == 0
    assert market.verify(made.certificate).ok
    other = dataclasses.replace(market, weights=Weights(shared_topic=7))
    if (other.table().scores != written.scores).any():
        assert not other.verify(made.certificate).ok


@pytest.mark.usefixtures("_tiny")
@pytest.mark.parametrize("number", range(40))
def test_what_is_never_written_out_is_as_good(number: int) -> None:
    market = random_market(number)
    made, written = market.assign(), market.table()
    best = assign(written.scores, market.capacities, market.demands, excluded=~written.allowed)
    assert (made.served, made.total, made.gap) == (best.served, best.total, 0)
    assert market.verify(made.certificate).ok
    if not made.unserved.size:
        return
    i = int(made.unserved[0])
    j = int(written.scores[i].argmax()) if written.scores.shape[1] else 0
    told, same = (
        why_not(market, each, i, j) for each in (made, dataclasses.replace(best, prices=made.prices))
    )
    assert (told.people, told.points, told.rules) == (same.people, same.points, same.rules)


def test_it_is_blind_to_level_unless_asked() -> None:
    assert {field.name for field in dataclasses.fields(Participant)} == {
        *("key", "wants", "offers", "languages", "hours", "team", "organisation"),
        *("line", "never", "before", "places", "fields"),
    }
    assert Weights().same == {}
    assert all(not rule.field for rule in DEFAULT_RULES)

    def market(*grades: str, rules: tuple[Rule, ...] = DEFAULT_RULES, **weights: Any) -> Market:
        first, second = (person(f"p{grade}", fields={"grade": grade, "age": grade}) for grade in grades)
        return Market((first,), (second,), Weights(**weights), rules)

    for grades in (("low", "high"), ("high", "low"), ("low", "middle")):
        assert market(*grades).table().scores.tolist() == [[0]]
        assert market(*grades).table().allowed.all()
    assert market("middle", "high", same={"age": 5}).table().scores.tolist() == [[0]]
    upwards = above("grade", GRADES, 1, 1)
    assert market("low", "middle", rules=(upwards,)).table().allowed.all()
    assert not market("low", "high", rules=(upwards,)).table().allowed.any()
    assert not market("middle", "low", rules=(upwards,)).table().allowed.any()
    assert market("low", "high", rules=(above("grade", GRADES),)).table().allowed.all()


def test_who_says_nothing_in_a_field_is_alike_nobody_and_above_nobody() -> None:
    """Nor below, nor kept apart: what is unknown excludes nobody."""
    says, other = person(key="says", fields={"grade": "A"}), person(key="other", fields={"grade": "A"})
    silent, mute = person(key="silent"), person(key="mute")
    rule = above("grade", ["A", "B"])
    market = Market((says, silent), (other, mute), Weights(same={"grade": 5}), (rule,))
    plain = Market((says, silent), (other, mute), Weights(), ())
    assert (market.table().scores - plain.table().scores).tolist() == [[5, 0], [0, 0]]
    assert market.table().allowed.tolist() == [[False, True], [True, True]]


def test_nobody_there_is_a_market_too() -> None:
    for seekers, givers in (((), ()), ((person("ada"),), ()), ((), (person("bo"),))):
        market = Market(seekers, givers)
        assert market.table().scores.shape == (len(seekers), len(givers))
        assert market.assign().served == 0


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Market((person("a"), person("a")), ()), "'a' stands twice among the seekers"),
        (lambda: Market((), (person("a", places=-1),)), "places of 'a' must be a whole number"),
        (lambda: Market((), (person("a", hours={168}),)), "hours of 'a' must be from 0 to 167"),
        (lambda: Market((person("a", wants="slides"),), ()), "wants of 'a' must be a set, not 'slides'"),
        (lambda: Market((), (person("a", never="bo"),)), "never of 'a' must be a set, not 'bo'"),
        (lambda: Weights(shared_topic=HALF), "shared_topic must be a whole number"),
        (lambda: Weights(same={"sea": True}), "same sea must be a whole number"),
        (lambda: Weights(most_topics=-1), "most_topics must not be negative"),
        (lambda: Weights(both_give=10**7), "both_give must be a whole number up to 1,000,000"),
        (lambda: above("grade", ("one",)), "at least two steps"),
        (lambda: above("grade", ("one", "one")), "each once"),
        (lambda: above("grade", GRADES, 2, 1), "least first"),
        (
            lambda: Market((person("a", fields={"grade": "odd"}),), (), rules=(above("grade", GRADES),)),
            "grade of 'a' is 'odd', which the order does not name",
        ),
    ],
)
def test_what_is_wrong_is_refused_by_name(make: Callable[[], object], says: str) -> None:
    with pytest.raises(BadMarket, match=re.escape(says)):
        make()


def test_more_than_a_table_may_have_is_not_written_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bothways.matching._market.MOST_PAIRS", 1)
    market = Market((person("a"), person("b")), (person("c"),))
    assert market.assign().served == 1
    with pytest.raises(BadProblem, match="2 x 1 are more than the 1 pairs that a table may have"):
        market.table()


def test_two_thousand_by_a_thousand_is_quick() -> None:
    people = large(2000, 1000)

    def once() -> float:
        market = dataclasses.replace(people)
        began = perf_counter()
        assert market.table().scores.shape == (2000, 1000)
        return perf_counter() - began

    assert any(once() < 2 for _ in range(4))  # others may be at work on this machine


def large(n: int, m: int) -> Market:
    dice = np.random.default_rng(1)

    def some(of: int, many: int) -> frozenset[Any]:
        return frozenset(dice.integers(0, of, many).tolist())

    def people(letter: str, count: int) -> tuple[Participant, ...]:
        return tuple(
            person(
                f"{letter}{number}",
                wants=frozenset(map(str, some(300, 3))),
                offers=frozenset(map(str, some(300, 12))),
                languages=frozenset(map(str, some(4, 2))),
                hours=some(168, 40),
                team=str(dice.integers(0, 40)),
                organisation=str(dice.integers(0, 5)),
                line=frozenset({f"g{dice.integers(0, m)}"}),
            )
            for number in range(count)
        )

    return Market(people("s", n), people("g", m))


@pytest.mark.parametrize("kind", ["no shared language", Rule(UNKNOWN)])
def test_what_is_no_rule_is_refused_with_what_one_is(kind: Any) -> None:
    with pytest.raises(BadMarket, match=r"is no rule. One is Rule\(RuleKind.NO_SHARED_LANGUAGE\)"):
        Market((person("ada"),), (person("bo"),), rules=(kind,))


def test_a_number_that_nobody_has_is_refused_with_the_last_there_is() -> None:
    market = Market((person("ada"),), (person("bo"), person("cy")))
    made = market.assign()
    for i, j, says in (
        (500, 0, "500 among the seekers, who"),
        (0, 2, "2 among the givers"),
        (-1, 0, "-1 among"),
    ):
        for asked in (lambda i=i, j=j: explain(market, i, j), lambda i=i, j=j: why_not(market, made, i, j)):
            with pytest.raises(BadMarket, match=says):
                asked()
    with pytest.raises(
        BadMarket, match="There is no number 1 among the seekers, who count from 0: the last is 0"
    ):
        why_unserved(market, made, 1)
    with pytest.raises(BadMarket, match="there are none"):
        explain(Market((), ()), 0, 0)
