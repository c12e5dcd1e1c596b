"""Public keys."""

import pytest

from bothways.core import keys


def test_a_key_says_nothing_of_those_before_it() -> None:
    made = [keys.new() for _ in range(200)]
    assert {len(key) for key in made} == {keys.LENGTH}
    assert len(set(made)) == 200
    assert made != sorted(made)
    for place in range(keys.LENGTH):
        assert len({key[place] for key in made}) > 16, f"character {place} hardly changes"


def test_derived_keys_are_the_same_for_seed_and_command_and_differ_otherwise() -> None:
    def three(seed: str, command: str) -> list[str]:
        with keys.derived(seed, command):
            return [keys.new() for _ in range(3)]

    assert three("a", "ask 1") == three("a", "ask 1")
    assert len({*three("a", "ask 1"), *three("a", "ask 2"), *three("b", "ask 1")}) == 9


@pytest.mark.parametrize("sent", ["", "a\x00b", "ключ", "²", "a b", "a/b", "k" * 81, "'; --", "\n"])
def test_what_cannot_be_a_key_is_empty(sent: str) -> None:
    assert keys.read(sent) == ""
    assert keys.read("public-speaking_2") == "public-speaking_2"
    key = keys.new()
    assert keys.read(key) == key
