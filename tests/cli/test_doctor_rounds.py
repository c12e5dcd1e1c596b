"""`bothways doctor` says for how many people a round can be made, and what a larger one needs."""

import pytest

from bothways.cli import doctor
from bothways.matching import _problem


def test_with_and_without_what_compiles_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    (found,) = doctor.rounds()
    assert found == (True, "rounds", "of any size can be made")
    monkeypatch.setattr(doctor, "find_spec", lambda name: None)
    (found,) = doctor.rounds()
    assert found.well
    assert found.says == "of up to 5,000 who seek and as many who give. For more: bin/setup --scale"
    assert doctor.IN_A_TABLE**2 == _problem.MOST_PAIRS
