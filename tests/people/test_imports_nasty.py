"""Every nasty file ends in people, in a line of the report, or in one sentence. Never in half of anything."""

from contextlib import suppress
from time import process_time

import pytest

from bothways.core.models import Organisation
from bothways.people.actions import applying, checking, imports
from bothways.people.models import Person, Roster
from bothways.people.rules.roster import dates, headings, remarks
from bothways.people.rules.roster.refusals import Unreadable
from tests.factories.rosters import said
from tests.people.nasty_files import NASTY, Reads, Refused


def test_there_are_enough_of_them() -> None:
    assert len(NASTY) >= 60


@pytest.mark.parametrize("name", NASTY)
def test_it_ends_well(name: str, organisation: Organisation) -> None:
    content, expected = NASTY[name]
    if isinstance(expected, Refused):
        assert expected.part in sentence_about(content, organisation)
        assert Person.objects.count() == 0
        return
    roster = imports.upload(organisation, by=None, name="list.csv", content=content)
    roster = checking.check(imports.begin_check(roster))
    assert said(roster) == expected.report
    check_all_or_nothing(roster, expected)
    applying.apply(imports.begin_apply(roster, skip_bad=bool(expected.report)))
    assert Person.objects.count() == expected.people
    names = set(Person.objects.values_list("name", flat=True))
    assert not expected.names or set(expected.names) <= names


def check_all_or_nothing(roster: Roster, expected: Reads) -> None:
    """Without --skip-bad nothing comes in where anything at all is wrong."""
    assert Person.objects.count() == 0
    if remarks.blocking(remarks.Remark(0, code) for _line, code in expected.report):
        with pytest.raises(imports.NotNow):
            imports.begin_apply(roster)


def sentence_about(content: bytes, organisation: Organisation) -> str:
    try:
        roster = imports.upload(organisation, by=None, name="list.csv", content=content)
    except Unreadable as refusal:
        return str(refusal)
    return checking.check(imports.begin_check(roster)).refusal


def test_every_code_is_provoked_by_some_file() -> None:
    seen = {code for _content, it in NASTY.values() if isinstance(it, Reads) for _line, code in it.report}
    elsewhere = {"bad_manager", "manager_left", "topic_unknown", "suspended", "back"}  # test_imports.py
    assert seen | elsewhere == remarks.CODES


@pytest.mark.parametrize(
    "row",
    [
        ("a" + " " * 30_000 + "b", "x"),
        ("(:)" * 10_000, "x"),
        ("Start date", "1" + " " * 30_000 + "x"),
        ("Start date", "1" + " 1" * 15_000 + "x"),
    ],
    ids=["a heading of blanks", "a heading of asides", "a day of blanks", "a day of figures"],
)
def test_a_long_cell_takes_no_longer_than_its_length(row: tuple[str, str]) -> None:
    heading, cell = row
    begun = process_time()
    headings.plain(heading)
    dates.order_of([cell])
    with suppress(dates.NoDate):
        dates.read(cell, dates.EITHER)
    assert process_time() - begun < 0.5


def test_too_large_a_file_is_refused_with_a_sentence(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bothways.people.rules.roster.decoding.LARGEST", 1000)
    assert "larger than" in sentence_about(b"Name,Email\n" + b"Ada,ada@x.example\n" * 100, organisation)


def test_too_many_people_are_refused_with_a_sentence(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bothways.people.rules.roster.table.MOST_ROWS", 100)
    rows = b"".join(b"P,p%d@x.example\n" % at for at in range(200))
    assert "more than 100 people" in sentence_about(b"Name,Email\n" + rows, organisation)
