"""An invitation that is declined: nobody is told, and nobody is written to again."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bothways.core import time
from bothways.core.models import Organisation
from bothways.people.actions import invitations
from bothways.people.models import Invitation, Person
from bothways.people.queries.invitations import awaited, path_of
from tests import factories
from tests.factories.accounts import MASKED
from tests.factories.invitations import events_of, invited, steward

pytestmark = pytest.mark.django_db


def page(response: Any) -> str:
    return MASKED.sub("", response.content.decode())


def decline(invitation: Invitation) -> None:
    declined = Client().post(path_of(invitation), {"answer": "no"})
    assert declined.status_code == 200
    assert "nobody is told" in declined.content.decode()


def seen_by_steward(viewer: Person, person: Person) -> list[str]:
    client = factories.signed_in(viewer)
    paths = [
        reverse("people_not_reached", kwargs={"organisation": viewer.organisation.slug}),
        reverse("people_supply", kwargs={"organisation": viewer.organisation.slug}),
        reverse("people_member", kwargs={"organisation": viewer.organisation.slug, "key": person.key}),
    ]
    return [page(client.get(path)).replace(person.key, "K").replace(person.name, "N") for path in paths]


def test_a_steward_sees_what_silence_would_show(organisation: Organisation, clock: time.Clock) -> None:
    """Two organisations with the same story; in one the invitation is declined, in the other not."""
    seen: list[list[Any]] = []
    for slug in ("noes", "silent"):
        of = factories.organisation(slug, name="Somewhere")
        viewer, invitation = steward(of), invited(of, email="n@x.example")
        if slug == "noes":
            decline(invitation)
        read: list[Any] = [seen_by_steward(viewer, invitation.person)]
        with time.driven(time.now() + timedelta(days=15)):
            read.append(invitations.invite([invitation.person], by=viewer))
            read.append(seen_by_steward(viewer, invitation.person))
        seen.append([str(part).replace(slug, "SLUG").replace(viewer.key, "V") for part in read])
    assert seen[0] == seen[1]


def test_no_invitation_comes_again(organisation: Organisation, clock: time.Clock) -> None:
    invitation = invited(organisation)
    decline(invitation)
    before = len(events_of("PersonInvited"))
    clock.advance(timedelta(days=20))
    assert invitations.invite([invitation.person], by=steward(organisation)) == 1
    assert len(events_of("PersonInvited")) == before


def test_unless_they_come_to_the_door_themselves(organisation: Organisation, clock: time.Clock) -> None:
    invitation = invited(organisation)
    decline(invitation)
    before = len(events_of("PersonInvited"))
    clock.advance(timedelta(days=20))
    assert invitations.renew_for(invitation.person.email.upper()) == 1
    assert len(events_of("PersonInvited")) == before + 1


def test_a_stranger_who_types_their_address_does_not_undo_it(
    organisation: Organisation, clock: time.Clock
) -> None:
    """One link a week at most, and stewards' invitations still do not reach them."""
    invitation = invited(organisation)
    decline(invitation)
    before = len(events_of("PersonInvited"))
    for _ in range(7 * 4 * 2 + 1):
        assert invitations.renew_for(invitation.person.email) in (0, 1)
        clock.advance(timedelta(hours=6))
    assert len(events_of("PersonInvited")) == before + 2
    assert Invitation.objects.filter(declined_at__isnull=False).exists()
    clock.advance(timedelta(days=20))
    assert invitations.invite([invitation.person], by=steward(organisation)) == 1
    assert len(events_of("PersonInvited")) == before + 2


def test_the_door_leaves_the_same_traces_after_silence(organisation: Organisation, clock: time.Clock) -> None:
    """A steward could type the address and look whether anything was sent."""
    seen = []
    for slug in ("noes", "silent"):
        of = factories.organisation(slug)
        invitation = invited(of)
        if slug == "noes":
            decline(invitation)
        with time.driven(time.now()) as running:
            for _ in range(5):
                running.advance(timedelta(hours=2))
                invitations.renew_for(invitation.person.email)
            seen.append(vars(awaited(of.pk).get())["last_sent_at"])
    assert seen[0] == seen[1] == time.now() + timedelta(hours=10)


def test_who_said_yes_later_is_invited_as_everybody_after_coming_back(
    organisation: Organisation, clock: time.Clock
) -> None:
    invitation = invited(organisation)
    decline(invitation)
    clock.advance(timedelta(days=8))
    invitations.renew_for(invitation.person.email)
    invitations.confirm(Invitation.objects.latest("sent_at"), offers=[], minutes=60)
    before = len(events_of("PersonInvited"))
    clock.advance(timedelta(days=30))
    Person.objects.filter(pk=invitation.person_id).update(state=Person.State.INVITED)
    invitations.invite([invitation.person], by=steward(organisation))
    assert len(events_of("PersonInvited")) == before + 1


def test_it_can_be_taken_back_by_the_same_link(organisation: Organisation) -> None:
    invitation = invited(organisation)
    decline(invitation)
    assert Client().post(path_of(invitation), {"minutes": "60", "others": ""}).status_code == 302
    assert Person.objects.get(pk=invitation.person_id).state == "active"
