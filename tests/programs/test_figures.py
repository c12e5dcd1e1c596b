"""What is told of a rehearsal as a whole: never of a group of fewer than five, nor so that it shows."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bothways.programs.rules import figures
from bothways.programs.rules.figures import FEWEST, Group, Pair, Place, groups, tenure

TODAY = date(2026, 3, 2)


def people(**teams: int) -> dict[str, Place]:
    return {f"{team}{number}": Place(team=team) for team, many in teams.items() for number in range(many)}


def test_the_figures_of_a_round() -> None:
    seekers = people(docks=6) | {"x": Place()}
    pairs = [Pair("docks0", "g", 30, 4), Pair("docks1", "g", 20, 9), Pair("docks2", "h", 50, 6)]
    made = figures.figures(seekers, {"g": 2, "h": 1, "k": 1}, pairs)
    fairness: Any = made.pop("fairness")
    assert made == {
        "seekers": 7,
        "givers": 3,
        "places": 4,
        "served": 3,
        "total": 100,
        "worst": 20,
        "hours_least": 4,
        "hours_median": 6,
        "load": [[0, 1], [1, 1], [2, 1]],
    }
    assert fairness == {
        "team": [],
        "place": [],
        "tenure": [],
    }  # beside six one is left


def test_nobody_served_leaves_the_rest_empty() -> None:
    made = figures.figures(people(docks=5), {"g": 1}, [])
    assert (made["worst"], made["hours_least"], made["hours_median"]) == (None, None, None)
    assert made["fairness"]["team"] == [["docks", 5, 0]]


@pytest.mark.parametrize(
    ("teams", "told"),
    [
        ({"a": 5, "b": 4}, []),
        ({"a": 5, "b": 4, "c": 1}, ["a"]),
        ({"a": 9, "b": 5, "c": 2}, ["a"]),
        ({"a": 9, "b": 5}, ["a", "b"]),
        ({"a": 5, "": 5}, ["a"]),
        ({"a": 5, "": 3}, []),
    ],
)
def test_small_groups_and_what_would_give_them_away_are_not_told_of(
    teams: dict[str, int], told: list[str]
) -> None:
    assert [group.name for group in groups(people(**teams), [], "team")] == told


@given(st.lists(st.integers(0, 5), max_size=40), st.sets(st.integers(0, 39)))
def test_what_is_told_of_and_what_is_left_are_both_large(teams: list[int], served: set[int]) -> None:
    seekers = {str(place): Place(team=f"team {team}" if team else "") for place, team in enumerate(teams)}
    told = groups(seekers, [str(place) for place in served], "team")
    assert all(group.seekers >= FEWEST for group in told)
    rest = len(seekers) - sum(group.seekers for group in told)
    assert rest == 0 or rest >= FEWEST or not told
    size = Counter(place.team for place in seekers.values())
    assert all(group == Group(group.name, size[group.name], group.served) for group in told)


@pytest.mark.parametrize(
    ("started", "band"),
    [
        (None, ""),
        (date(2026, 3, 2), "under one year"),
        (date(2025, 3, 3), "under one year"),
        (date(2025, 3, 1), "one to three years"),
        (date(2023, 3, 3), "one to three years"),
        (date(2020, 3, 2), "three years and more"),
    ],
)
def test_bands_of_time_here(started: date | None, band: str) -> None:
    assert tenure(started, TODAY) == band
