"""What the small drawings are made of."""

import pytest

from bothways.programs.rules import drawing


@pytest.mark.parametrize(("closed", "open_"), [(0, 0), (1, 0), (3, 2), (97, 3), (300, 1), (29_999, 1)])
def test_there_is_a_ring_for_everybody_or_for_equally_many(closed: int, open_: int) -> None:
    drawn = drawing.rings(closed, open_)
    shown = [sum(ring.closed is kind for ring in drawn.rings) for kind in (True, False)]
    assert len(drawn.rings) <= drawing.MOST_RINGS + 1
    for number, rings in zip((closed, open_), shown, strict=True):
        assert bool(number) == bool(rings), "somebody is never drawn as nobody"
        assert abs(rings * drawn.each - number) <= drawn.each


def test_rings_stand_beside_each_other_inside_the_drawing() -> None:
    drawn = drawing.rings(30, 15)
    assert len({(ring.x, ring.y) for ring in drawn.rings}) == 45
    assert all(0 <= ring.x < drawn.width and 0 <= ring.y < drawn.height for ring in drawn.rings)


def test_a_bar_is_as_long_as_its_share_of_the_longest() -> None:
    assert [bar.share for bar in drawing.bars([("a", 50), ("b", 25), ("c", 0)])] == [100, 50, 0]


def test_a_hundred_percent_is_all_and_nought_is_nothing() -> None:
    assert [drawing.percent(part, 1000) for part in (0, 1, 999, 1000)] == [0, 1, 99, 100]
    assert drawing.percent(0, 0) == 0
