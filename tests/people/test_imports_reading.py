"""How headings, dates and cells are read, without any database."""

from datetime import date

import pytest

from bothways.people.models import Person, Roster, Team
from bothways.people.rules.roster import cells, dates, headings


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("E-mail", "email"),
        ("EMAIL ADDRESS", "email"),
        ("Work e-mail *", "email"),
        ("Adresse e-mail", "email"),
        ("Correo electrónico", "email"),
        ("Электронная почта", "email"),
        ("メールアドレス", "email"),
        ("First Name", "first_name"),
        ("first_name", "first_name"),
        ("firstName", "first_name"),
        ("Vorname", "first_name"),
        ("Surname", "last_name"),
        ("Nachname", "last_name"),
        ("Full name", "name"),
        ("Preferred name", "called"),
        ("Job title", "title"),
        ("JobTitle", "title"),
        ("Stellenbezeichnung", "title"),
        ("Intitulé du poste", "title"),
        ("Department", "team"),
        ("Abteilung", "team"),
        ("Départment", "team"),
        ("Line manager's email", "manager"),
        ("Line manager’s e-mail", "manager"),
        ("Reports To (Email)", "manager"),
        ("Vorgesetzter", "manager"),
        ("N+1", "manager"),
        ("Office location", "place"),
        ("Standort", "place"),
        ("Hire date", "started_on"),
        ("Eintrittsdatum", "started_on"),
        ("Date d’embauche", "started_on"),
        ("Time zone", "time_zone"),
        ("Zeitzone", "time_zone"),
        ("Languages spoken", "languages"),
        ("Pronouns", "pronouns"),
        ("Ask me about", "offers"),
        ("Compétences", "offers"),
        ("Grade", "level"),
        ("Gender", "sensitive"),
        ("Gender identity (optional)", "sensitive"),
        ("Geschlecht", "sensitive"),
        ("Date de naissance", "sensitive"),
        ("Do you have a disability?", "sensitive"),
        ("Match with similar identity", "sensitive"),
        ("Annual salary", "private"),
        ("Mobile phone", "private"),
        ("Home address", "private"),
        ("Biography", "own_words"),
        ("Both mentor and mentee", "both"),
        ("Shoe size", "unknown"),
        ("", "unnamed"),
    ],
)
def test_a_heading_is_known_in_many_spellings(heading: str, field: str) -> None:
    column = headings.propose([heading])[0]
    assert (column.field or column.left_out) == field


def test_the_most_exact_of_several_columns_wins() -> None:
    found = headings.propose(
        ["Manager", "Organisation", "Manager email", "Department", "Login", "Email", "Name"]
    )
    assert [column.field for column in found] == ["", "", "manager", "team", "", "email", "name"]
    assert {column.left_out for column in found if not column.field} == {"twice"}


@pytest.mark.parametrize(
    ("cell", "order", "expected"),
    [
        ("2024-03-05", "day", date(2024, 3, 5)),
        ("2024/3/5", "month", date(2024, 3, 5)),
        ("20240305", "day", date(2024, 3, 5)),
        ("2024-03-05T09:30:00Z", "day", date(2024, 3, 5)),
        ("2024-03-05 00:00", "day", date(2024, 3, 5)),
        ("05/03/2024", "day", date(2024, 3, 5)),
        ("05/03/2024", "month", date(2024, 5, 3)),
        ("5.3.2024", "month", date(2024, 3, 5)),
        ("5-3-24", "day", date(2024, 3, 5)),
        ("5/3/98", "day", date(1998, 3, 5)),
        ("5 March 2024", "day", date(2024, 3, 5)),
        ("March 5, 2024", "day", date(2024, 3, 5)),
        ("05-Mar-24", "day", date(2024, 3, 5)),
        ("5. März 2024", "day", date(2024, 3, 5)),
        ("5 de marzo de 2024", "day", date(2024, 3, 5)),
        ("1er février 2024", "day", date(2024, 2, 1)),
        ("5 марта 2024", "day", date(2024, 3, 5)),
        ("2024年3月5日", "day", date(2024, 3, 5)),
        ("45356", "day", date(2024, 3, 5)),
    ],
)
def test_a_date_is_read_as_people_write_it(cell: str, order: str, expected: date) -> None:
    assert dates.read(cell, order) == expected


@pytest.mark.parametrize(
    "cell", ["soon", "2024", "2024-13-01", "30/02/2024", "March", "12345678901", "5/3", "٥"]
)
def test_what_is_no_date_is_not_guessed(cell: str) -> None:
    with pytest.raises(dates.NoDate):
        dates.read(cell, "day")


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (["03/04/2024"], ("", False)),
        (["03/04/2024", "13/04/2024"], ("day", True)),
        (["03/04/2024", "04/13/2024"], ("month", True)),
        (["03.04.2024"], ("", True)),
        (["03/03/2024"], ("", True)),
        (["2024-03-04", ""], ("", True)),
        ([], ("", True)),
    ],
)
def test_the_order_of_day_and_month_is_the_files(found: list[str], expected: tuple[str, bool]) -> None:
    assert dates.order_of(found) == expected


def test_zones_and_languages_are_found_by_the_names_people_use() -> None:
    assert [cells.time_zone(said) for said in ("europe/berlin", "Berlin", "UTC", "New York")] == [
        "Europe/Berlin",
        "Europe/Berlin",
        "UTC",
        "America/New_York",
    ]
    with pytest.raises(ValueError, match="Atlantis"):
        cells.time_zone("Atlantis")
    assert cells.languages("English (fluent), deutsch, en-GB") == (["en", "de", "en-gb"], [])
    assert cells.languages("English; Français; pt-BR; nl_BE; Klingon") == (
        ["en", "fr", "pt-br", "nl"],
        ["Klingon"],
    )
    theirs = "Englisch, allemand, Spanisch, inglês, francés, português brasileiro, Polnisch, Klingonisch"
    assert cells.languages(theirs) == (["en", "de", "es", "fr", "pt-br", "pl"], ["Klingonisch"])


def test_limits_are_those_of_the_database() -> None:
    fields = {field.name: field.max_length for field in Person._meta.concrete_fields}
    fields["team"] = Team._meta.get_field("name").max_length
    assert {name: fields[name] for name in cells.LIMITS} == cells.LIMITS
    assert Roster._meta.get_field("name").max_length == 120
