"""What a message is about is found by whoever gets the message; else it would be dropped in silence."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core import mail

from bothways.connections.actions import concerns
from bothways.connections.models import Reflection
from bothways.core import worker
from bothways.core.models import Organisation
from bothways.core.time import Clock
from bothways.inbox.models import Mail, Message
from bothways.inbox.queries import subjects
from bothways.people.actions import invitations
from bothways.people.models import Invitation, Person
from tests import factories
from tests.factories.connections import connected
from tests.rails import objects
from tests.rails.visitors import Cast, cast

pytestmark = pytest.mark.django_db


def _reflection(cast: Cast) -> Reflection:
    """What `party` learned, shared with `owner`."""
    meeting = objects.of_model("connections.Meeting", cast)
    return Reflection.objects.create(
        meeting=meeting, author=cast.people["party"], learned="Knots", shared=True
    )


def _invitation(cast: Cast) -> Invitation:
    person = cast.people["invited"]
    invitations.invite([person], by=cast.people["steward"])
    return Invitation.objects.get(person=person)


OTHERS = {"connections.Reflection": _reflection, "people.Invitation": _invitation}
READERS = {"people.Invitation": ("invited",), "connections.Reflection": ("owner",), "ask.Ask": ("owner",)}
READERS["programs.Rehearsal"] = ("steward of the program",)


@pytest.mark.parametrize("model", subjects._SORTS, ids=lambda model: model._meta.label)
def test_whoever_gets_a_message_finds_what_it_is_about(model: Any, clock: Clock) -> None:
    label, here = model._meta.label, cast()
    make = OTHERS.get(label)
    thing = make(here) if make else objects.of_model(label, here)
    about = subjects.about(thing)
    for reader in READERS.get(label, ("owner", "party")):
        assert subjects.of(here.people[reader], [about]) == {about: thing}
    assert subjects.of(here.people["member"], [about]) == {} or label == "connections.Introduction"
    assert subjects.of(here.people["foreign administrator"], [about]) == {}


def test_a_concern_reaches_the_person_it_was_told_to_and_the_reply_its_teller(
    organisation: Organisation, clock: Clock
) -> None:
    clock.at = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
    ada, ben = factories.member(organisation, "Ada"), factories.member(organisation, "Ben")
    sten = factories.member(organisation, "Sten", role=Person.Role.STEWARD)
    concern = concerns.tell(connected(ada, ben), "I was shouted at", by=ada, to=sten)
    worker.drain()
    (told,) = [letter for letter in mail.outbox if sten.email in letter.to[0]]
    assert "shouted" not in str(told.message())
    message = Message.objects.get(person=sten, kind="concern")
    inbox = factories.signed_in(sten).get("/harbour/inbox/").content.decode()
    assert f"/harbour/inbox/{message.key}/" in inbox
    mail.outbox.clear()
    concerns.reply(concern, "Come and see me", by=sten)
    worker.drain()
    (answered,) = mail.outbox
    assert ada.email in answered.to[0]
    assert "Come and see me" not in str(answered.message())
    assert not Mail.objects.filter(person=ben, kind__startswith="concern").exists()
