"""A whole round: proven best, with locks and bans, whom everybody meets next, and nobody twice."""

import random
import sys
from collections import Counter
from itertools import product
from subprocess import run
from typing import Any

import pytest

from bothways.matching import (
    BadMarket,
    Certificate,
    Draft,
    Participant,
    Rule,
    RuleKind,
    ToldRound,
    Weights,
    _assign,
    _compiled,
    _once,
    _rehearse,
    rehearse,
    why_apart,
)
from tests.matching.people import random_market

WEIGHTS = Weights(shared_topic=100, both_give=0, hour_in_common=0, different_team=0)
HARD = (Rule(RuleKind.ASKED_NOT), Rule(RuleKind.NO_SHARED_TOPIC))


def one(key: str, wants: str = "", offers: str = "", places: int = 1, **said: Any) -> Participant:
    return Participant(key=key, wants=frozenset(wants), offers=frozenset(offers), places=places, **said)


def draft(seekers: list[Participant], givers: list[Participant], **said: Any) -> Draft:
    said = {"weights": WEIGHTS, "rules": HARD, **said}
    return Draft(seekers=tuple(seekers), givers=tuple(givers), **said)


def pairs(made: ToldRound, rank: int = 1) -> set[tuple[str, str]]:
    return {(pair["seeker"], pair["giver"]) for pair in made["pairs"] if pair["rank"] == rank}


TWO = [one("a", "xy"), one("b", "x")], [one("g", offers="xy"), one("h", offers="x")]


def test_the_round_is_the_best_and_its_lists_are_nested() -> None:
    made = rehearse(draft(*TWO, length=3))
    assert pairs(made) == {("a", "g"), ("b", "h")}
    assert pairs(made, 2) == {("a", "h"), ("b", "g")}
    assert pairs(made, 3) == set()
    assert (made["total"], made["verified"], made["unserved"]) == (300, True, [])
    first = next(pair for pair in made["pairs"] if pair["seeker"] == "a")
    assert [part["what"] for part in first["parts"]] == ["x", "y"]
    assert first["score"] == sum(part["points"] for part in first["parts"]) == 200


@pytest.mark.parametrize(("up_to", "fairest"), [(4, True), (3, False)])
def test_it_is_told_whether_the_least_pair_was_minded(
    monkeypatch: pytest.MonkeyPatch, up_to: int, fairest: bool
) -> None:
    monkeypatch.setattr(_rehearse, "FAIREST_UP_TO", up_to)
    made = rehearse(draft(*TWO))
    assert (made["verified"], made["fairest"]) == (True, fairest)


@pytest.mark.parametrize("never", [(), ("h",)])
def test_a_lock_holds_whatever_speaks_against_it(never: tuple[str, ...]) -> None:
    seekers = [one("a", "xy", never=frozenset(never)), one("b", "x")]
    made = rehearse(draft(seekers, TWO[1], locked=frozenset({("a", "h"), ("nobody", "h")})))
    assert pairs(made) == {("a", "h"), ("b", "g")}
    assert {pair["seeker"] for pair in made["pairs"] if pair["locked"]} == {"a"}
    assert made["verified"]


def test_a_lock_takes_a_place_and_holds_where_there_is_none() -> None:
    seekers, full = [one("a", "x"), one("b", "x")], [one("g", offers="x", places=0)]
    both = frozenset({("a", "g"), ("b", "g")})
    assert pairs(rehearse(draft(seekers, full, locked=both))) == both
    one_place = [one("g", offers="x")]
    made = rehearse(draft(seekers, one_place, locked=frozenset({("a", "g")})))
    assert pairs(made) == {("a", "g")}
    assert [why["seeker"] for why in made["unserved"]] == ["b"]


def test_forbidden_two_are_apart_and_that_is_told() -> None:
    made = rehearse(draft([one("a", "x")], [one("g", offers="x")], forbidden=frozenset({("a", "g")})))
    assert made["pairs"] == []
    (why,) = made["unserved"]
    assert (why["binding"], why["rules"]) == ("one rule", [{"kind": "by hand", "givers": 1, "alone": 1}])
    assert [change["rule"] for change in why["changes"]] == ["by hand"]


def test_whoever_is_left_out_has_a_reason_and_what_would_help() -> None:
    made = rehearse(draft([one("a", "x"), one("b", "x")], [one("g", offers="x")]))
    (why,) = made["unserved"]
    assert (why["binding"], why["changes"][0]["kind"], why["changes"][0]["giver"]) == (
        "full",
        "one more place",
        "g",
    )


@pytest.mark.parametrize("number", range(12))
@pytest.mark.parametrize("tries", [1, 6])
def test_two_who_both_seek_and_give_meet_once_at_most(
    number: int, tries: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After so many tries all pairs of such people go one way alone, so that an end is found."""
    monkeypatch.setattr(_once, "MOST_TRIES", tries)
    chance = random.Random(number)

    def some() -> str:
        return "".join(chance.sample("uvwxyz", 3))

    people = [one(f"p{place}", some(), some(), places=chance.randint(1, 2)) for place in range(9)]
    locked = frozenset({("p1", "p2"), ("p2", "p1")}) if number % 2 else frozenset()
    made = rehearse(draft(people, people, length=3, locked=locked, rules=()))
    met = Counter(frozenset((pair["seeker"], pair["giver"])) for pair in made["pairs"])
    assert set(met.values()) == {1}
    assert made["verified"]
    load = Counter(pair["giver"] for pair in made["pairs"] if pair["rank"] == 1)
    assert all(load[each.key] <= each.places for each in people)


def test_the_only_way_that_is_left_for_two_is_never_taken_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_once, "MOST_TRIES", 1)
    people = [one("a", "x", "x"), one("b", "x", "x")]
    assert len(pairs(rehearse(draft(people, people)))) == 1


@pytest.mark.usefixtures("_tiny")
@pytest.mark.parametrize("number", range(8))
def test_what_is_never_written_out_is_as_good_at_each_rank(
    number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each rank goes on from what is known of the one before; nobody meets twice, and all is proven."""
    monkeypatch.setattr(_rehearse, "FAIREST_UP_TO", -1)
    chance = random.Random(number)
    people = [one(f"p{place:02}", chance.choice("uvw") + "x", chance.choice("uvw")) for place in range(30)]
    asked = draft(people, people, length=3, rules=())
    made = rehearse(asked)
    assert made["verified"]
    met = Counter(frozenset((pair["seeker"], pair["giver"])) for pair in made["pairs"])
    assert set(met.values()) == {1}
    assert [len(pairs(made, rank)) for rank in (1, 2, 3)] == [30, 30, 30]
    monkeypatch.setattr(_assign, "MOST_WRITTEN", 10**6)
    written = rehearse(asked)
    assert not made["fairest"]
    assert (made["total"], len(made["unserved"])) == (written["total"], len(written["unserved"]))


@pytest.mark.parametrize("people", ["wy-vw wx-yz uw-vz", "x-x x-x x-x", "uv-vx vw-xz wx-uv uw-xz xz-uw"])
def test_which_way_two_meet_does_not_cost_somebody_else_a_place(people: str) -> None:
    """As many are introduced as can be where nobody meets twice: all ways of choosing are tried."""
    said = [each.partition("-") for each in people.split()]
    everybody = [one(f"p{at}", wants, offers) for at, (wants, _, offers) in enumerate(said)]
    made = rehearse(draft(everybody, everybody))
    may = [(a.key, b.key) for a in everybody for b in everybody if a.key != b.key and a.wants & b.offers]
    most = 0
    for chosen in product(*([None, *(b for a, b in may if a == each.key)] for each in everybody)):
        round_ = {(one_.key, to) for one_, to in zip(everybody, chosen, strict=True) if to}
        apart = not any((b, a) in round_ for a, b in round_)
        if apart and len({to for _, to in round_}) == len(round_):
            most = max(most, len(round_))
    assert len(pairs(made)) == most


def test_where_everybody_would_do_for_each_everybody_is_introduced() -> None:
    people = [one(f"p{place:02}", "x", "x") for place in range(24)]
    made = rehearse(draft(people, people, length=3))
    met = Counter(frozenset((pair["seeker"], pair["giver"])) for pair in made["pairs"])
    assert set(met.values()) == {1}
    assert len(pairs(made)) == 24


@pytest.mark.parametrize("number", range(20))
def test_without_pins_it_is_what_assign_makes(number: int) -> None:
    market = random_market(number)
    givers = tuple(each for each in market.givers if each.key not in {one.key for one in market.seekers})
    made = rehearse(Draft(seekers=market.seekers, givers=givers, weights=market.weights, rules=market.rules))
    alone = type(market)(market.seekers, givers, market.weights, market.rules)
    best = alone.assign("served_then_fairest_then_total")
    assert (made["total"], len(pairs(made))) == (best.total, best.served)


def test_nobody_is_asked_twice_while_somebody_who_would_do_as_well_is_not() -> None:
    seekers = [one(f"a{number}", "x") for number in range(4)]
    givers = [one(f"g{number}", offers="xy", places=2) for number in range(5)]
    made = rehearse(draft([*seekers, one("b", "y")], givers, length=2))
    for rank in (1, 2):
        assert sorted(Counter(giver for _seeker, giver in pairs(made, rank)).values()) == [1] * 5
    assert made["verified"]
    people = [one(f"p{number}", "x", "x", places=3) for number in range(7)]
    made = rehearse(draft(people, people))
    assert len({frozenset(pair) for pair in pairs(made)}) == len(pairs(made)) == 21
    assert made["verified"]


def test_without_numba_nobody_is_asked_twice_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_compiled, "AVAILABLE", False)
    seekers = [one(f"a{number}", "x") for number in range(5)]
    made = rehearse(draft(seekers, [one(f"g{number}", offers="xy", places=2) for number in range(5)]))
    assert sorted(Counter(giver for _seeker, giver in pairs(made)).values()) == [1] * 5


def test_told_as_it_goes_and_stopped_between() -> None:
    told: list[float] = []
    rehearse(draft(*TWO, length=3), between=told.append)
    assert told[-1] == 1.0

    def stop(done: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        rehearse(draft(*TWO), between=stop)


def test_why_two_are_apart() -> None:
    seekers, givers = [one("a", "xy"), one("b", "x")], [one("g", offers="xy"), one("h", offers="x")]
    asked = draft(seekers, [*givers, one("k", offers="z")])
    assert Certificate.from_json(rehearse(asked)["certificate"]).served == 2
    told = {pair: why_apart(asked, *pair) for pair in product("ab", "ghk")}
    assert told["a", "g"]["chosen"]
    assert told["a", "k"]["rules"] == ["no shared topic"]
    assert (told["a", "h"]["score"], told["a", "h"]["mine"], told["a", "h"]["points"]) == (100, [200], 100)


def test_why_two_are_apart_where_there_is_a_lock() -> None:
    asked = draft(*TWO, locked=frozenset({("a", "h")}))
    assert why_apart(asked, "a", "h")["chosen"]
    assert why_apart(asked, "a", "g")["mine"] == [100]
    with pytest.raises(BadMarket, match="'g' is not among the seekers"):
        why_apart(asked, "g", "h")
    with pytest.raises(BadMarket, match="'a' is not among the givers"):
        why_apart(asked, "b", "a")


def test_who_puts_a_draft_together_loads_no_arrays() -> None:
    code = (
        "import sys; from bothways.matching import Draft, Participant, Weights, Rule, RuleKind, ToldRound\n"
        "Draft(seekers=(Participant(key='a'),), givers=(), weights=Weights(both_give=3))\n"
        "sys.exit('numpy' in sys.modules)"
    )
    assert run([sys.executable, "-c", code], check=False).returncode == 0
