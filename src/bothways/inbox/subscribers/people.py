"""Invitations to join; calendars of people who are gone."""

from bothways.core.events import subscribe
from bothways.inbox.actions import feeds, mails
from bothways.inbox.queries.subjects import about
from bothways.people.events import PersonInvited, PersonWentAway
from bothways.people.models import Invitation, Person


@subscribe(PersonInvited)
def invite(event: PersonInvited) -> None:
    invitation = Invitation.objects.select_related("person").get(key=event.invitation)
    mails.write(invitation.person, "invitation", about(invitation))


@subscribe(PersonWentAway)
def close_calendar(event: PersonWentAway) -> None:
    """Whoever left or was suspended has no feed, also not when they come back; the absent keep theirs."""
    gone = Person.objects.exclude(state__in=(Person.State.ACTIVE, Person.State.INVITED))
    if person := gone.filter(key=event.person).first():
        feeds.revoke(person)
