"""What a button calls somebody."""

import pytest

from bothways.people.rules.names import first_name


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Ada", "Ada"),
        ("Noor van Dijk", "Noor"),
        ("Jean-Luc Martin", "Jean-Luc"),
        ("Bo Strand", "Bo"),
        ("Dr Ada Lovelace", "Dr Ada Lovelace"),
        ("J. R. Smith", "J. R. Smith"),
        ("Dijk, Noor", "Dijk, Noor"),
        ("王 小明", "王 小明"),
        ("김 민준", "김 민준"),
        ("", ""),
    ],
)
def test_the_first_name_or_in_doubt_the_whole(name: str, called: str) -> None:
    assert first_name(name) == called
