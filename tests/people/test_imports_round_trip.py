"""What goes out comes in again as it was, whatever people are called; and no cell is a formula on the way."""

import csv
import io
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bothways.core import lines
from bothways.core.models import Organisation
from bothways.people.models import Offer, Person, Roster, Team
from bothways.people.queries import exports
from bothways.people.rules.roster import cells, decoding, entries, formulas, headings, table, writing
from tests import factories
from tests.factories.rosters import brought_in, listed

STARTERS = "=+-@\t\r\n＝＋－＠"
texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60).map(lines.plain)
nasty_texts = st.one_of(
    texts,
    st.tuples(st.sampled_from([*"=+-@'\"", "'=", "''=", "';", "=cmd|' /C calc'!A0", "n/a", "-"]), texts).map(
        lambda pair: lines.plain("".join(pair))
    ),
)
names = nasty_texts.filter(lambda text: bool(text) and cells.is_name(text))
rows = st.fixed_dictionaries(
    {
        "name": names,
        "pronouns": nasty_texts.map(lambda text: text[:40].strip()),
        "title": nasty_texts,
        "team": nasty_texts,
        "place": nasty_texts,
        "started_on": st.none() | st.dates(date(1940, 1, 1), date(2026, 12, 31)),
        "time_zone": st.sampled_from(["UTC", "Europe/Lisbon", "America/Argentina/Buenos_Aires"]),
        "languages": st.lists(st.sampled_from(["en", "de", "pt-br", "zh-hans", "xx"]), unique=True).map(
            tuple
        ),
    }
)


@given(st.text(max_size=20), st.sampled_from(["", "'", "''", *STARTERS]))
def test_neutralised_cells_begin_no_formula_and_are_given_back(text: str, start: str) -> None:
    cell = start + text
    out = formulas.neutralised(cell)
    assert not out.startswith(tuple(STARTERS))
    assert formulas.restored(out) == cell


@settings(max_examples=150)
@given(st.lists(rows, min_size=1, max_size=6))
def test_any_people_survive_the_file(people: list[dict[str, Any]]) -> None:
    out = "".join(writing.lines([_written(number, row) for number, row in enumerate(people)]))
    read = table.read(decoding.decode(out.encode()).text)
    assert headings.are_ours(read.headings)
    manner = entries.Manner(headings.propose(read.headings), date(2026, 3, 2), ours=True)
    found = list(entries.read(read.rows, manner))
    assert [remarks for _entry, remarks in found] == [[]] * len(people)
    for number, (entry, _remarks) in enumerate(found):
        assert entry.email == f"p{number}@x.example"
        assert {name: getattr(entry, name) for name in people[number]} == people[number]


@settings(max_examples=100)
@given(st.lists(rows, min_size=1, max_size=4))
def test_no_cell_of_the_file_is_a_formula(people: list[dict[str, Any]]) -> None:
    out = "".join(writing.lines([_written(number, row) for number, row in enumerate(people)]))
    for row in csv.reader(io.StringIO(out.removeprefix(writing.MARK), newline="")):
        assert not [cell for cell in row if cell.startswith(tuple(STARTERS))]


def _written(number: int, row: dict[str, Any]) -> list[str]:
    said = {
        **row,
        "email": f"p{number}@x.example",
        "started_on": row["started_on"].isoformat() if row["started_on"] else "",
        "languages": "; ".join(row["languages"]),
    }
    return [str(said.get(name, "")) for name in headings.OURS]


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(people=st.lists(rows, min_size=1, max_size=5))
def test_an_organisation_goes_out_and_comes_in_again_unchanged(
    people: list[dict[str, Any]], organisation: Organisation
) -> None:
    Roster.objects.all().delete()
    Person.objects.all().delete()
    Team.objects.all().delete()
    last = None
    for number, row in enumerate(people):
        last = _member(organisation, number, row, last)
    content = "".join(writing.lines(exports.rows(organisation.pk))).encode()
    roster = brought_in(content, of=organisation)
    counts = {
        name: roster.counts[name] for name in ("same", "new", "changed", "problems", "notes", "leavers")
    }
    assert counts == {"same": len(people), "new": 0, "changed": 0, "problems": 0, "notes": 0, "leavers": 0}
    assert "".join(writing.lines(exports.rows(organisation.pk))).encode() == content


def _member(organisation: Organisation, number: int, row: dict[str, Any], manager: Person | None) -> Person:
    team = row["team"] and Team.objects.filter(organisation=organisation, name__iexact=row["team"]).first()
    if row["team"] and not team and not _folded_twin(row["team"]):
        team = Team.objects.create(organisation=organisation, name=row["team"])
    values = {**row, "team": team or None, "languages": list(row["languages"])}
    line = f"{manager.line}{manager.pk}/" if manager else "/"
    return Person.objects.create(
        organisation=organisation, email=f"p{number}@x.example", manager=manager, line=line, **values
    )


def _folded_twin(name: str) -> bool:
    """Teams that differ in capitals alone are one to the import."""
    return any(team.name.casefold() == name.casefold() for team in Team.objects.all())


def test_topics_with_odd_names_go_out_and_come_in_again(organisation: Organisation) -> None:
    odd = ["Drink, drugs and gambling", "=SUM(1)", "Nets; ropes", "Plain", "'+quoted"]
    for number, name in enumerate(odd):
        topic = factories.topic(organisation, name, key=f"topic-{number}")
        for person in range(number + 1):
            member, _made = Person.objects.get_or_create(
                organisation=organisation, email=f"p{person}@x.example", defaults={"name": f"P {person}"}
            )
            Offer.objects.create(person=member, topic=topic)
    content = "".join(writing.lines(exports.rows(organisation.pk))).encode()
    meadow = factories.organisation("meadow")
    for number, name in enumerate(odd):
        factories.topic(meadow, name, key=f"topic-{number}")
    roster = listed(content, of=meadow)
    assert roster.counts["notes"] == 0
    brought = brought_in_now(roster)
    theirs = Offer.objects.filter(person__organisation=brought.organisation)
    mine = Offer.objects.filter(person__organisation=organisation)
    assert pairs(theirs) == pairs(mine)


def brought_in_now(roster: Roster) -> Roster:
    from bothways.people.actions import applying, imports

    return applying.apply(imports.begin_apply(roster))


def pairs(offers: Any) -> set[tuple[str, str]]:
    return set(offers.values_list("person__email", "topic__name"))


def test_whoever_has_left_and_what_people_wrote_stay_here(organisation: Organisation) -> None:
    factories.member(
        organisation, "Here", about="My secret garden", brings="Patience", email="here@x.example"
    )
    factories.member(organisation, "Gone", state=Person.State.LEFT, email="gone@x.example")
    content = "".join(writing.lines(exports.rows(organisation.pk)))
    assert "here@x.example" in content
    assert "gone@x.example" not in content
    assert "garden" not in content
    assert "Patience" not in content
