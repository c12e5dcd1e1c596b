"""What may stand in one line beside other words."""

import pytest

from bothways.core import lines


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Ada  Lovelace ", "Ada Lovelace"),
        ("Zoë\u00a0O’Neill-王小明", "Zoë O’Neill-王小明"),
        ("Zoe\u0308", "Zoë"),
        ("ليلى", "ليلى"),
        ("Ben\u202e", "Ben"),
        ("\u2067Ben", "Ben"),
        ("Be\u00adn\ufeff", "Ben"),
        ("Ada\r\nBcc: all@x.example", "Ada Bcc: all@x.example"),
        ("Ada\x00\x1b[31mred", "Ada [31mred"),
        ("one\u2028two\u2029three", "one two three"),
        ("\u202e\u2066", ""),
    ],
)
def test_a_line_neither_breaks_nor_turns_what_stands_beside_it(written: str, read: str) -> None:
    assert lines.plain(written) == read
