"""Small markets that are solved as large ones are."""

import pytest

from bothways.matching import _assign, _candidates, _cuts, _passes


@pytest.fixture
def _tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if even these were large: nothing written out, lists of two, two more at a time, half sampled."""
    monkeypatch.setattr(_assign, "MOST_WRITTEN", -1)
    monkeypatch.setattr(_passes, "CELLS", 16)
    monkeypatch.setattr(_cuts, "MANY", 2)
    for name, value in (("SHORTEST", 2), ("ROOM", 3), ("STRIDES", 4), ("SAMPLED", 2)):
        monkeypatch.setattr(_candidates, name, value)
