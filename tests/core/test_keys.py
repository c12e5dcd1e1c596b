"""Public keys."""

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
