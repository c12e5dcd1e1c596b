"""Bringing lists of people in: what changes, what never does, and that there is no half."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import transaction

from bothways.core import time
from bothways.core.models import Organisation, RecordedEvent
from bothways.people.actions import applying, checking, imports, search
from bothways.people.models import (
    Account,
    Invitation,
    Offer,
    Person,
    Roster,
    RosterFile,
    RosterLine,
    RosterRemark,
    SearchEntry,
    Team,
)
from bothways.people.queries import rosters
from tests import factories
from tests.factories.rosters import brought_in, listed, said

LIST = """Name,Email,Job title,Team,Manager,Place,Start date,Time zone,Languages,Pronouns
Ada Lovelace,ada@x.example,Analyst,Engines,,London,2020-03-02,Europe/London,"English, French",she/her
Bo Berg,bo@x.example,Planner,engines,ada@x.example,Oslo,,,no,
Cy Costa,cy@x.example,Nurse,Ward 4,bo@x.example,Porto,13.4.2021,Lisbon,pt,
"""


def person(email: str) -> Person:
    return Person.objects.select_related("team", "manager").get(email=email)


def test_new_people_are_awaited_and_nobody_is_mailed(organisation: Organisation) -> None:
    roster = brought_in(LIST, of=organisation)
    ada, bo, cy = (person(f"{name}@x.example") for name in ("ada", "bo", "cy"))
    assert {each.state for each in (ada, bo, cy)} == {Person.State.INVITED}
    assert (ada.title, ada.place, ada.pronouns) == ("Analyst", "London", "she/her")
    assert (ada.started_on, cy.started_on) == (date(2020, 3, 2), date(2021, 4, 13))
    assert (ada.time_zone, bo.time_zone, cy.time_zone) == ("Europe/London", "UTC", "Europe/Lisbon")
    assert (ada.languages, bo.languages) == (["en", "fr"], ["no"])
    assert (ada.line, bo.line, cy.line) == ("/", f"/{ada.pk}/", f"/{ada.pk}/{bo.pk}/")
    assert len({ada.key, bo.key, cy.key}) == 3
    assert not Account.objects.exists()
    assert not Invitation.objects.exists()
    assert not RecordedEvent.objects.exists()
    assert mail.outbox == []
    assert roster.counts["new"] == 3


def test_a_team_is_one_team_in_any_capitals(organisation: Organisation) -> None:
    Team.objects.create(organisation=organisation, name="Ward 4")
    brought_in(LIST.replace("Ward 4", "WARD 4"), of=organisation)
    assert set(Team.objects.values_list("name", flat=True)) == {"Engines", "Ward 4"}


def test_the_same_list_again_changes_nothing(organisation: Organisation) -> None:
    brought_in(LIST, of=organisation)
    before = list(Person.objects.order_by("pk").values())
    roster = brought_in(LIST, of=organisation)
    assert list(Person.objects.order_by("pk").values()) == before
    assert (roster.counts["same"], roster.counts["changed"], roster.counts["new"]) == (3, 0, 0)


def test_a_later_list_brings_people_up_to_date(organisation: Organisation) -> None:
    brought_in(LIST, of=organisation)
    later = """Name,Email,Job title,Team,Manager
Ada King,ada@x.example,Countess,,
Bo Berg,bo@x.example,Planner,Looms,cy@x.example
Cy Costa,cy@x.example,Nurse,Ward 4,ada@x.example
"""
    roster = brought_in(later, of=organisation)
    ada, bo, cy = (person(f"{name}@x.example") for name in ("ada", "bo", "cy"))
    assert (ada.name, ada.title, ada.team) == ("Ada King", "Countess", None)
    assert (str(bo.team), bo.line) == ("Looms", f"/{ada.pk}/{cy.pk}/")
    assert cy.line == f"/{ada.pk}/"
    assert (ada.place, ada.languages) == ("London", ["en", "fr"]), "columns that are not there change nothing"
    assert roster.counts["changed_fields"] == {"title": 1, "team": 2, "name": 1, "manager": 2}


def test_what_people_say_of_themselves_is_theirs_once_they_have_been_here(organisation: Organisation) -> None:
    factories.member(
        organisation, "Ada, as she likes", email="ada@x.example", pronouns="they", time_zone="Asia/Tokyo"
    )
    brought_in(LIST, of=organisation)
    ada = person("ada@x.example")
    assert (ada.name, ada.pronouns, ada.time_zone, ada.languages) == (
        "Ada, as she likes",
        "they",
        "Asia/Tokyo",
        ["en"],
    )
    assert (ada.title, str(ada.team), ada.state) == ("Analyst", "Engines", Person.State.ACTIVE)


def test_topics_are_found_by_their_names_and_aliases(organisation: Organisation) -> None:
    speaking = factories.topic(organisation, "Public speaking", aliases=["presentations", "stage fright"])
    nets = factories.topic(organisation, "Nets, ropes and knots")
    text = (
        'Name,Email,Ask me about\nAda,ada@x.example,"giving presentations; Nets, ropes and knots; falconry"\n'
    )
    roster = brought_in(text, of=organisation)
    assert set(Offer.objects.values_list("topic", flat=True)) == {speaking.pk, nets.pk}
    assert said(roster) == [(2, "topic_unknown")]


def test_an_import_never_offers_for_somebody_who_has_been_here(organisation: Organisation) -> None:
    factories.topic(organisation, "Nets")
    factories.member(organisation, "Ada", email="ada@x.example")
    brought_in("Name,Email,Ask me about\nAda,ada@x.example,nets\n", of=organisation)
    assert not Offer.objects.exists()


def test_leavers_are_listed_and_stay(organisation: Organisation) -> None:
    brought_in(LIST, of=organisation)
    roster = listed("Name,Email\nAda Lovelace,ada@x.example\n", of=organisation)
    assert [each.name for each in rosters.leavers(roster)] == ["Bo Berg", "Cy Costa"]
    applying.apply(imports.begin_apply(roster))
    assert Person.objects.here().count() == 3


def test_leavers_leave_where_told_and_what_they_have_ends(organisation: Organisation) -> None:
    brought_in(LIST, of=organisation)
    admin = factories.member(organisation, "Admin", role=Person.Role.ADMINISTRATOR)
    roster = brought_in(
        "Name,Email\nAda Lovelace,ada@x.example\n", of=organisation, by=admin, mark_leavers=True
    )
    gone = [person("bo@x.example"), person("cy@x.example")]
    assert {each.state for each in gone} == {Person.State.LEFT}
    events = RecordedEvent.objects.filter(name="people.PersonWentAway")
    assert {event.payload["person"] for event in events} == {each.key for each in gone}
    assert person(admin.email).state == Person.State.ACTIVE, "an administrator stays, listed or not"
    assert roster.counts["left"] == 2
    assert set(SearchEntry.objects.values_list("person__email", flat=True)) == {"ada@x.example"}


def test_nobody_is_said_to_have_left_while_lines_are_left_out(organisation: Organisation) -> None:
    brought_in(LIST, of=organisation)
    roster = listed("Name,Email\nAda Lovelace,ada@x.example\nBo Berg,bo(at)x.example\n", of=organisation)
    with pytest.raises(imports.CannotTell):
        imports.begin_apply(roster, skip_bad=True, mark_leavers=True)
    assert Person.objects.here().count() == 3


def test_whoever_had_left_and_is_listed_again_is_awaited(organisation: Organisation) -> None:
    factories.member(organisation, "Ada", email="ada@x.example", state=Person.State.LEFT)
    factories.member(organisation, "Bo", email="bo@x.example", state=Person.State.SUSPENDED)
    roster = brought_in("Name,Email\nAda,ada@x.example\nBo,bo@x.example\n", of=organisation)
    assert person("ada@x.example").state == Person.State.INVITED
    assert person("bo@x.example").state == Person.State.SUSPENDED
    assert said(roster) == [(2, "back"), (3, "suspended")]


def test_a_manager_who_left_is_reported(organisation: Organisation) -> None:
    factories.member(organisation, "Boss", email="boss@x.example", state=Person.State.LEFT)
    text = "Name,Email,Manager\nAda,ada@x.example,boss@x.example\nBo,bo@x.example,Nobody Known\n"
    assert said(listed(text, of=organisation)) == [(2, "manager_left"), (3, "bad_manager")]


def test_a_manager_who_is_here_and_not_listed_is_found(organisation: Organisation) -> None:
    boss = factories.member(organisation, "Boss", email="boss@x.example")
    brought_in("Name,Email,Manager\nAda,ada@x.example,BOSS@x.example\n", of=organisation)
    assert person("ada@x.example").line == f"/{boss.pk}/"


def test_a_circle_through_somebody_who_is_not_listed_is_found_with_its_chain(
    organisation: Organisation,
) -> None:
    ada = factories.member(organisation, "Ada", email="ada@x.example")
    factories.member(organisation, "Bo", email="bo@x.example", manager=ada)
    roster = listed("Name,Email,Manager\nAda,ada@x.example,bo@x.example\n", of=organisation)
    remark = RosterRemark.objects.get(roster=roster)
    assert "ada@x.example → bo@x.example → ada@x.example" in remark.text
    applying.apply(imports.begin_apply(roster, skip_bad=True))
    assert (person("ada@x.example").line, person("bo@x.example").line) == ("/", f"/{ada.pk}/")


def test_leaving_out_what_is_wrong_brings_in_the_rest(organisation: Organisation) -> None:
    text = """Name,Email,Start date,Manager
Ada,ada@x.example,soon,
,bo@x.example,,ada@x.example
Cy,cy@x.example,2021-01-01,nobody@x.example
"""
    roster = listed(text, of=organisation)
    with pytest.raises(imports.NotNow):
        imports.begin_apply(roster)
    applying.apply(imports.begin_apply(roster, skip_bad=True))
    assert set(Person.objects.values_list("name", "started_on", "manager")) == {
        ("Ada", None, None),
        ("Cy", date(2021, 1, 1), None),
    }


def test_a_cell_that_cannot_be_used_leaves_what_is_there(organisation: Organisation) -> None:
    brought_in(LIST, of=organisation)
    bad = "Name,Email,Manager,Job title\nBo Berg,bo@x.example,nobody@x.example," + "x" * 500 + "\n"
    brought_in(bad, of=organisation, skip_bad=True)
    assert (str(person("bo@x.example").manager), person("bo@x.example").title) == ("Ada Lovelace", "Planner")


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


def test_dates_that_could_be_read_in_two_ways_are_asked_about(organisation: Organisation) -> None:
    text = b"Name,Email,Start date\nAda,ada@x.example,03/04/2020\nBo,bo@x.example,5/6/2021\n"
    roster = imports.upload(organisation, by=None, name="list.csv", content=text)
    assert not imports.is_settled(roster)
    with pytest.raises(imports.OrderUnknown):
        imports.begin_check(roster)
    fields = {column.place: column.field for column in roster.described()}
    chosen = imports.choose(roster, fields=fields, order="month")
    applying.apply(imports.begin_apply(checking.check(imports.begin_check(chosen))))
    assert person("ada@x.example").started_on == date(2020, 3, 4)


def test_columns_are_set_by_hand_and_thrown_away_ones_stay_away(organisation: Organisation) -> None:
    text = b"Who,Where to write,Gender\nAda,ada@x.example,f\n"
    roster = imports.upload(organisation, by=None, name="list.csv", content=text)
    with pytest.raises(imports.Incomplete):
        imports.begin_check(roster)
    with pytest.raises(imports.Incomplete):
        imports.choose(roster, fields={0: "name"})
    chosen = imports.choose(roster, fields={0: "name", 1: "email", 2: "title"})
    applying.apply(imports.begin_apply(checking.check(imports.begin_check(chosen))))
    assert (person("ada@x.example").name, person("ada@x.example").title) == ("Ada", "")


def test_names_with_the_last_name_first_are_turned(organisation: Organisation) -> None:
    text = 'Name;Email\nLovelace, Ada;a@x.example\n"Berg, Bo";b@x.example\nCosta, Cy;c@x.example\n'
    brought_in(text, of=organisation)
    assert set(Person.objects.values_list("name", flat=True)) == {"Ada Lovelace", "Bo Berg", "Cy Costa"}


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
