"""Which rules two would break whom nobody rehearsed: who said nothing breaks nothing, as in the engine."""

from dataclasses import replace
from typing import Any

import pytest

from bothways.programs.rules import in_common
from bothways.programs.rules.in_common import HOUR, LANGUAGE, TOPIC, Public

RULES = ("no shared language", "no hour in common", "no shared topic")
KNOTS, NETS, NOTHING = frozenset({"knots"}), frozenset({"nets"}), frozenset[str]()
ADA = Public(wants=KNOTS, offers=NOTHING, languages=frozenset({"en"}), hours=frozenset({9}), team=1)
BO = Public(wants=NOTHING, offers=KNOTS, languages=frozenset({"en"}), hours=frozenset({9, 10}), team=2)


@pytest.mark.parametrize(
    ("mine", "theirs", "broken"),
    [
        ({}, {}, []),
        ({"languages": frozenset({"pt"})}, {}, [LANGUAGE]),
        ({"hours": frozenset({11})}, {}, [HOUR]),
        ({"hours": frozenset[int]()}, {}, []),
        ({}, {"hours": frozenset[int]()}, []),
        ({"wants": NETS}, {}, [TOPIC]),
        ({"wants": NOTHING}, {}, [TOPIC]),  # it may be that they do not show it
        ({}, {"offers": NOTHING}, []),
    ],
)
def test_what_would_be_broken(mine: dict[str, Any], theirs: dict[str, Any], broken: list[Any]) -> None:
    one, other = replace(ADA, **mine), replace(BO, **theirs)
    assert in_common.broken(one, other, RULES) == broken
    assert in_common.broken(one, other, ()) == []
