"""Usual hours, and when two people's meet: right across time zones and on the days the clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bothways.core.models import Organisation
from bothways.people.forms.hours import Hours
from bothways.people.models import Person
from bothways.people.rules import hours, tongues
from bothways.people.rules.hours import Shift, in_common, read, spans
from tests import factories

NINE_TO_FIVE = [Shift(day, time(9), time(17)) for day in range(5)]
ZONES = [
    *("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "Australia/Lord_Howe"),
    *("America/St_Johns", "Pacific/Apia", "Asia/Tehran", "Africa/Casablanca"),
]
quarters = st.integers(0, 95).map(lambda quarter: time(quarter // 4, 15 * (quarter % 4)))
shifts = st.builds(Shift, st.integers(0, 6), quarters, quarters)
weeks = st.lists(shifts, max_size=6)
zones = st.sampled_from(ZONES)
whose = st.tuples(weeks, zones)
begins = st.datetimes(datetime(2025, 12, 1), datetime(2027, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))


Week = tuple[list[Shift], str]


def at_work(shifts: list[Shift], zone: str, moment: datetime) -> bool:
    """By definition, from the clock on the wall; asked only where the wall clock is not ambiguous."""
    local = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    for shift in shifts:
        for back in (0, 1):
            day = local.date() - timedelta(days=back)
            start = datetime.combine(day, shift.start)
            overnight = shift.end <= shift.start
            end = datetime.combine(day + timedelta(days=overnight), shift.end)
            if day.weekday() == shift.weekday and start <= local < end:
                return True
    return False


def clear(zone: str, moment: datetime) -> bool:
    """Whether the clocks stand still for three hours around the moment."""
    offsets = {(moment + timedelta(hours=by)).astimezone(ZoneInfo(zone)).utcoffset() for by in (-3, 0, 3)}
    return len(offsets) == 1


def inside(found: list[tuple[datetime, datetime]], moment: datetime) -> bool:
    return any(start <= moment < end for start, end in found)


def test_new_york_and_berlin_in_the_weeks_when_only_one_has_changed_its_clocks() -> None:
    def first(day: date) -> list[str]:
        begin = datetime.combine(day, time(0), UTC)
        met = in_common(
            NINE_TO_FIVE,
            "Europe/Berlin",
            NINE_TO_FIVE,
            "America/New_York",
            begin=begin,
            until=begin + timedelta(days=1),
        )
        return [f"{at.astimezone(ZoneInfo('Europe/Berlin')):%H:%M}" for span in met for at in span]

    assert first(date(2026, 3, 4)) == ["15:00", "17:00"]
    assert first(date(2026, 3, 11)) == ["14:00", "17:00"]
    assert first(date(2026, 4, 1)) == ["15:00", "17:00"]
    assert first(date(2026, 10, 28)) == ["14:00", "17:00"]


def test_a_night_shift_runs_into_the_next_day() -> None:
    night = [Shift(6, time(22), time(6))]
    begin = datetime(2026, 3, 2, tzinfo=UTC)
    met = spans(night, "UTC", begin=begin, until=begin + timedelta(days=1))
    assert met == [(begin, begin + timedelta(hours=6))]


def test_the_night_on_which_the_clocks_go_forward_is_an_hour_shorter() -> None:
    night = [Shift(5, time(22), time(6))]
    begin = datetime(2026, 3, 28, 12, tzinfo=UTC)
    ((start, end),) = spans(night, "Europe/Berlin", begin=begin, until=begin + timedelta(days=1))
    assert end - start == timedelta(hours=7)


def test_stored_hours_come_back_as_they_were() -> None:
    assert read([shift.stored() for shift in NINE_TO_FIVE]) == tuple(NINE_TO_FIVE)


@settings(max_examples=150, deadline=None)
@given(whose, whose, begins, st.lists(st.integers(0, 7 * 24 * 4 - 1), min_size=1, max_size=40))
def test_in_common_is_when_both_wall_clocks_say_so(
    mine: Week, theirs: Week, begin: datetime, quarters: list[int]
) -> None:
    met = in_common(*mine, *theirs, begin=begin, until=begin + timedelta(days=7))
    for quarter in quarters:
        moment = begin + timedelta(minutes=15 * quarter)
        if clear(mine[1], moment) and clear(theirs[1], moment):
            assert inside(met, moment) == (at_work(*mine, moment) and at_work(*theirs, moment))


@settings(max_examples=150, deadline=None)
@given(whose, whose, begins)
def test_what_is_common_is_the_same_for_both_in_order_and_apart(
    mine: Week, theirs: Week, begin: datetime
) -> None:
    until = begin + timedelta(days=9)
    met = in_common(*mine, *theirs, begin=begin, until=until)
    assert met == in_common(*theirs, *mine, begin=begin, until=until)
    flat = [at for span in met for at in span]
    assert flat == sorted(flat)
    assert all(begin <= start < end <= until for start, end in met)


@given(weeks, zones, begins)
def test_with_oneself_all_hours_are_common(week: list[Shift], zone: str, begin: datetime) -> None:
    until = begin + timedelta(days=7)
    assert in_common(week, zone, week, zone, begin=begin, until=until) == spans(
        week, zone, begin=begin, until=until
    )


@given(weeks, begins)
def test_without_daylight_saving_hours_add_up(week: list[Shift], begin: datetime) -> None:
    one_each = list({shift.weekday: shift for shift in week if shift.end > shift.start}.values())
    met = spans(one_each, "UTC", begin=begin, until=begin + timedelta(days=7))
    total = sum((end - start for start, end in met), timedelta())
    assert total == timedelta(minutes=sum(shift.minutes for shift in one_each))


def test_every_time_zone_on_the_list_is_one() -> None:
    offered = [name for _group, zones in tongues.time_zones() for name, _city in zones]
    assert len(offered) == len(set(offered)) > 300
    for name in offered:
        assert ZoneInfo(name)
    assert tongues.spoken_zone("Argentina/Buenos_Aires") == "Buenos Aires, Argentina"


def test_languages_stand_in_their_own_names() -> None:
    assert tongues.languages()["de"] == "Deutsch"
    assert all(tongues.languages().values())
    assert tongues.language_name("tlh") == "tlh"
    names = list(tongues.languages().values())
    assert names.index("català") < names.index("čeština") < names.index("dansk")
    assert names.index("hornjoserbsce") < names.index("Íslenska") < names.index("italiano")


def test_no_town_is_run_together() -> None:
    towns = [town for _group, zones in tongues.time_zones() for _name, town in zones]
    assert "Dumont d'Urville" in towns
    assert not [town for town in towns if "_" in town or "/" in town]


HOURS = "/harbour/me/hours/"


def test_hours_are_kept_by_form(organisation: Organisation) -> None:
    ada = factories.member(organisation)
    client = factories.signed_in(ada)
    said = {"start_0": "09:00", "end_0": "12:30", "start_4": "22:00", "end_4": "06:00"}
    assert client.post(HOURS, said).status_code == 302
    ada.refresh_from_db()
    assert ada.hours == [[0, "09:00", "12:30"], [4, "22:00", "06:00"]]
    html = client.get(HOURS).content.decode()
    assert 'value="12:30"' in html
    assert client.post(HOURS, {}).status_code == 302
    ada.refresh_from_db()
    assert ada.hours == []


@pytest.mark.parametrize(
    "said",
    [
        {"start_0": "09:00"},
        {"end_0": "09:00"},
        {"start_0": "09:00", "end_0": "09:00"},
        {"start_0": "25:00", "end_0": "x"},
    ],
)
def test_half_a_day_is_asked_about(organisation: Organisation, said: dict[str, str]) -> None:
    ada = factories.member(organisation)
    assert factories.signed_in(ada).post(HOURS, said).status_code == 422
    ada.refresh_from_db()
    assert ada.hours == []
    assert hours.read(ada.hours) == ()


def hours_after(ada: Person, **said: object) -> list[list[object]]:
    assert factories.signed_in(ada).post(HOURS, said).status_code == 302
    ada.refresh_from_db()
    return list(ada.hours)


def test_one_line_says_the_working_week_and_a_day_may_differ(organisation: Organisation) -> None:
    ada = factories.member(organisation)
    week = {"start_week": "09:00", "end_week": "17:00"}
    assert hours_after(ada, **week) == [[day, "09:00", "17:00"] for day in range(5)]
    page = factories.signed_in(ada).get(HOURS).content.decode()
    assert page.count('value="09:00"') == 1
    assert "<details >" in page
    kept = hours_after(
        ada, **week, start_1="12:00", end_1="20:00", free=["2"], start_5="10:00", end_5="11:00"
    )
    assert [day for day, _start, _end in kept] == [0, 1, 3, 4, 5]
    assert kept[1] == [1, "12:00", "20:00"]
    form = factories.signed_in(ada).get(HOURS).context["form"]
    said = {name: form[name].initial for name in form.fields if form[name].initial}
    assert said == {
        **{"start_week": time(9), "end_week": time(17), "start_1": time(12), "end_1": time(20)},
        **{"start_5": time(10), "end_5": time(11), "free": ["2"]},
    }


@given(weeks)
def test_hours_that_are_kept_as_they_stand_stay_as_they_are(week: list[Shift]) -> None:
    once = {shift.weekday: shift for shift in reversed(sorted(week)) if shift.start != shift.end}
    ada = Person(hours=[shift.stored() for shift in sorted(once.values())])
    shown = Hours(person=ada)
    sent = {name: shown[name].initial for name in shown.fields if shown[name].initial is not None}
    form = Hours(sent, person=ada)
    assert form.is_valid(), form.errors
    assert form.shifts() == sorted(once.values())
