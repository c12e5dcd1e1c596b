"""Bad input is refused by name, before anything is computed."""

from typing import Any

import numpy as np
import pytest
from scipy.sparse import coo_array

from bothways.matching import Factors, _bad, _factors, assign

SCORES = np.arange(6).reshape(2, 3)

REFUSED: list[tuple[type[Exception], str, dict[str, Any]]] = [
    (_bad.NotWhole, "not a finite number", {"scores": np.array([[1.0, np.nan, 2], [1, 2, 3]])}),
    (_bad.NotWhole, "not a finite number", {"scores": np.array([[1.0, np.inf, 2], [1, 2, 3]])}),
    (_bad.NotWhole, "scale and round", {"scores": SCORES + 0.5}),
    (_bad.NotWhole, "not bool", {"scores": SCORES > 2}),
    (_bad.NotWhole, "whole numbers", {"scores": [["a", "b", "c"], ["d", "e", "f"]]}),
    (_bad.NotWhole, "capacities", {"capacities": 1.5}),
    (_bad.NotWhole, "demands", {"demands": np.nan}),
    (_bad.WrongShape, "two dimensions", {"scores": [1, 2, 3]}),
    (_bad.WrongShape, "capacities", {"capacities": [1, 2]}),
    (_bad.WrongShape, "demands", {"demands": [1, 2, 3]}),
    (_bad.WrongShape, "excluded", {"excluded": np.zeros((3, 2), dtype=np.bool_)}),
    (_bad.WrongShape, "excluded", {"excluded": np.zeros((2, 3))}),
    (_bad.WrongShape, "as many numbers in each row", {"scores": [[1, 2, 3], [1, 2]]}),
    (_bad.WrongShape, "capacities must be an array", {"capacities": [[1], [1, 2]]}),
    (_bad.WrongShape, "must not be a masked array", {"scores": np.ma.masked_equal(SCORES, 3)}),
    (_bad.WrongShape, "two dimensions, not 1", {"scores": coo_array(np.arange(3))}),
    (
        _bad.WrongShape,
        "the same pair twice",
        {"scores": coo_array(([1, 2], ([0, 0], [1, 1])), shape=(2, 3))},
    ),
    (_bad.Negative, "capacities must not be negative; number 1", {"capacities": [1, -1, 2]}),
    (_bad.Negative, "demands", {"demands": -1}),
    (_bad.OutOfRange, "between", {"scores": SCORES + 2**53}),
    (_bad.OutOfRange, "scale them down", {"scores": SCORES * 2**50}),
    (
        _bad.TooLarge,
        "25,000,000",
        {"scores": np.broadcast_to(np.int64(1), (10_000, 10_000)), "capacities": 1},
    ),
    (_bad.UnknownObjective, "served_then_total", {"objective": "best"}),
    (_bad.UnknownObjective, "served_then_total", {"objective": np.array(["total", "best"])}),
]


@pytest.mark.parametrize(("error", "says", "given"), REFUSED, ids=lambda each: str(each)[:40])
def test_it_is_refused_and_says_why(error: type[Exception], says: str, given: dict[str, Any]) -> None:
    arguments: dict[str, Any] = {"scores": SCORES, "capacities": 1, "demands": 1} | given
    with pytest.raises(error, match=says):
        assign(arguments.pop("scores"), arguments.pop("capacities"), arguments.pop("demands"), **arguments)


def test_whole_numbers_of_every_kind_are_welcome() -> None:
    kinds = (np.int8, np.uint16, np.int64, np.float32, np.float64)
    totals = {assign(SCORES.astype(kind), 1).total for kind in kinds}
    assert totals == {6}


@pytest.mark.parametrize("number", [0.5, np.nan, np.inf, 2**24 + 2, -(2**24) - 2])
def test_the_last_number_of_many_is_looked_at_too(number: float) -> None:
    """Also where it was put there after the factors were made."""
    many = np.ones((_factors.LOOKED_THROUGH // 100 + 1, 100), dtype=np.float32)
    factors = Factors(many, np.ones((1, 100), dtype=np.float32))
    many[-1, -1] = 3
    assert Factors(many, factors.givers).extremes == (0, 103)  # the root of 108 x 100
    many[-1, -1] = number
    with pytest.raises(_bad.NotWhole, match="seekers must be whole numbers"):
        assign(factors, 1)
