"""The list of people one would rather not be introduced to: its author sees it, nobody can infer it."""

import logging
import re

import pytest
from django.urls import reverse

from bothways.core.models import Organisation, RecordedEvent
from bothways.core.time import Clock
from bothways.people.actions import not_wanted, search
from bothways.people.models import NotWanted, Person
from tests import factories

LIST = "/harbour/me/rather-not/"


@pytest.fixture
def pair(clock: Clock, organisation: Organisation) -> tuple[Person, Person]:
    ada, bo = factories.member(organisation, "Ada Berg"), factories.member(organisation, "Bo Strand")
    search.rebuild(organisation)
    return ada, bo


def test_somebody_is_looked_for_put_on_the_list_and_taken_off(pair: tuple[Person, Person]) -> None:
    ada, bo = pair
    client = factories.signed_in(ada)
    found = client.post(LIST, {"name": "stra"})
    assert found.status_code == 200
    assert bo.key in found.content.decode()
    assert client.post(LIST, {"do": "add", "person": bo.key}).status_code == 302
    assert client.post(LIST, {"do": "add", "person": bo.key}).status_code == 302
    assert NotWanted.objects.get().other == bo
    assert "Bo Strand" in client.get(LIST).content.decode()
    assert client.post(LIST, {"do": "remove", "person": bo.key}).status_code == 302
    assert not NotWanted.objects.exists()


def test_whoever_left_can_be_on_the_list_and_come_off_it(pair: tuple[Person, Person]) -> None:
    ada, bo = pair
    not_wanted.add(ada, bo)
    Person.objects.filter(pk=bo.pk).update(state=Person.State.LEFT)
    client = factories.signed_in(ada)
    assert "Bo Strand" in client.get(LIST).content.decode()
    client.post(LIST, {"do": "remove", "person": bo.key})
    assert not NotWanted.objects.exists()


def test_oneself_and_strangers_never_get_on_it(pair: tuple[Person, Person]) -> None:
    ada, _ = pair
    stranger = factories.member(factories.organisation("meadow"), "Stranger")
    client = factories.signed_in(ada)
    for key in (ada.key, stranger.key, "nonsense", ""):
        assert client.post(LIST, {"do": "add", "person": key}).status_code == 422
    with pytest.raises(not_wanted.Oneself):
        not_wanted.add(ada, ada)
    assert not NotWanted.objects.exists()


def everything_seen(viewer: Person, *others: Person) -> list[str]:
    """Every page of people that the viewer can open, with what differs by request taken out."""
    client = factories.signed_in(viewer)
    addresses = [
        *(reverse("people_person", kwargs={"organisation": "harbour", "key": each.key}) for each in others),
        *(
            reverse(name, kwargs={"organisation": "harbour"})
            for name in ("people", "people_me", "people_me_time")
        ),
        *("/harbour/people/?q=ada", "/harbour/people/?q=strand", LIST),
    ]
    seen = []
    for address in addresses:
        answer = client.get(address)
        text = answer.content.decode()
        token = client.cookies["csrftoken"].value if "csrftoken" in client.cookies else "-"
        seen.append(f"{answer.status_code} {sorted(answer.headers.items())} {_masked(text, token)}")
    return seen


def _masked(text: str, token: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text).replace(token, "")


def test_nobody_else_can_tell_whether_they_are_on_it(pair: tuple[Person, Person]) -> None:
    ada, bo = pair
    steward = factories.member(ada.organisation, "St", role=Person.Role.ADMINISTRATOR)
    observers = (bo, steward)
    before = [everything_seen(each, ada, bo) for each in observers]
    events = RecordedEvent.objects.count()
    not_wanted.add(ada, bo)
    after = [everything_seen(each, ada, bo) for each in observers]
    assert before == after
    assert RecordedEvent.objects.count() == events
    assert "Bo Strand" in everything_seen(ada, ada, bo)[-1]


def test_the_name_that_was_looked_for_stands_in_no_log(
    pair: tuple[Person, Person], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        factories.signed_in(pair[0]).post(LIST, {"name": "Strand"})
    lines = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
    assert not any("Strand" in line for line in lines)
