"""Whatever happens on the way, a list is never half in, meets no wall, keeps nothing that it may not keep."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from bothways.core import time
from bothways.core.models import Organisation
from bothways.people.actions import applying, checking, imports, search
from bothways.people.models import (
    Person,
    Roster,
    RosterFile,
    RosterLine,
    RosterRemark,
    SearchEntry,
)
from tests import factories
from tests.factories.rosters import LIST, brought_in, listed, person, said


class Broken(Exception):
    pass


@pytest.mark.parametrize("step", ["_make_persons", "_change_persons", "_make_offers", "rebuild_lines"])
def test_broken_off_in_the_middle_nothing_is_half(
    step: str, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought_in(LIST, of=organisation)
    before = list(Person.objects.order_by("pk").values())
    roster = listed(LIST.replace("Bo Berg", "Bo B").replace("cy@", "cyrus@"), of=organisation)
    began = imports.begin_apply(roster)
    with monkeypatch.context() as patched:
        patched.setattr(applying, step, after(getattr(applying, step)))
        with pytest.raises(Broken):
            applying.apply(began)
    assert list(Person.objects.order_by("pk").values()) == before
    assert applying.apply(began).state == Roster.State.APPLIED, "the task that is tried again brings it in"
    assert Person.objects.count() == 4


def after(step: Any) -> Any:
    """The step is done, and then the worker dies."""

    def broken(*given: Any) -> None:
        step(*given)
        raise Broken

    return broken


def test_brought_in_but_killed_before_the_index_was_made_it_is_made_by_the_next_try(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = imports.begin_apply(listed(LIST, of=organisation))
    with monkeypatch.context() as patched:
        patched.setattr(search, "refresh", after(lambda persons: None))
        with pytest.raises(Broken):
            applying.apply(began)
    assert not SearchEntry.objects.exists()
    applying.apply(began)
    assert SearchEntry.objects.count() == 3
    assert not RosterFile.objects.exists()


def test_two_lists_at_once_are_refused_kindly(organisation: Organisation) -> None:
    first = listed(LIST, of=organisation)
    with pytest.raises(imports.Busy) as busy, transaction.atomic():
        imports.upload(organisation, by=None, name="other.csv", content=LIST.encode())
    assert busy.value.args[0] == first
    imports.set_aside(first)
    assert brought_in(LIST, of=organisation).state == Roster.State.APPLIED


def test_another_organisation_may_be_at_it_at_the_same_time(organisation: Organisation) -> None:
    meadow = factories.organisation("meadow")
    listed(LIST, of=organisation)
    brought_in(LIST, of=meadow)
    assert set(Person.objects.values_list("organisation", flat=True)) == {meadow.pk}


def test_the_wall_stands_whatever_a_list_says(organisation: Organisation) -> None:
    """Addresses of people, managers and accounts of another organisation mean nothing here."""
    meadow = factories.organisation("meadow")
    theirs = factories.member(meadow, "Theirs", email="ada@x.example")
    boss = factories.member(meadow, "Boss", email="boss@x.example")
    text = "Name,Email,Manager\nMine,ada@x.example,boss@x.example\n"
    roster = listed(text, of=organisation)
    assert said(roster) == [(2, "no_such_manager")]
    applying.apply(imports.begin_apply(roster, skip_bad=True, mark_leavers=True))
    mine = Person.objects.get(organisation=organisation)
    assert (mine.account, mine.manager, mine.name) == (None, None, "Mine")
    theirs.refresh_from_db()
    boss.refresh_from_db()
    assert (theirs.name, theirs.state, boss.state) == ("Theirs", Person.State.ACTIVE, Person.State.ACTIVE)


def test_sensitive_columns_are_thrown_away_before_anything_is_kept(organisation: Organisation) -> None:
    """Another system's list: what people are has its own columns, and stands in the biography too."""
    text = """first name,last name,email address,both mentor and mentee,job title,grade,organisation,\
profession,match with similar identity,identity to match,characteristics,biography
Ada,Moss,ada@x.example,yes,Some role,G7,Office of Kites,Kites,yes,left-handed,left-handed,"I am left-handed."
Bo,Reed,bo@x.example,no,Some role,G6,Office of Kites,Kites,no,,"red-haired, left-handed",
"""
    roster = listed(text, of=organisation)
    kept = f"{list(imports.rows_of(roster))} {Roster.objects.values().get()} {RosterLine.objects.values()}"
    assert "handed" not in kept
    why = {column.heading: column.left_out for column in roster.described() if column.left_out}
    assert why == {
        "both mentor and mentee": "both",
        "grade": "level",
        "profession": "unknown",
        "match with similar identity": "sensitive",
        "identity to match": "sensitive",
        "characteristics": "sensitive",
        "biography": "own_words",
    }
    applying.apply(imports.begin_apply(roster))
    assert set(Person.objects.values_list("name", "about")) == {("Ada Moss", ""), ("Bo Reed", "")}
    assert str(person("ada@x.example").team) == "Office of Kites"


def test_a_row_that_is_too_wide_is_not_kept_where_columns_are_thrown_away(organisation: Organisation) -> None:
    """An unquoted comma moves the secret into another column."""
    roster = listed("Name,Email,Gender\nAda, Countess,ada@x.example,female\n", of=organisation)
    assert said(roster) == [(2, "too_many_cells")]
    assert "female" not in str(list(imports.rows_of(roster)))
    assert "female" not in str([remark.values for remark in RosterRemark.objects.all()])


def test_what_was_read_is_forgotten_once_it_is_over(organisation: Organisation) -> None:
    for end in (imports.set_aside, lambda roster: applying.apply(imports.begin_apply(roster))):
        roster = end(listed(LIST + "Dee,dee@x.example,,,,,,,Klingon,\n", of=organisation))
        assert not RosterFile.objects.exists()
        assert not RosterLine.objects.exists()
        assert "samples" not in Roster.objects.get(pk=roster.pk).counts
        assert said(roster) == [(5, "language_unknown")], "the report stays"


def test_a_check_that_is_tried_again_begins_anew(organisation: Organisation) -> None:
    roster = imports.upload(organisation, by=None, name="list.csv", content=LIST.encode())
    began = imports.begin_check(roster)
    RosterLine.objects.create(roster=began, line=9, email="half@x.example", verdict="new")
    assert checking.check(began).counts["new"] == 3
    assert checking.check(began).state == Roster.State.CHECKED
    assert RosterLine.objects.count() == 3


def test_somebody_added_meanwhile_is_not_made_twice(organisation: Organisation) -> None:
    roster = listed(LIST, of=organisation)
    bo = factories.member(organisation, "Bo", email="bo@x.example")
    applying.apply(imports.begin_apply(roster))
    assert Person.objects.count() == 3
    assert person("bo@x.example").pk == bo.pk
    assert person("cy@x.example").manager == bo


def test_a_circle_that_came_about_meanwhile_is_reported_and_nothing_is_brought_in(
    organisation: Organisation,
) -> None:
    ada = factories.member(organisation, "Ada", email="ada@x.example")
    bo = factories.member(organisation, "Bo", email="bo@x.example")
    began = imports.begin_apply(
        listed("Name,Email,Manager\nAda,ada@x.example,bo@x.example\nNew,new@x.example,\n", of=organisation)
    )
    Person.objects.filter(pk=bo.pk).update(manager=ada, line=f"/{ada.pk}/")
    again = applying.apply(began)
    assert (again.state, said(again)) == (Roster.State.CHECKED, [(2, "circle")])
    assert Person.objects.count() == 2


def test_a_list_that_nobody_touches_is_set_aside_after_two_days(
    organisation: Organisation, clock: Any
) -> None:
    roster = listed(LIST, of=organisation)
    clock.advance(timedelta(days=1))
    imports.tidy()
    assert Roster.objects.open().exists()
    clock.advance(timedelta(days=2))
    imports.tidy()
    roster.refresh_from_db()
    assert roster.state == Roster.State.SET_ASIDE
    assert not RosterFile.objects.exists()


def test_a_command_that_was_killed_is_in_nobodys_way(organisation: Organisation, clock: Any) -> None:
    dead = imports.begin_check(imports.upload(organisation, by=None, name="list.csv", content=LIST.encode()))
    clock.advance(timedelta(minutes=1))
    with pytest.raises(imports.Busy), transaction.atomic():
        imports.upload(organisation, by=None, name="list.csv", content=LIST.encode())
    clock.advance(timedelta(minutes=5))
    brought_in(LIST, of=organisation)
    dead.refresh_from_db()
    assert (dead.state, "stopped in the middle" in dead.refusal) == (Roster.State.REFUSED, True)


def test_rows_of_the_import_are_shaped_like_those_of_the_verbs(organisation: Organisation) -> None:
    """INSERT … SELECT knows of every column: what a list does not say is what the model says."""
    brought_in("Name,Email\nAda,ada@x.example\n", of=organisation)
    plain = Person(organisation=organisation, email="plain@x.example", name="Plain")
    plain.save()
    plain.refresh_from_db()
    imported = person("ada@x.example")
    own = {"id", "key", "email", "name", "created_at", "time_zone"}
    for field in Person._meta.concrete_fields:
        if field.name not in own:
            assert getattr(imported, field.attname) == getattr(plain, field.attname), field.name
    assert time.now() - imported.created_at < timedelta(minutes=1)
