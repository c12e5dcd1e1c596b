"""A person's page shows what they chose to colleagues, managers no more; each writes their own."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bothways.core.models import Organisation
from bothways.core.time import Clock
from bothways.people.actions import offers, profiles
from bothways.people.models import NotWanted, Offer, Person, Want
from bothways.people.queries.search import matching_persons
from tests import factories

MINE = (
    *("people_me", "people_me_about", "people_me_words", "people_me_photo", "people_me_topics"),
    *("people_me_hours", "people_me_time", "people_me_away", "people_not_wanted", "people_leave"),
)


def address(name: str, **more: str) -> str:
    return reverse(name, kwargs={"organisation": "harbour", **more})


def page(client: Client, person: Person) -> str:
    return client.get(address("people_person", key=person.key)).content.decode()


def told(person: Person) -> dict[str, Any]:
    """The whole of the form about oneself, as a browser would send it back."""
    return {
        "name": person.name,
        "time_zone": person.time_zone,
        "language_0": "de",
        "language_1": "pt-br",
        "language_2": "de",
    }


@pytest.fixture
def ada(clock: Clock, organisation: Organisation) -> Person:
    manager = factories.member(organisation, "Mo Manager")
    ada = factories.member(
        organisation,
        "Ada Berg",
        manager=manager,
        pronouns="she",
        title="Crane engineer",
        brings="BRINGS-text",
        hopes="HOPES-text",
        about="ABOUT-text <script>alert(1)</script>",
        stretch="STRETCH-text",
        time_zone="Asia/Kolkata",
        budget_minutes=137,
        email="ada@harbour.example",
    )
    public, hidden = (
        factories.topic(organisation, "Shown-topic"),
        factories.topic(organisation, "Hidden-topic"),
    )
    offers.offer(ada, factories.topic(organisation, "Offered-topic"))
    offers.want(ada, public, shown=True)
    offers.want(ada, hidden)
    NotWanted.objects.create(person=ada, other=factories.member(organisation, "Una Unwanted"))
    return ada


def test_colleagues_see_what_was_chosen_and_nothing_else(ada: Person) -> None:
    bo = factories.member(ada.organisation, "Bo")
    html = page(factories.signed_in(bo), ada)
    for shown in ("Ada Berg", "she", "Crane engineer", "BRINGS-text", "HOPES-text", "ABOUT-text"):
        assert shown in html
    assert "Offered-topic" in html
    assert "Shown-topic" in html
    assert "It is 14:30 for Ada Berg" in html
    for private in ("Hidden-topic", "STRETCH-text", "137", ada.email, "Una Unwanted", "<script>alert"):
        assert private not in html


def test_a_manager_sees_no_more_than_anybody(ada: Person) -> None:
    bo = factories.member(ada.organisation, "Bo", time_zone="UTC")
    steward = factories.member(ada.organisation, "St", role=Person.Role.ADMINISTRATOR)
    assert ada.manager

    def without_viewer(viewer: Person) -> str:
        html = page(factories.signed_in(viewer), ada)
        main = html[html.index("<main") : html.index("</main>")]
        assert main
        return main

    assert without_viewer(ada.manager) == without_viewer(bo) == without_viewer(steward)


def test_what_is_shown_by_choice_is_shown(ada: Person) -> None:
    profiles.change(ada, {"stretch_shown": True, "email_shown": True})
    html = page(factories.signed_in(factories.member(ada.organisation)), ada)
    assert "STRETCH-text" in html
    assert ada.email in html


def test_somebody_away_says_until_when_only_while_away(ada: Person) -> None:
    client = factories.signed_in(factories.member(ada.organisation))
    Person.objects.filter(pk=ada.pk).update(away_from=date(2026, 3, 4), away_until=date(2026, 3, 9))
    assert "away until" not in page(client, ada)
    Person.objects.filter(pk=ada.pk).update(away_from=date(2026, 3, 2))
    assert "away until Mon 9 Mar" in page(client, ada)


def test_hours_in_common_stand_in_the_viewer_s_own_time(ada: Person) -> None:
    profiles.change(ada, {"hours": [[0, "14:00", "20:00"]]})
    bo = factories.member(ada.organisation, hours=[[0, "09:00", "11:00"]], time_zone="Europe/Berlin")
    assert "Mon 10:00–11:00" in page(factories.signed_in(bo), ada)


@pytest.mark.parametrize("state", [Person.State.LEFT, Person.State.SUSPENDED])
def test_whoever_is_gone_has_no_page(ada: Person, state: str) -> None:
    client = factories.signed_in(factories.member(ada.organisation))
    Person.objects.filter(pk=ada.pk).update(state=state)
    assert client.get(address("people_person", key=ada.key)).status_code == 404


def test_somebody_of_another_organisation_has_no_page_here(ada: Person) -> None:
    """The wall, from inside: the key of somebody beyond it, below one's own organisation."""
    zoe = factories.member(factories.organisation("elsewhere"), "Zoe")
    client = factories.signed_in(ada)
    assert client.get(address("people_person", key=factories.member(ada.organisation).key)).status_code == 200
    assert client.get(address("people_person", key=zoe.key)).status_code == 404


@pytest.mark.parametrize("name", MINE)
def test_my_pages_say_who_sees_what(ada: Person, name: str) -> None:
    answer = factories.signed_in(ada).get(address(name))
    assert answer.status_code == 200
    if name not in ("people_me", "people_leave"):
        assert "who-sees" in answer.content.decode()


def test_about_is_kept_and_found(ada: Person) -> None:
    client = factories.signed_in(ada)
    said = {**told(ada), "name": "Ada Lovelace", "time_zone": "Europe/Lisbon", "started_on": "2024-05-01"}
    assert client.post(address("people_me_about"), said).status_code == 302
    ada.refresh_from_db()
    assert (ada.name, ada.time_zone, ada.languages) == ("Ada Lovelace", "Europe/Lisbon", ["de", "pt-br"])
    assert (ada.started_on, ada.email_shown, ada.title) == (date(2024, 5, 1), False, "")
    assert matching_persons(ada.organisation, ["lovelace"], every=True).get() == ada
    assert not matching_persons(ada.organisation, ["berg"], every=True).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 121},
        {"time_zone": "Mars/Base"},
        {"language_0": "xx"},
        {"started_on": "2031-01-01"},
    ],
)
def test_what_makes_no_sense_is_said_and_kept_in_the_box(ada: Person, wrong: dict[str, str]) -> None:
    said = {**told(ada), "place": "Typed place", **wrong}
    answer = factories.signed_in(ada).post(address("people_me_about"), said)
    assert answer.status_code == 422
    assert "Typed place" in answer.content.decode()
    ada.refresh_from_db()
    assert ada.place == ""


def test_a_time_zone_of_old_is_kept(ada: Person) -> None:
    Person.objects.filter(pk=ada.pk).update(time_zone="Asia/Calcutta")
    ada.refresh_from_db()
    assert factories.signed_in(ada).post(address("people_me_about"), told(ada)).status_code == 302


def test_nobody_writes_what_is_not_theirs_to_say(ada: Person) -> None:
    with pytest.raises(ValueError, match="role"):
        profiles.change(ada, {"role": "administrator"})


def test_words_are_kept(ada: Person) -> None:
    said = {"brings": "New words", "stretch": "A talk", "stretch_shown": "on"}
    assert factories.signed_in(ada).post(address("people_me_words"), said).status_code == 302
    ada.refresh_from_db()
    assert (ada.brings, ada.hopes, ada.stretch, ada.stretch_shown) == ("New words", "", "A talk", True)


def test_topics_are_found_offered_wanted_and_taken_off(ada: Person) -> None:
    client = factories.signed_in(ada)
    topic = factories.topic(ada.organisation, "Public speaking", aliases=["presenting"])
    assert "Public speaking" in client.get(address("people_me_topics"), {"q": "presenting"}).content.decode()
    client.post(address("people_me_offers"), {"topic": topic.key})
    client.post(address("people_me_wants"), {"topic": topic.key, "shown": "yes", "quiet": "yes"})
    want = Want.objects.get(person=ada, topic=topic)
    assert (want.shown, want.suggest) == (True, False)
    found = client.get(address("people_me_topics"), {"q": "presenting"}).content.decode()
    assert "You have it on this page." in found
    assert "I would like to learn it" not in found
    assert matching_persons(ada.organisation, ["speaking"], every=True).get() == ada
    client.post(address("people_me_offers"), {"topic": topic.key, "stop": "yes"})
    client.post(address("people_me_wants"), {"topic": topic.key, "stop": "yes"})
    assert not Want.objects.filter(person=ada, topic=topic).exists()
    assert not matching_persons(ada.organisation, ["speaking"], every=True).exists()


def test_what_one_has_already_is_not_proposed(ada: Person) -> None:
    client = factories.signed_in(ada)
    for topic in (factories.topic(ada.organisation, name) for name in ("Knots", "Masts", "Nets")):
        Offer.objects.create(person=factories.member(ada.organisation), topic=topic)
    proposed = client.get(address("people_me_topics")).context["mine"].proposed
    assert len(proposed) == 3
    Offer.objects.create(person=ada, topic=proposed[0])
    Want.objects.create(person=ada, topic=proposed[1])
    assert client.get(address("people_me_topics")).context["mine"].proposed == proposed[2:]


def test_a_foreign_topic_is_unknown(ada: Person) -> None:
    factories.topic(factories.organisation("meadow"), "Beekeeping")
    for name in ("people_me_offers", "people_me_wants"):
        assert factories.signed_in(ada).post(address(name), {"topic": "beekeeping"}).status_code == 422
    assert not Offer.objects.filter(topic__key="beekeeping").exists()


def test_twenty_topics_are_enough(ada: Person) -> None:
    for number in range(offers.MOST - 1):
        offers.offer(ada, factories.topic(ada.organisation, f"Topic {number}"))
    with pytest.raises(offers.TooMany):
        offers.offer(ada, factories.topic(ada.organisation, "One more"))
    assert Offer.objects.filter(person=ada).count() == offers.MOST


def test_going_away_and_coming_back(ada: Person) -> None:
    client = factories.signed_in(ada)
    assert (
        client.post(address("people_me_away"), {"since": "2026-03-09", "until": "2026-03-08"}).status_code
        == 422
    )
    client.post(address("people_me_away"), {"since": "2026-03-02", "until": "2026-03-08"})
    ada.refresh_from_db()
    assert ada.is_away(date(2026, 3, 8))
    client.post(address("people_me_back"))
    ada.refresh_from_db()
    assert ada.away_until is None


def test_leaving_asks_first_and_then_is_done(ada: Person) -> None:
    client = factories.signed_in(ada)
    assert client.post(address("people_leave")).status_code == 422
    assert client.post(address("people_leave"), {"understood": "on"}).status_code == 302
    ada.refresh_from_db()
    assert ada.state == Person.State.LEFT
    assert client.get(address("people_me")).status_code == 404


def test_the_only_administrator_is_told_what_to_do_first(clock: Clock, organisation: Organisation) -> None:
    ada = factories.member(organisation, role=Person.Role.ADMINISTRATOR)
    answer = factories.signed_in(ada).post(address("people_leave"), {"understood": "on"})
    assert answer.status_code == 409
    assert "only administrator" in answer.content.decode()


@pytest.mark.parametrize("name", [*MINE, "people", "people_person"])
def test_a_page_costs_the_same_at_one_and_at_fifty(ada: Person, name: str) -> None:
    client = factories.signed_in(ada)
    more = {"key": ada.key} if name == "people_person" else {}

    def cost() -> int:
        client.get(address(name, **more))
        with CaptureQueriesContext(connection) as queries:
            client.get(address(name, **more))
        return len(queries)

    before = cost()
    for number in range(50):
        person = factories.member(ada.organisation)
        topic = factories.topic(ada.organisation, f"Many {number}")
        Offer.objects.create(person=person, topic=topic)
        Offer.objects.create(person=ada, topic=topic)
        Want.objects.create(person=ada, topic=topic, shown=True)
        NotWanted.objects.create(person=ada, other=person)
    assert cost() == before <= 20


def test_a_new_day_starts_nothing_on_my_pages(ada: Person, clock: Clock) -> None:
    clock.advance(timedelta(days=40))
    for name in MINE:
        assert factories.signed_in(ada).get(address(name)).status_code == 200


def test_who_sees_name_and_work_is_said_once_and_where_it_differs(ada: Person) -> None:
    said = factories.signed_in(ada).get(address("people_me_about")).content.decode()
    assert said.count("who-sees") == 2
    assert said.count("unless a box says otherwise") == 1
    assert "Everybody, if you tick this" in said


def test_one_language_is_asked_for_and_more_where_somebody_wants_them(ada: Person) -> None:
    client = factories.signed_in(ada)
    sight, behind = client.get(address("people_me_about")).content.decode().split("Another language")
    assert sight.count("<select") == 2, "a time zone and a language"
    assert behind.count("<select") == 3
    client.post(address("people_me_about"), told(ada))
    sight, behind = client.get(address("people_me_about")).content.decode().split("Another language")
    assert (sight.count("<select"), behind.count("<select")) == (3, 2)
