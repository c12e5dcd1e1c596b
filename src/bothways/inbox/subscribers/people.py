"""Invitations to join."""

from bothways.core.events import subscribe
from bothways.inbox.actions import mails
from bothways.inbox.queries.subjects import about
from bothways.people.events import PersonInvited
from bothways.people.models import Invitation


@subscribe(PersonInvited)
def invite(event: PersonInvited) -> None:
    invitation = Invitation.objects.select_related("person").get(key=event.invitation)
    mails.write(invitation.person, "invitation", about(invitation))
