"""`--help` reads like a page of a good manual: what it does, each option, an example, how it ends."""

import argparse
import shlex
from collections.abc import Iterator

import pytest

from bothways.cli import main, manual

Parser = argparse.ArgumentParser


def below(parser: Parser, name: str = "") -> Iterator[tuple[str, Parser]]:
    """Every command that the manual lists, with its own ones."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for listed in action._get_subactions():
                full = f"{name} {listed.dest}".strip()
                yield full, action.choices[listed.dest]
                yield from below(action.choices[listed.dest], full)


ON_FILES = ("match", "verify")
COMMANDS = dict(below(main._parser()))


def page(name: str, capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as ended:
        main.main([*name.split(), "--help"])
    assert ended.value.code == 0
    return capsys.readouterr().out


def test_these_are_the_commands() -> None:
    assert set(COMMANDS) == set(manual.DESCRIPTIONS)


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in ("import", "export")])
def test_a_page_says_what_it_does_gives_an_example_and_how_it_ends(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "110")
    text = page(name, capsys)
    assert text.startswith(f"usage: bothways {name} ")
    for part in (manual.DESCRIPTIONS[name].strip(), "for example:", "Ends with 0"):
        assert part in text
    assert ("--data DIR" in text) == (name not in ON_FILES)
    assert manual.DESCRIPTIONS[name].count(".") >= 2
    assert all(len(line) <= 120 for line in text.splitlines())


@pytest.mark.parametrize(
    ("name", "example"), [(n, line) for n, lines in manual.EXAMPLES.items() for line in lines]
)
def test_every_example_is_understood(name: str, example: str) -> None:
    program, *given = shlex.split(example)
    assert program == "bothways"
    assert " ".join(given).startswith(name)
    assert callable(main._parser().parse_args(given).run)


def test_every_option_is_explained() -> None:
    for name, command in COMMANDS.items():
        for action in command._actions:
            assert action.help or action.dest == argparse.SUPPRESS, f"{name} {action.dest}"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("serve --port 70000", "70000 is not a number from 1 to 65,535"),
        ("demo --people few", "few is not a number from 12 to 200,000"),
        ("demo --people 3", "3 is not a number from 12 to 200,000"),
        ("unheard-of", "invalid choice: 'unheard-of'"),
    ],
)
def test_what_cannot_be_is_said(given: str, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main.main(given.split())
    assert ended.value.code == 2
    assert says in capsys.readouterr().err


def test_by_itself_it_prints_its_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main([]) == 0
    assert capsys.readouterr().out.startswith("usage: bothways ")


def test_what_it_starts_by_itself_is_no_choice_of_people(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main.main(["unheard-of"])
    said = capsys.readouterr().err
    assert "sign-in-link" in said
    assert not any(own in said.split("choose from")[1] for (own,) in main.OURS)
    assert main._parser(started_by_us=True).parse_args(["worker"]).run
