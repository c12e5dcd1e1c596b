"""Who may be suggested at all: each rule removes somebody, and nothing else does."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bothways.ask.matchmaking import suggesting
from bothways.ask.queries import candidates, left_out
from bothways.ask.sources import Inquiry
from bothways.connections.actions import queues
from bothways.connections.actions.queues import Approved
from bothways.connections.models import Connection
from bothways.core import time
from bothways.core.models import Organisation
from bothways.people.actions import topics
from bothways.people.models import NotWanted, Offer, Person, Team, Want
from tests import factories
from tests.factories.asking import SPEAKING, offering, subject

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

SENTENCE = "I am nervous about public speaking"


def names(
    asker: Person,
    sentence: str = SENTENCE,
    *,
    struck: frozenset[str] = frozenset(),
    with_line: bool = False,
) -> list[str]:
    """Whom an ask suggests; the rules as Home asks them must allow the very same people."""
    everybody = list(Person.objects.values_list("key", flat=True))
    still = {person.key for person in candidates.still_suggested(asker, everybody)}
    assert still == set(candidates.may_be_suggested(asker).values_list("key", flat=True))
    return _suggested(asker, sentence, struck=struck, with_line=with_line)


def _suggested(asker: Person, sentence: str = SENTENCE, **wishes: Any) -> list[str]:
    inquiry = Inquiry(person=asker, sentence=sentence, **wishes)
    return [each.person.name for each in suggesting.people_for(inquiry)]


@pytest.fixture
def ada(organisation: Organisation) -> Person:
    return factories.member(organisation, "Ada")


def test_somebody_who_offers_it_is_suggested_with_the_reason(ada: Person) -> None:
    offering(ada.organisation, "Ben")
    found = suggesting.people_for(Inquiry(person=ada, sentence=SENTENCE))
    assert [each.person.name for each in found] == ["Ben"]
    assert found[0].reason == {"kind": "offers", "topic": SPEAKING}
    assert found[0].why == f"Talks about {SPEAKING.lower()}."


def test_somebody_whose_own_words_say_it_is_suggested(ada: Person) -> None:
    offering(ada.organisation, "Ben", "Welding", about="I restore old harbour cranes at the weekend.")
    found = suggesting.people_for(Inquiry(person=ada, sentence="I am fascinated by cranes"))
    assert found[0].reason == {"kind": "words", "words": "cranes"}


@pytest.mark.parametrize(
    "fields",
    [
        {"state": Person.State.INVITED},
        {"state": Person.State.SUSPENDED},
        {"state": Person.State.LEFT},
        {"has_room": False},
        {"away_from": date(2026, 3, 1), "away_until": date(2026, 3, 9)},
        {"languages": ["pt"]},
    ],
    ids=lambda fields: str(next(iter(fields))),
)
def test_who_is_not_available_is_not_suggested(ada: Person, fields: dict[str, Any]) -> None:
    offering(ada.organisation, "Ben", **fields)
    assert names(ada) == []


def test_who_said_nothing_of_languages_speaks_what_is_spoken_here(ada: Person) -> None:
    offering(ada.organisation, "Ben", languages=[])
    offering(ada.organisation, "Cleo", languages=["pt", "en"])
    assert sorted(names(ada)) == ["Ben", "Cleo"]


def test_a_language_is_not_found_in_another_ones_name(ada: Person) -> None:
    offering(ada.organisation, "Ben", languages=["en-gb"])
    assert names(ada) == []


def test_nobody_of_another_organisation_and_not_oneself(ada: Person) -> None:
    offering(factories.organisation("meadow"), "Mo")
    offering(ada.organisation, "Ben")
    asker = offering(ada.organisation, "Cleo")
    assert names(asker) == ["Ben"]


def test_ones_own_private_list_removes_and_only_removes(ada: Person) -> None:
    ben, _cleo = offering(ada.organisation, "Ben"), offering(ada.organisation, "Cleo")
    NotWanted.objects.create(person=ada, other=ben)
    assert names(ada) == ["Cleo"]


def test_anothers_private_list_removes_with_the_night_when_places_change_too(
    ada: Person, clock: time.Clock
) -> None:
    """Whoever asks the same twice in a day must not see that somebody has gone in between."""
    ben, _cleo = offering(ada.organisation, "Ben"), offering(ada.organisation, "Cleo")
    before = names(ada)
    NotWanted.objects.create(person=ben, other=ada)
    assert names(ada) == before
    clock.advance(timedelta(hours=18))  # three o'clock
    assert names(ada) == ["Cleo"]


@pytest.mark.parametrize(("hour", "night"), [(1, 1), (2, 2), (23, 2)])
def test_the_night_is_at_two_by_utc(hour: int, night: int) -> None:
    now = datetime(2026, 3, 2, hour, tzinfo=UTC)
    assert left_out.last_night(now) == datetime(2026, 3, night, 2, tzinfo=UTC)


def test_the_reporting_line_is_left_out_both_ways_unless_asked_for(organisation: Organisation) -> None:
    top = offering(organisation, "Top")
    middle = offering(organisation, "Middle", manager=top)
    low = offering(organisation, "Low", manager=middle)
    offering(organisation, "Beside", manager=top)
    assert names(low) == ["Beside"]
    assert names(top) == []
    assert sorted(names(middle)) == ["Beside"]
    assert sorted(names(middle, with_line=True)) == ["Beside", "Low", "Top"]


def test_who_is_connected_is_left_out_and_after_the_end_for_180_days(ada: Person, clock: time.Clock) -> None:
    ben = offering(ada.organisation, "Ben")
    met = Connection.objects.create(
        organisation=ada.organisation, first=ben, second=ada, kind="conversation", note="", since=time.now()
    )
    assert names(ada) == []
    Connection.objects.filter(pk=met.pk).update(state="ended", moved_at=time.now())
    assert names(ada) == []
    clock.advance(timedelta(days=181))
    assert names(ada) == ["Ben"]


def test_the_whole_approved_list_is_left_out_alike_for_180_days(ada: Person, clock: time.Clock) -> None:
    people = [offering(ada.organisation, name) for name in ("Ben", "Cleo", "Dan", "Eve")]
    queues.open(ada, [Approved(each) for each in people], kind="conversation", note="A word?")
    assert names(ada) == []
    clock.advance(timedelta(days=179))
    assert names(ada) == []
    clock.advance(timedelta(days=2))
    assert sorted(names(ada)) == ["Ben", "Cleo", "Dan", "Eve"]


def test_who_is_asked_does_not_get_the_asker_suggested(ada: Person) -> None:
    ben = offering(ada.organisation, "Ben")
    asker = offering(ada.organisation, "Zoe")
    queues.open(asker, [Approved(ben)], kind="conversation", note="A word?")
    assert names(ben) == []


def test_struck_people_make_room_for_others(ada: Person) -> None:
    people = [offering(ada.organisation, f"P{number}") for number in range(7)]
    first = names(ada)
    struck = frozenset(person.key for person in people if person.name in first)
    assert len(first) == 5
    assert set(names(ada, struck=struck)) == {person.name for person in people} - set(first)


def test_a_merged_topic_leads_to_the_one_that_took_its_place(ada: Person) -> None:
    offering(ada.organisation, "Ben", "Rhetoric")
    old, new = subject(ada.organisation, "Rhetoric"), subject(ada.organisation, SPEAKING)
    assert names(ada) == []
    topics.merge(old, into=new)
    assert names(ada, "rhetoric") == ["Ben"]
    assert names(ada) == ["Ben"]


def test_a_renamed_topic_is_found_by_its_new_name_at_once(ada: Person) -> None:
    offering(ada.organisation, "Ben", "Rhetoric")
    assert names(ada, "volcanology") == []
    topics.rename(subject(ada.organisation, "Rhetoric"), name="Volcanology", group="craft", aliases=[])
    assert names(ada, "volcanology") == ["Ben"]


def test_a_title_never_speaks_for_anybody(ada: Person) -> None:
    offering(ada.organisation, "Ben", "Welding", title="Senior volcanology director")
    assert names(ada, "volcanology director") == []


def test_the_same_for_every_title_and_date_of_start(ada: Person) -> None:
    for number in range(8):
        offering(ada.organisation, f"P{number}")
    before = names(ada)
    Person.objects.filter(organisation=ada.organisation).update(title="Chief", started_on="1990-01-01")
    Person.objects.filter(name__in=before[:2]).update(title="Apprentice", started_on="2026-03-01")
    assert names(ada) == before


def test_somebody_of_another_team_is_among_them(ada: Person) -> None:
    red = Team.objects.create(organisation=ada.organisation, name="Red")
    blue = Team.objects.create(organisation=ada.organisation, name="Blue")
    Person.objects.filter(pk=ada.pk).update(team=red)
    for number in range(6):
        offering(ada.organisation, f"Red {number}", team=red, wants=("Email",), brings="Much")
    offering(ada.organisation, "Blue", team=blue)
    ada.refresh_from_db()
    assert "Blue" in names(ada)


def test_both_ways_what_they_would_like_to_learn_counts_where_they_show_it(ada: Person) -> None:
    Offer.objects.create(person=ada, topic=subject(ada.organisation, "Email"))
    offering(ada.organisation, "Shows", wants=("Email",))
    hides = offering(ada.organisation, "Hides")
    Want.objects.create(person=hides, topic=subject(ada.organisation, "Email"), shown=False)
    found = suggesting.people_for(Inquiry(person=ada, sentence=SENTENCE))
    assert found[0].person.name == "Shows"
    assert {"kind": "wants", "topic": "Email"} in found[0].reasons
    assert all(reason["kind"] != "wants" for reason in found[1].reasons)


def test_as_many_queries_for_fifty_as_for_one(ada: Person) -> None:
    offering(ada.organisation, "Ben", about="speaking")
    _suggested(ada)
    with CaptureQueriesContext(connection) as one:
        _suggested(ada)
    for number in range(49):
        offering(ada.organisation, f"P{number}", about="speaking", wants=("Email",))
    _suggested(ada)
    with CaptureQueriesContext(connection) as fifty:
        assert len(_suggested(ada)) == 5
    assert len(fifty) == len(one) <= 8
