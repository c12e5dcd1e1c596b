"""Away is recorded once, when it begins where the person lives; then whatever is open ends."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from bothways.core.models import Organisation, RecordedEvent
from bothways.core.time import Clock
from bothways.people.actions import absences, members, roles
from bothways.people.models import Person
from tests import factories

TODAY = date(2026, 3, 2)


def told(person: Person) -> int:
    return RecordedEvent.objects.filter(name="people.PersonWentAway", payload={"person": person.key}).count()


def test_away_from_today_is_recorded_at_once(clock: Clock, organisation: Organisation) -> None:
    ada = factories.member(organisation)
    absences.go_away(ada, since=TODAY, until=TODAY + timedelta(days=3))
    assert told(ada) == 1
    absences.begin_due()
    assert told(ada) == 1


def test_a_later_absence_begins_on_its_day_in_the_person_s_own_time_zone(
    clock: Clock, organisation: Organisation
) -> None:
    kiri = factories.member(organisation, time_zone="Pacific/Auckland")
    lee = factories.member(organisation, time_zone="America/Los_Angeles")
    for person in (kiri, lee):
        absences.go_away(person, since=date(2026, 3, 5), until=date(2026, 3, 6))
    assert told(kiri) == told(lee) == 0
    clock.move_to(datetime(2026, 3, 4, 11, 30, tzinfo=UTC))  # half past midnight on the fifth in Auckland
    absences.begin_due()
    assert (told(kiri), told(lee)) == (1, 0)
    clock.move_to(datetime(2026, 3, 5, 8, 30, tzinfo=UTC))
    absences.begin_due()
    assert (told(kiri), told(lee)) == (1, 1)


def test_a_page_says_one_thing_about_somebody_away_in_another_time_zone(
    clock: Clock, organisation: Organisation
) -> None:
    """Their first day away has begun where they live and not yet, or no longer, where the viewer does."""
    kiri = factories.member(organisation, "Kiri", time_zone="Pacific/Auckland")
    client = factories.signed_in(factories.member(organisation, "Lee", time_zone="America/Los_Angeles"))
    absences.go_away(kiri, since=date(2026, 3, 5), until=date(2026, 3, 5))
    path = reverse("people_person", kwargs={"organisation": organisation.slug, "key": kiri.key})
    read = []
    for moment in (datetime(2026, 3, 4, 12, tzinfo=UTC), datetime(2026, 3, 5, 12, tzinfo=UTC)):
        clock.move_to(moment)
        page = client.get(path).content.decode()
        read.append(("is away until" in page, "Ask Kiri quietly" in page))
    assert read == [(True, False), (False, True)]


def test_no_page_leaves_its_viewers_clocks_behind(organisation: Organisation) -> None:
    kiri = factories.member(organisation, time_zone="Pacific/Auckland")
    factories.signed_in(kiri).get(f"/{organisation.slug}/me/")
    assert timezone.get_current_timezone_name() == "UTC"


def test_an_absence_that_was_called_off_never_begins(clock: Clock, organisation: Organisation) -> None:
    ada = factories.member(organisation)
    absences.go_away(ada, since=TODAY + timedelta(days=2), until=TODAY + timedelta(days=3))
    absences.come_back(ada)
    clock.advance(timedelta(days=2))
    assert absences.begin_due() == 0
    ada.refresh_from_db()
    assert (ada.away_from, ada.away_until, told(ada)) == (None, None, 0)


def test_one_that_was_slept_through_does_not_begin_afterwards(
    clock: Clock, organisation: Organisation
) -> None:
    ada = factories.member(organisation)
    absences.go_away(ada, since=TODAY + timedelta(days=1), until=TODAY + timedelta(days=1))
    clock.advance(timedelta(days=5))
    assert absences.begin_due() == 0
    assert absences.forget_past() == 1
    ada.refresh_from_db()
    assert ada.away_until is None


def test_an_absence_of_today_is_not_forgotten(clock: Clock, organisation: Organisation) -> None:
    ada = factories.member(organisation)
    absences.go_away(ada, since=TODAY, until=TODAY)
    assert absences.forget_past() == 0


def test_away_is_never_among_the_available_and_back_is(clock: Clock, organisation: Organisation) -> None:
    ada = factories.member(organisation)
    absences.go_away(ada, since=TODAY, until=TODAY + timedelta(days=3))
    assert not Person.objects.available(TODAY).exists()
    absences.come_back(ada)
    assert Person.objects.available(TODAY).get() == ada


@pytest.mark.parametrize(
    ("since", "until", "refusal"),
    [
        (TODAY, TODAY - timedelta(days=1), absences.Backwards),
        (TODAY - timedelta(days=9), TODAY - timedelta(days=1), absences.Past),
        (TODAY, TODAY + timedelta(days=900), absences.TooLong),
    ],
)
def test_days_that_make_no_sense_are_refused(
    clock: Clock, organisation: Organisation, since: date, until: date, refusal: type[Exception]
) -> None:
    ada = factories.member(organisation)
    with pytest.raises(refusal):
        absences.go_away(ada, since=since, until=until)
    ada.refresh_from_db()
    assert ada.away_from is None


def test_who_leaves_is_gone_by_the_next_request(clock: Clock, organisation: Organisation) -> None:
    ada = factories.member(organisation)
    client = factories.signed_in(ada)
    assert client.get("/harbour/people/").status_code == 200
    members.leave(ada)
    assert told(ada) == 1
    assert client.get("/harbour/people/").status_code == 404


def test_the_only_administrator_cannot_leave(clock: Clock, organisation: Organisation) -> None:
    ada = factories.member(organisation, role=Person.Role.ADMINISTRATOR)
    with pytest.raises(roles.LastAdministrator):
        members.leave(ada)
    ada.refresh_from_db()
    assert ada.state == Person.State.ACTIVE
