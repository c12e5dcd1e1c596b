"""Which mail one gets: what is asked, of whom, and what is kept."""

import pytest
from django.urls import reverse

from bothways.core import time
from bothways.core.models import Organisation
from bothways.inbox.kinds import KINDS, Setting
from bothways.inbox.models import TurnedOff
from bothways.people.models import Person
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def ben(organisation: Organisation, clock: time.Clock) -> Person:
    return factories.member(organisation, "Ben")


def address(name: str) -> str:
    return reverse(name, kwargs={"organisation": "harbour"})


def page(person: Person, name: str) -> str:
    response = factories.signed_in(person).get(address(name))
    assert response.status_code == 200
    return response.content.decode()


def test_settings_are_kept(ben: Person) -> None:
    client = factories.signed_in(ben)
    text = page(ben, "inbox_settings")
    assert text.count("checked") >= 8
    response = client.post(address("inbox_settings"), {"wanted": ["introductions", "digest"]})
    assert response.status_code == 302
    off = set(TurnedOff.objects.values_list("setting", flat=True))
    assert {"introductions", "digest", "invitation"} & off == set()
    assert {"messages", "meetings", "reminders"} <= off
    client.post(address("inbox_settings"), {"wanted": ["messages"]})
    off = set(TurnedOff.objects.values_list("setting", flat=True))
    assert "messages" not in off
    assert {"introductions", "digest"} <= off


def test_only_mail_that_one_can_get_is_asked_about(ben: Person, organisation: Organisation) -> None:
    """Of what is not shown nothing changes: whoever becomes a steward finds it on."""
    client, theirs = factories.signed_in(ben), 'value="programs"'
    assert theirs not in page(ben, "inbox_settings")
    assert client.post(address("inbox_settings"), {"wanted": ["programs"]}).status_code == 422
    client.post(address("inbox_settings"), {"wanted": ["messages"]})
    assert not TurnedOff.objects.filter(setting__in=("programs", "invitation")).exists()
    Person.objects.filter(pk=ben.pk).update(role=Person.Role.STEWARD)
    assert theirs in page(ben, "inbox_settings")
    client.post(address("inbox_settings"), {"wanted": ["messages"]})
    assert TurnedOff.objects.filter(setting="programs").exists()
    Person.objects.filter(pk=ben.pk).update(role=Person.Role.MEMBER)
    client.post(address("inbox_settings"), {"wanted": ["digest"]})
    assert TurnedOff.objects.filter(setting="programs").exists()


def test_every_kind_of_mail_obeys_a_setting_that_its_reader_is_asked_about() -> None:
    """What any member may get is shown to any member; rehearsals alone are for who runs programs."""
    of_all = Setting.of(frozenset({"member"}))
    apart = {name for name, kind in KINDS.items() if kind.setting not in of_all}
    assert apart == {"invitation", "rehearsal_done", "rehearsal_failed"}
    assert Setting.PROGRAMS in Setting.of(frozenset({"member", "steward"}))


def test_a_setting_that_is_none_is_refused_in_place(ben: Person) -> None:
    response = factories.signed_in(ben).post(address("inbox_settings"), {"wanted": ["nonsense"]})
    assert response.status_code == 422
    assert not TurnedOff.objects.exists()
