"""Bringing lists of people in: what changes, what never does, and that there is no half."""

from datetime import date

import pytest
from django.core import mail

from bothways.core.models import Organisation, RecordedEvent
from bothways.people.actions import applying, checking, imports, members
from bothways.people.models import (
    Account,
    Invitation,
    Offer,
    Person,
    RosterRemark,
    SearchEntry,
    Team,
)
from bothways.people.queries import rosters
from tests import factories
from tests.factories.rosters import LIST, brought_in, listed, person, said


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
    assert set(SearchEntry.objects.values_list("person__email", flat=True)) == {"ada@x.example", admin.email}


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


def test_who_administered_and_left_comes_back_as_a_member_with_their_own_words(
    organisation: Organisation,
) -> None:
    factories.topic(organisation, "Nets")
    factories.member(organisation, "Boss", role=Person.Role.ADMINISTRATOR)
    ada = factories.member(
        organisation, "Ada, as she likes", email="ada@x.example", role=Person.Role.ADMINISTRATOR
    )
    members.leave(ada)
    roster = brought_in(
        "Name,Email,Job title,Ask me about\nAda Lovelace,ada@x.example,Analyst,nets\n", of=organisation
    )
    back = person("ada@x.example")
    assert (back.state, back.role, back.name) == ("invited", "member", "Ada, as she likes")
    assert back.title == "Analyst"
    assert (roster.counts["back"], roster.counts["changed_fields"]) == (1, {"title": 1})
    assert not Offer.objects.exists()


def test_who_leaves_while_the_list_waits_has_left(organisation: Organisation) -> None:
    ada = factories.member(organisation, "Ada", email="ada@x.example")
    roster = listed("Name,Email,Job title\nAda,ada@x.example,Analyst\n", of=organisation)
    assert roster.counts["back"] == 0
    members.leave(ada)
    applying.apply(imports.begin_apply(roster))
    assert person("ada@x.example").state == Person.State.LEFT


@pytest.mark.parametrize("role", [Person.Role.STEWARD, Person.Role.MEMBER])
def test_who_is_not_listed_any_more_keeps_no_role(organisation: Organisation, role: str) -> None:
    factories.member(organisation, "Bo", email="bo@x.example", role=role)
    brought_in("Name,Email\nAda,ada@x.example\n", of=organisation, mark_leavers=True)
    assert (person("bo@x.example").state, person("bo@x.example").role) == ("left", "member")


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
