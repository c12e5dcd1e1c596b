"""What people said becomes bits and numbers: any number of topics, counted up to a limit."""

import numpy as np
import pytest

from bothways.matching import Market, Rule, RuleKind, explain
from tests.matching.people import person


@pytest.mark.parametrize("many", [61, 62, 63, 64, 126, 128])
def test_there_may_be_any_number_of_topics(many: int) -> None:
    """Bits come in words of 64; whoever said nothing needs two more."""
    topics = [f"t{number:03}" for number in range(many)]
    seekers = (*(person(f"s{topic}", wants={topic}) for topic in topics), person("silent"))
    givers = (*(person(f"g{topic}", offers={topic}) for topic in topics), person("mute"))
    market = Market(seekers, givers, rules=(Rule(RuleKind.NO_SHARED_TOPIC),))
    expected = np.eye(many + 1, dtype=np.bool_)
    assert (market.table().scores == 100 * expected * (np.arange(many + 1) < many)).all()
    expected[many] = expected[:, many] = True
    assert (market.table().allowed == expected).all()
    assert all((~market.excluded_by(market.rules[0], i) == expected[i]).all() for i in range(many + 1))


def test_topics_and_hours_count_up_to_a_limit() -> None:
    ada = person("ada", wants={"a", "b", "c", "d"}, offers={"e"}, hours=set(range(9, 60)))
    bo = person("bo", wants={"e"}, offers={"a", "b", "c", "d"}, hours=set(range(8, 40)))
    market = Market((ada,), (bo,))
    assert market.table().scores.tolist() == [[3 * 100 + 60 + 20]]
    assert [(part.kind.value, part.what, part.points, part.count) for part in explain(market, 0, 0)] == [
        ("shared topic", "a", 100, 1),
        ("shared topic", "b", 100, 1),
        ("shared topic", "c", 100, 1),
        ("both give", "e", 60, 1),
        ("hours in common", "", 20, 31),
    ]
