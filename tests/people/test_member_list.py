"""The list of members: how each stands, whom one may look for, and the one next step."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from bothways.core import time
from bothways.core.models import Organisation
from bothways.people.actions import invitations
from bothways.people.models import Person, Team
from tests import factories

pytestmark = pytest.mark.django_db

MEMBERS = reverse("people_members", kwargs={"organisation": "harbour"})
NEXT = reverse("people_not_reached", kwargs={"organisation": "harbour"})


@pytest.fixture
def steward(organisation: Organisation, clock: time.Clock) -> Person:
    return factories.member(organisation, "Stella", role=Person.Role.STEWARD)


def awaited(organisation: Organisation, name: str) -> Person:
    return Person.objects.create(organisation=organisation, name=name, email=f"{name}@x.example".lower())


def looked(by: Person, **said: str) -> Any:
    return factories.signed_in(by).get(MEMBERS, said)


def names(by: Person, state: str) -> list[str]:
    return [each.name for each in looked(by, state=state).context["page"]]


def test_each_stands_with_their_work_and_how_far_they_are(steward: Person) -> None:
    nets = Team.objects.create(organisation=steward.organisation, name="Nets")
    factories.member(steward.organisation, "Ada", title="Rigger", team=nets)
    nina, otto = awaited(steward.organisation, "Nina"), awaited(steward.organisation, "Otto")
    invitations.invite([nina], by=steward)
    nina.invitations.update(sent_at=time.now() - timedelta(days=3))
    page = " ".join(looked(steward).content.decode().split())
    assert "<strong>Ada</strong>, Rigger, Nets" in page
    assert "has not been here" in page.split("<strong>Nina</strong>")[1].split("</li>")[0]
    assert "Not invited yet" in page.split(f"<strong>{otto.name}</strong>")[1].split("</li>")[0]
    assert "steward" in page.split("<strong>Stella</strong>")[1].split("</li>")[0]


def test_who_is_away_today_and_who_looks_after_things_are_found(steward: Person) -> None:
    today = time.today(steward.organisation.time_zone)
    days = {"away_from": today, "away_until": today + timedelta(days=3)}
    factories.member(steward.organisation, "Ada", **days)
    factories.member(
        steward.organisation,
        "Back",
        away_from=today - timedelta(days=9),
        away_until=today - timedelta(days=1),
    )
    factories.member(steward.organisation, "Gone", state=Person.State.LEFT, **days)
    assert names(steward, "away") == ["Ada"]
    assert names(steward, "looking-after") == ["Stella"]
    page = looked(steward).content.decode()
    assert page.count("Away until") == 1


def test_the_next_step_is_to_invite_where_somebody_may_be_invited(steward: Person) -> None:
    assert f'href="{NEXT}"' not in looked(steward).content.decode()
    nina = awaited(steward.organisation, "Nina")
    assert f'href="{NEXT}"' in looked(steward).content.decode()
    invitations.invite([nina], by=steward)
    assert f'href="{NEXT}"' not in looked(steward).content.decode(), "in a day again"


def test_declining_and_silence_look_the_same(steward: Person) -> None:
    silent, nays = awaited(steward.organisation, "Nina"), awaited(steward.organisation, "Otto")
    invitations.invite([silent, nays], by=steward)
    for each in (silent, nays):
        each.invitations.update(sent_at=time.now() - timedelta(days=3))
    invitations.decline(nays.invitations.get())
    page = looked(steward).content.decode()
    said = [page.split(f"<strong>{name}</strong>")[1].split("</li>")[0] for name in ("Nina", "Otto")]
    assert said[0] == said[1]


def test_nobody_found_says_what_to_do(steward: Person) -> None:
    assert "Nobody is called that" in looked(steward, q="Zed").content.decode()
    nobody = looked(steward, state="suspended").content.decode()
    assert "Choose above whom else to show" in nobody
    assert "Nobody is called that" not in nobody


def test_away_begins_and_ends_with_each_persons_own_day(steward: Person, clock: time.Clock) -> None:
    """Their page says so in the same hours, and the form for going away promises no more."""
    clock.advance(timedelta(hours=6))  # 15:00 in London, 04:00 of the next day in Auckland
    tomorrow = time.today("UTC") + timedelta(days=1)
    for name, zone in (("Ann", "Pacific/Auckland"), ("Lou", "America/Los_Angeles")):
        days = {"away_from": tomorrow, "away_until": tomorrow}
        factories.member(steward.organisation, name, time_zone=zone, **days)
    assert names(steward, "away") == ["Ann"]
    clock.advance(timedelta(days=1))
    assert names(steward, "away") == ["Lou"]
