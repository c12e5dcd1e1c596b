"""`bothways found`, as an operator types it."""

import re

import pytest
from django.test import Client

from bothways.cli.main import main
from bothways.core.models import Organisation
from bothways.people.models import Account, Person, SignInLink

pytestmark = pytest.mark.django_db
Printed = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _as_in_these_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bothways.cli.main.prepare", lambda data, **how: None)
    monkeypatch.setattr("bothways.cli.found.start_django", lambda: None)


def found(*given: str, slug: str = "harbour", administrator: str = "ada.lopez@example.org") -> int:
    return main(["found", slug, "Harbour Trust", "--administrator", administrator, *given])


def test_the_printed_link_signs_the_administrator_in(capsys: Printed) -> None:
    assert found("--time-zone", "Europe/Lisbon") == 0
    said = capsys.readouterr().out
    link = re.search(r"^https?://[^/]+(/accounts/link/\S+)$", said, re.MULTILINE)
    assert link, said
    visitor = Client()
    visitor.post(link[1])
    home = visitor.get("/harbour/", follow=True)
    assert home.status_code == 200
    assert home.context["person"].name == "Ada Lopez"
    assert visitor.get("/harbour/import/").status_code == 200
    organisation = Organisation.objects.get()
    assert (organisation.name, organisation.time_zone) == ("Harbour Trust", "Europe/Lisbon")
    assert Person.objects.get().role == Person.Role.ADMINISTRATOR


def test_a_name_may_be_given() -> None:
    assert found("--name", "Ada L.") == 0
    assert Person.objects.get().name == "Ada L."


def test_one_account_administers_two_and_neither_reaches_into_the_other() -> None:
    assert found() == 0
    assert found(slug="mill", administrator="Ada.Lopez@example.org") == 0
    assert Account.objects.count() == 1
    assert {person.organisation.slug for person in Person.objects.all()} == {"harbour", "mill"}


@pytest.mark.parametrize(
    ("given", "slug", "administrator", "part"),
    [
        ((), "Harbour Trust", "ada@example.org", "SLUG: "),
        ((), "join", "ada@example.org", "Choose another one"),
        ((), "harbour", "ada", "--administrator: "),
        (("--time-zone", "Lisbon"), "harbour", "ada@example.org", "Write it like Europe/Lisbon"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(
    given: tuple[str, ...], slug: str, administrator: str, part: str, capsys: Printed
) -> None:
    assert found(*given, slug=slug, administrator=administrator) == 2
    assert part in capsys.readouterr().err
    assert not Organisation.objects.exists()
    assert not Account.objects.exists()
    assert not SignInLink.objects.exists()


def test_the_same_word_twice_is_refused(capsys: Printed) -> None:
    assert found() == 0
    assert found(administrator="bo@example.org") == 2
    assert "there is an organisation harbour already" in capsys.readouterr().err
    assert Organisation.objects.count() == 1
    assert Account.objects.count() == 1
