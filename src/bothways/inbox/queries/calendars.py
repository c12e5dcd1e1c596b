"""Meetings as calendar entries of one of the two."""

import hashlib
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from bothways.connections.models import Meeting
from bothways.core import time
from bothways.inbox.models import Feed
from bothways.inbox.queries import links
from bothways.inbox.rules import calendar
from bothways.inbox.rules.calendar import Entry
from bothways.inbox.rules.words import one_line
from bothways.people.models import Person

BACK = timedelta(days=60)
MOST = 500
_SHOWN = (Meeting.State.PICKED, Meeting.State.HELD, Meeting.State.MISSED, Meeting.State.CANCELLED)


def entry_of(meeting: Meeting, person: Person, *, details: bool) -> Entry:
    """The meeting as this person's calendar shows it; without details a time that is taken, no more."""
    if meeting.starts_at is None:
        raise ValueError("A meeting without a time has no place in a calendar.")
    title = _("Busy")
    if details:
        other = meeting.connection.other(person)
        title = _("Meeting %(other)s") % {"other": one_line(other.name)}
    return Entry(
        uid=f"{meeting.key}@{urlsplit(settings.BASE_URL).hostname or 'localhost'}",
        sequence=meeting.sequence,
        starts_at=meeting.starts_at,
        minutes=meeting.minutes,
        title=title,
        where=one_line(meeting.where, most=300) if details else "",
        link=links.absolute(links.to_meeting(meeting, person)) if details else "",
        cancelled=meeting.state == Meeting.State.CANCELLED,
        changed_at=time.now(),
    )


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def feed_of(token: str) -> bytes | None:
    """The feed behind a token; None for one that is not, or no longer, somebody's."""
    feed = (
        Feed.objects.filter(token_hash=hashed(token), person__state=Person.State.ACTIVE)
        .filter(person__account__is_active=True)
        .select_related("person__organisation")
        .first()
    )
    if feed is None:
        return None
    person = feed.person
    since = time.now() - BACK
    meetings = Meeting.objects.ours(person).filter(state__in=_SHOWN, starts_at__gt=since)
    with translation.override(person.organisation.language):
        entries = [
            entry_of(meeting, person, details=feed.details)
            for meeting in meetings.order_by("starts_at", "key")[:MOST]
        ]
        return calendar.feed(entries, name=one_line(person.organisation.name))
