from itertools import product

import pytest

from tests.ui.colours import contrast, tokens

GROUNDS = ("paper", "raised", "tint", "wash")
LEAST = {"ink": 7.0, "accent": 7.0, "red": 7.0, "muted": 4.5, "edge": 3.0}


def test_the_measure_is_right_where_the_answer_is_known() -> None:
    assert contrast((0, 0, 0), (1, 0, 0)) == pytest.approx(21, abs=0.01)
    assert contrast((0.5999, 0, 0), (1, 0, 0)) == pytest.approx(3.95, abs=0.1)  # #808080 on white


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), list(product(LEAST, GROUNDS)))
def test_what_is_read_stands_out_from_every_ground(theme: str, ink: str, ground: str) -> None:
    colours = tokens()[theme]
    assert contrast(colours[ink], colours[ground]) >= LEAST[ink]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("fill", ["fill", "fill-strong"])
def test_the_filled_button_can_be_read(theme: str, fill: str) -> None:
    colours = tokens()[theme]
    assert contrast(colours[fill], colours["paper"]) >= 7
