"""The theorem of quiet consent (consent.md): a "not now" leaves no trace that anybody else can obtain.

Two worlds play the same history; one of them never hears the "not now", nor what the same person
answered to the same introduction before. After every step all rows are equal but the author's own, and
so are everybody else's letters and the pages of two of them, drawn alike in both worlds. When all is over and
the night has passed, both databases are equal to the last row; one history of fifty reads every page again.
"""

import os

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.rails.quiet.history import History, histories
from tests.rails.quiet.observe import Seen
from tests.rails.quiet.world import Both, play_both

pytestmark = pytest.mark.django_db

# On PostgreSQL other histories than on SQLite, and few: each takes four times as long.
ON_POSTGRESQL = connection.vendor == "postgresql"
HISTORIES = int(os.environ.get("BOTHWAYS_HISTORIES", "16" if ON_POSTGRESQL else "184"))
PARTS = 4 if ON_POSTGRESQL else 8  # of each the first histories are the simplest
OTHERS = 8 if ON_POSTGRESQL else 0  # seeds
CAREFUL = settings(
    max_examples=max(1, HISTORIES // PARTS),
    deadline=None,
    database=None,
    phases=[Phase.generate],  # a failing history is printed whole; shrinking it takes minutes
    suppress_health_check=list(HealthCheck),
)
# The author's own: the answer itself, and what reminds its author, which the night takes away.
OWN = {"connections.SealedAnswer", "inbox.Mail"}


def for_others(seen: list[Seen], both: Both) -> set[Seen]:
    return {each for each in seen if each.observer != both.author.name}


def differing_pages(both: Both) -> list[tuple[int, str]]:
    """(step, who and where) of everything that differs for anybody but the author."""
    found = []
    for number, (one, other) in enumerate(zip(both.heard.steps, both.unheard.steps, strict=True)):
        different = for_others(one.seen, both) ^ for_others(other.seen, both)
        found += [(number, f"{seen.observer}: {seen.where}") for seen in different]
    last = for_others(both.heard.last, both) ^ for_others(both.unheard.last, both)
    return sorted(found + [(-1, f"{seen.observer}: {seen.where}") for seen in last])


def differing_rows(both: Both) -> list[tuple[int, str]]:
    """(step, table) of all rows that differ, but for the author's own before the end."""
    found = []
    last = len(both.heard.steps) - 1
    for number, (one, other) in enumerate(zip(both.heard.steps, both.unheard.steps, strict=True)):
        for table in one.rows:
            if one.rows[table] != other.rows[table] and not (table in OWN and number < last):
                only = set(one.rows[table]) ^ set(other.rows[table])
                found.append((number, f"{table}: {sorted(only)[:2]}"))
    return found


@pytest.mark.parametrize("part", range(PARTS))
def test_nobody_learns_of_a_no(part: int) -> None:
    """Every fourth part begins with a round."""
    compared = []

    @seed(part + OTHERS)
    @CAREFUL
    @given(history=histories(with_a_round=part % 4 == 3))
    def nobody_learns(history: History) -> None:
        both = play_both(history)
        if both is None:
            return
        compared.append(history)
        assert differing_pages(both) == []
        assert differing_rows(both) == []
        assert both.heard.pivotal != both.unheard.pivotal

    nobody_learns()
    assert len(compared) >= CAREFUL.max_examples // 2


@pytest.mark.sqlite  # it is about the eyes, not about a database
def test_a_yes_in_its_place_is_seen_by_the_other_side() -> None:
    """The two worlds are not blind: where the answer is a yes to an ask, its author reads of it."""
    different, letters = [], 0

    @seed(0)
    @settings(CAREFUL, max_examples=6)
    @given(history=histories())
    def a_yes_is_seen(history: History) -> None:
        nonlocal letters
        both = play_both(history, instead="yes")
        if both is not None:
            found = differing_pages(both)
            different.append(bool(found))
            letters += sum("letter" in where for _, where in found)

    a_yes_is_seen()
    assert sum(different) > len(different) / 2
    assert letters, "the letters that say so are read too"
