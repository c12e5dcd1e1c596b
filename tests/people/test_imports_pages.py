"""The administrators' pages: a file is chosen, its columns settled, looked at, brought in."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bothways.core import worker
from bothways.core.models import Organisation
from bothways.people.actions import imports
from bothways.people.models import Person, Roster
from tests import factories
from tests.factories.rosters import listed

LIST = "Name,Email,Manager\nAda,ada@x.example,\nBo,bo@x.example,ada@x.example\n"


@pytest.fixture
def admin(organisation: Organisation) -> Person:
    return factories.member(organisation, "Admin", role=Person.Role.ADMINISTRATOR)


@pytest.fixture
def client(admin: Person) -> Client:
    return factories.signed_in(admin)


def at(name: str, roster: Roster | None = None) -> str:
    key = {"key": roster.key} if roster else {}
    return reverse(name, kwargs={"organisation": "harbour", **key})


def choose(client: Client, text: str | bytes, **more: Any) -> Any:
    content = text if isinstance(text, bytes) else text.encode()
    file = SimpleUploadedFile("staff.csv", content)
    return client.post(at("people_imports"), {"file": file, "encoding": "", **more})


def test_the_whole_way(client: Client) -> None:
    assert "Look it through" in client.get(at("people_imports")).content.decode()
    chosen = choose(client, LIST)
    roster = Roster.objects.get()
    assert (chosen.status_code, chosen["Location"]) == (302, at("people_import", roster))
    waiting = client.get(at("people_import", roster)).content.decode()
    assert "It is being looked through" in waiting
    assert "Look again" in waiting, "without scripts one looks again by hand"
    worker.drain()
    preview = client.get(at("people_import", roster)).content.decode()
    assert "What this list would do" in preview
    assert not Person.objects.filter(name="Ada").exists()
    assert client.post(at("people_import_bring_in", roster)).status_code == 302
    assert "being brought in" in client.get(at("people_import", roster)).content.decode()
    worker.drain()
    assert Person.objects.filter(name__in=("Ada", "Bo"), state=Person.State.INVITED).count() == 2
    done = client.get(at("people_import", roster)).content.decode()
    assert "Nobody has had a mail" in done
    assert reverse("people_not_reached", args=["harbour"]) in done


def test_progress_is_a_part_that_asks_again_and_reloads_the_page_at_the_end(client: Client) -> None:
    choose(client, LIST)
    roster = Roster.objects.get()
    Roster.objects.update(done=1, of=2)
    part = client.get(at("people_import_progress", roster))
    assert 'data-hx-trigger="every 2s"' in part.content.decode()
    assert "1 of 2 people" in part.content.decode()
    assert "HX-Refresh" not in part
    worker.drain()
    assert client.get(at("people_import_progress", roster))["HX-Refresh"] == "true"


def test_a_file_that_is_no_list_is_refused_in_place(client: Client) -> None:
    answer = choose(client, b"PK\x03\x04" + bytes(50))
    assert (answer.status_code, "workbook" in answer.content.decode()) == (422, True)
    assert not Roster.objects.exists()
    assert client.post(at("people_imports"), {}).status_code == 422
    assert client.post(at("people_imports"), {"file": "not a file"}).status_code == 422


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00" * 9, b"a\x00b", b"\xff\xfe", b"=1+1", b'"', b"Name,Email\n\xff", "\u202e".encode()],
)
def test_whatever_is_chosen_never_breaks_the_page(content: bytes, client: Client) -> None:
    assert choose(client, content).status_code in (302, 409, 422)
    assert choose(client, content, encoding="utf-16-le").status_code in (302, 409, 422)
    assert choose(client, content, encoding="klingon").status_code in (409, 422)


def test_what_is_asked_about_dates_stands_at_the_top(client: Client) -> None:
    answer = choose(client, "Name,Email,Start date\nAda,ada@x.example,03/04/2020\n")
    page = client.get(answer["Location"], follow=True).content.decode()
    assert page.index("Is 03/04/2024 the third of April") < page.index("<form")
    assert "None of the headings says it" not in page


def test_columns_are_settled_by_hand(client: Client) -> None:
    answer = choose(client, "Who,Contact,Gender,Since when\nAda,ada@x.example,f,03/04/2020\n")
    roster = Roster.objects.get()
    page = client.get(answer["Location"], follow=True).content.decode()
    assert "ada@x.example" in page
    assert "sensitive" in page
    assert page.count("None of the headings says it") == 2
    assert 'name="column_2"' not in page, "what nobody may keep is not asked about"
    address = at("people_import_columns", roster)
    wrong = client.post(address, {"column_0": "name"})
    assert (wrong.status_code, "cannot do without" in wrong.content.decode()) == (422, True)
    twice = client.post(address, {"column_0": "name", "column_1": "name"})
    assert (twice.status_code, "Choose one of them" in twice.content.decode()) == (422, True)
    fields = {"column_0": "name", "column_1": "email", "column_3": "started_on"}
    unsaid = client.post(address, fields)
    assert (unsaid.status_code, "two ways" in unsaid.content.decode()) == (422, True)
    assert client.post(address, {**fields, "order": "month"}).status_code == 302
    worker.drain()
    client.post(at("people_import_bring_in", roster))
    worker.drain()
    assert str(Person.objects.get(name="Ada").started_on) == "2020-03-04"


def test_what_is_wrong_stands_by_its_line_and_is_left_out_only_where_told(client: Client) -> None:
    choose(client, LIST + "Cy,nonsense,\n")
    worker.drain()
    roster = Roster.objects.get()
    page = client.get(at("people_import", roster)).content.decode()
    assert "Line 4" in page
    assert "reads “nonsense”" in page
    assert client.post(at("people_import_bring_in", roster)).status_code == 422
    assert not Person.objects.filter(name="Ada").exists()
    assert client.post(at("people_import_bring_in", roster), {"skip_bad": "on"}).status_code == 302
    worker.drain()
    assert Person.objects.filter(name__in=("Ada", "Bo")).count() == 2
    report = client.get(at("people_import_report", roster)).getvalue().decode()
    assert report.startswith("line 4: Email: reads")


def test_leavers_are_shown_and_marked_only_where_told(client: Client, organisation: Organisation) -> None:
    factories.member(organisation, "Gone Girl")
    choose(client, LIST)
    worker.drain()
    roster = Roster.objects.get()
    assert "Gone Girl" in client.get(at("people_import", roster)).content.decode()
    client.post(at("people_import_bring_in", roster), {"mark_leavers": "on"})
    worker.drain()
    assert Person.objects.get(name="Gone Girl").state == Person.State.LEFT
    assert Person.objects.get(name="Admin").state == Person.State.ACTIVE


def test_a_second_list_waits_for_the_first(client: Client, organisation: Organisation) -> None:
    roster = listed(LIST, of=organisation)
    answer = choose(client, LIST)
    assert (answer.status_code, "One list at a time" in answer.content.decode()) == (409, True)
    assert client.post(at("people_import_set_aside", roster)).status_code == 302
    assert choose(client, LIST).status_code == 302


def test_pressing_twice_and_pressing_late_are_told_how_it_stands(
    client: Client, organisation: Organisation
) -> None:
    roster = listed(LIST, of=organisation)
    assert client.post(at("people_import_bring_in", roster)).status_code == 302
    late = client.post(at("people_import_bring_in", roster))
    assert (late.status_code, "Somebody else has gone on" in late.content.decode()) == (409, True)
    assert client.post(at("people_import_set_aside", roster)).status_code == 409
    worker.drain()
    assert client.post(at("people_import_set_aside", roster)).status_code == 409
    assert (
        client.post(
            at("people_import_columns", roster), {"column_0": "name", "column_1": "email"}
        ).status_code
        == 409
    )
    assert Person.objects.filter(name="Ada").count() == 1


def test_a_list_of_another_organisation_is_not_there(client: Client) -> None:
    theirs = listed(LIST, of=factories.organisation("meadow"))
    for name in ("people_import", "people_import_progress", "people_import_columns", "people_import_report"):
        assert client.get(at(name, theirs)).status_code == 404


def test_a_steward_does_not_bring_people_in(organisation: Organisation) -> None:
    steward = factories.signed_in(factories.member(organisation, role=Person.Role.STEWARD))
    assert steward.get(at("people_imports")).status_code == 404
    assert steward.get(at("people_export_file")).status_code == 404


@pytest.mark.parametrize("people", [1, 50])
def test_pages_ask_the_database_as_often_for_one_as_for_fifty(
    people: int, client: Client, organisation: Organisation
) -> None:
    for number in range(people):
        factories.member(organisation, f"Leaver {number}")
    rows = "".join(f"P,bad{at}\nNew,new{at}@x.example\n" for at in range(people))
    roster = listed(f"Name,Email\n{rows}Ada,ada@x.example\n", of=organisation)
    client.get(at("people_import", roster))
    for address, most in (
        (at("people_import", roster), 10),
        (at("people_imports"), 7),
        (at("people_export"), 6),
    ):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address).status_code == 200
        assert len(asked) <= most, [query["sql"][:90] for query in asked]


def test_a_name_full_of_markup_is_shown_as_it_is(client: Client) -> None:
    choose(client, "Name,Email\n<script>alert(1)</script>,<b>no</b>\n")
    worker.drain()
    page = client.get(at("people_import", Roster.objects.get())).content.decode()
    assert "<b>no" not in page
    assert "&lt;b&gt;no" in page
    assert not re.search(r"<script>alert", page)


def test_the_export_page_says_who_sees_it(client: Client) -> None:
    page = client.get(at("people_export")).content.decode()
    assert "whoever you give the file to" in page
    assert "Manager&#x27;s email" in page


def test_an_export_is_brought_in_again_without_a_change(client: Client, organisation: Organisation) -> None:
    imports.set_aside(listed(LIST, of=organisation))
    answer = client.get(at("people_export_file"))
    assert "people-harbour-" in answer["Content-Disposition"]
    content = answer.getvalue()
    roster = listed(content, of=organisation)
    assert (roster.counts["same"], roster.counts["changed"], roster.counts["new"]) == (1, 0, 0)
