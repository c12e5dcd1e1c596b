"""Whom to show to whom: nobody swamped, nobody unseen, nobody shown for nothing; and who is needed most."""

import dataclasses
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations
from math import ceil

import numpy as np
import pytest

from bothways.core import children
from bothways.matching import Draft, Participant, Rule, RuleKind, ToldLists, show
from bothways.matching._shares import shares
from tests.matching.people import anybody, person

LENGTH = 3
RULES = (Rule(RuleKind.ASKED_NOT), Rule(RuleKind.REPORTING_LINE), Rule(RuleKind.PAIRED_BEFORE))


def wanting(many: int, *topics: str, mark: str = "s") -> list[Participant]:
    return [person(f"{mark}{number:03}", wants=set(topics)) for number in range(many)]


def giving(many: int, *topics: str, mark: str = "g", places: int = 1) -> list[Participant]:
    return [person(f"{mark}{number:03}", offers=set(topics), places=places) for number in range(many)]


def shown(
    seekers: Iterable[Participant], givers: Iterable[Participant], *, length: int = LENGTH
) -> ToldLists:
    return show(Draft(seekers=tuple(seekers), givers=tuple(givers), rules=RULES, length=length))


def loads(told: ToldLists) -> list[Counter[str]]:
    """How often each giver stands at each rank."""
    return [Counter(row[rank] for row in told["lists"].values() if len(row) > rank) for rank in range(LENGTH)]


def random_draft(number: int) -> Draft:
    chance = random.Random(number)
    n, m = chance.randint(0, 12), chance.randint(0, 9)
    keys = [f"p{place}" for place in range(n + m)]
    people = [anybody(chance, key, keys) for key in keys]
    both = chance.sample(people, min(len(people), 2))
    return Draft(
        seekers=tuple({one.key: one for one in [*people[:n], *both]}.values()),
        givers=tuple({one.key: one for one in [*people[n:], *both]}.values()),
        rules=RULES,
        forbidden=frozenset({("p0", f"p{n}")}),
        length=LENGTH,
    )


def may_be_shown(draft: Draft) -> Iterator[tuple[Participant, Participant]]:
    """What the rules say, said plainly."""
    for one in draft.seekers:
        for other in draft.givers:
            names = one.never | one.line | one.before
            back = other.never | other.line | other.before
            apart = other.key in names or one.key in back or one.key == other.key
            by_hand = (one.key, other.key) in draft.forbidden
            if one.wants & other.offers and other.places and not apart and not by_hand:
                yield one, other


@pytest.mark.parametrize("number", range(60))
def test_everybody_who_could_be_shown_somebody_is_and_only_whom_they_may_be(number: int) -> None:
    draft = random_draft(number)
    told = show(draft)
    pairs = {(one.key, other.key) for one, other in may_be_shown(draft)}
    assert set(told["lists"]) == {seeker for seeker, _giver in pairs}
    for seeker, row in told["lists"].items():
        assert len(set(row)) == len(row) <= LENGTH
        assert all((seeker, giver) in pairs for giver in row)
    assert set(told["needed"]) <= {one.key for one in draft.givers}


@pytest.mark.parametrize(("seekers", "givers"), [(40, 10), (10, 10), (10, 25), (4, 30), (7, 3), (31, 12)])
def test_nobody_is_shown_more_than_their_share_and_nobody_is_unseen(seekers: int, givers: int) -> None:
    told = shown(wanting(seekers, "knots"), giving(givers, "knots"))
    assert len(told["lists"]) == seekers
    assert all(max(at_rank.values()) <= ceil(seekers / givers) for at_rank in loads(told))
    seen = {giver for row in told["lists"].values() for giver in row}
    assert len(seen) == min(givers, LENGTH * seekers)


def test_a_share_follows_the_time_that_is_given() -> None:
    givers = [*giving(5, "knots"), *giving(5, "knots", mark="more", places=3)]
    first = loads(shown(wanting(40, "knots"), givers))[0]
    assert {first[f"g{number:03}"] for number in range(5)} == {2}
    assert {first[f"more{number:03}"] for number in range(5)} == {6}


def test_whom_some_could_see_alone_is_seen_by_all_of_them_and_nobody_else_is_seen_more() -> None:
    """One rare topic must not lift everybody's share."""
    seekers = [*wanting(12, "welding", mark="rare"), *wanting(48, "knots")]
    givers = [*giving(1, "welding", mark="alone"), *giving(59, "knots")]
    told = shown(seekers, givers)
    assert all(told["lists"][f"rare{number:03}"] == ["alone000"] for number in range(12))
    first = loads(told)[0]
    assert first["alone000"] == 12
    assert {many for giver, many in first.items() if giver != "alone000"} == {1}


@pytest.mark.parametrize("number", range(40))
def test_nobody_has_a_larger_share_than_some_seekers_need(number: int) -> None:
    """So many as seek, divided among those whom they could see: that much is needed, and no more."""
    chance = random.Random(number)
    n, m = chance.randint(1, 8), chance.randint(1, 6)
    allowed = np.array([[chance.random() < 0.3 for _ in range(m)] for _ in range(n)])
    seeking = [i for i in range(n) if allowed[i].any()]
    some = [list(each) for many in range(1, n + 1) for each in combinations(seeking, many)]
    least = max((ceil(len(each) / allowed[each].any(axis=0).sum()) for each in some), default=0)
    found = shares(allowed, np.ones(m, dtype=np.int64))
    assert found.max() == least
    assert not found[~allowed.any(axis=0)].any()


def test_who_fits_less_is_not_unseen_for_it() -> None:
    """The last place of a list is first of all for those whom nobody was shown."""
    better = [dataclasses.replace(one, offers=frozenset({"knots", "nets"})) for one in giving(4, "knots")]
    plain = giving(3, "knots", mark="plain")
    seekers = wanting(4, "knots", "nets")
    told = shown(seekers, [*better, *plain])
    assert all(set(row[:2]) <= {one.key for one in better} for row in told["lists"].values())
    assert {row[2] for row in told["lists"].values()} >= {one.key for one in plain}


def test_who_fits_better_comes_first() -> None:
    both = person("both", offers={"knots", "nets"})
    told = shown([person("s", wants={"knots", "nets"})], [*giving(3, "knots"), both])
    assert told["lists"]["s"][0] == "both"


def test_the_same_draft_gives_the_same_lists() -> None:
    for number in range(10):
        assert json.dumps(show(random_draft(number))) == json.dumps(show(random_draft(number)))


def test_among_equals_who_is_named_first_comes_first() -> None:
    """So whoever draws a lot, and names people in its order, is not overruled."""
    seekers, givers = wanting(1, "knots"), giving(4, "knots")
    firsts = {
        shown(seekers, [*givers[at:], *givers[:at]], length=1)["lists"]["s000"][0]
        for at in range(len(givers))
    }
    assert firsts == {giver.key for giver in givers}


@pytest.mark.parametrize("length", [0, 1, 2, 5])
def test_lists_of_any_length(length: int) -> None:
    told = shown(wanting(4, "knots"), giving(4, "knots"), length=length)
    assert {len(row) for row in told["lists"].values()} == ({min(length, 4)} if length else set())


def test_nobody_for_nothing() -> None:
    silent, full = person("silent"), person("full", offers={"knots"}, places=0)
    knots, other = person("knots", offers={"knots"}), person("other", offers={"nets"})
    told = shown([person("s", wants={"knots"}), person("no wish")], [silent, full, other, knots])
    assert told["lists"] == {"s": ["knots"]}
    assert shown([person("s", wants={"welding"})], [silent, other])["lists"] == {}


@pytest.mark.parametrize(("seekers", "givers"), [(0, 0), (0, 3), (3, 0)])
def test_an_empty_side(seekers: int, givers: int) -> None:
    told = shown(wanting(seekers, "knots"), giving(givers, "knots"))
    assert told["lists"] == {}
    assert set(told["needed"].values()) <= {0}


def test_how_much_somebody_is_needed() -> None:
    """Not at all where there is room; a little where another would do better; more where nobody else is."""
    plenty = shown(wanting(6, "knots"), giving(6, "knots"))["needed"]
    assert set(plenty.values()) == {0}
    rare = shown(wanting(6, "knots"), giving(2, "knots"))["needed"]
    assert set(rare.values()) == {1}
    topics = ("knots", "nets", "ropes", "sails", "tides")
    all_of_them = shown(wanting(6, *topics), giving(2, *topics))["needed"]
    assert set(all_of_them.values()) == {3}
    backed = person("backed", offers={"knots"}, wants={"nets"})
    some = [dataclasses.replace(one, offers=frozenset({"nets"})) for one in wanting(6, "knots")]
    assert shown(some, [*giving(6, "knots"), backed])["needed"] == dict.fromkeys(
        [f"g{number:03}" for number in range(6)], 0
    ) | {"backed": 1}


def test_it_is_not_told_of_fewer_than_five_whom_they_need() -> None:
    assert set(shown(wanting(4, "knots"), giving(1, "knots"))["needed"].values()) == {0}
    assert set(shown(wanting(5, "knots"), giving(1, "knots"))["needed"].values()) == {1}


def test_a_child_tells_the_same_and_how_far_it_is() -> None:
    draft, said = random_draft(3), list[float]()
    assert children.run("bothways.matching:show", draft, told=said.append) == show(draft)
    assert said == sorted(said)
