"""Where mails lead. Whatever changes something leads to a page that asks first."""

from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core import signing
from django.urls import reverse

from bothways.connections.models import Introduction, Meeting
from bothways.connections.queries import answer_links
from bothways.core import environment
from bothways.core.models import Organisation
from bothways.inbox.kinds import Setting
from bothways.inbox.rules.words import address_name
from bothways.people.models import Invitation, Person
from bothways.people.queries import invitations
from bothways.ui import addresses

_OFF = signing.Signer(salt="bothways.inbox.turn-off", sep=".")


def absolute(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def sender() -> str:
    """The address that all mail comes from."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def sender_of(organisation: Organisation) -> str:
    """Who writes: under the name that was set; where none was, under the organisation's own."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((name if name != environment.OURS else address_name(organisation.name), address))


def to_inbox(organisation: str) -> str:
    return reverse("inbox", kwargs={"organisation": organisation})


def to_meeting(meeting: Meeting, person: Person) -> str:
    slug = person.organisation.slug
    return addresses.find("connections_meeting", organisation=slug, key=meeting.key) or to_inbox(slug)


def to_answer(introduction: Introduction, person: Person) -> str:
    """The page that shows all the choices without signing in, and asks for a press of a button."""
    return answer_links.path_of(introduction, person)


def to_join(invitation: Invitation) -> str:
    return invitations.path_of(invitation)


def to_feed(token: str) -> str:
    return absolute(reverse("inbox_ics", kwargs={"token": token}))


def to_turn_off(person: Person, setting: Setting) -> str:
    return reverse("inbox_unsubscribe", kwargs={"token": _OFF.sign(f"{person.key}.{setting}")})


def behind_turn_off(token: str) -> tuple[Person, Setting] | None:
    """Whose mail of which setting the link is about; None for a link that is not ours."""
    try:
        key, _, setting = _OFF.unsign(token).partition(".")
    except signing.BadSignature:
        return None
    person = Person.objects.here().filter(key=key).select_related("organisation").first()
    return (person, Setting(setting)) if person and setting in Setting.values else None
