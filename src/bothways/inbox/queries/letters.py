"""A mail's words, put together at the moment it is sent from what its receiver may see then."""

from dataclasses import dataclass
from textwrap import wrap
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings as site
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from bothways.connections.models import Introduction, Meeting, MoreAsked
from bothways.core import time
from bothways.inbox.kinds import KINDS, Kind, Setting
from bothways.inbox.kinds.values import values_of
from bothways.inbox.models import Mail, Message
from bothways.inbox.queries import answered, first_times, links, messages, settings, subjects
from bothways.inbox.queries.calendars import entry_of
from bothways.inbox.rules import calendar
from bothways.inbox.rules.words import isolated, one_line
from bothways.people.models import Person


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    html: str
    off_link: str
    calendar: bytes = b""
    method: str = ""


def compose(mail: Mail) -> Letter | None:
    """What to send now; None where nothing needs to be said any more."""
    person = mail.person
    with translation.override(person.organisation.language), timezone.override(person.time_zone):
        if mail.kind == Mail.DIGEST:
            return _digest(mail)
        kind = KINDS.get(mail.kind)
        subject = subjects.of(person, [mail.about]).get(mail.about)
        if kind is None or subject is None or not _wanted(kind, person, subject):
            return None
        return _letter(kind, person, subject)


def _wanted(kind: Kind, person: Person, subject: Any) -> bool:
    state = Person.State.INVITED if kind.setting == Setting.INVITATION else Person.State.ACTIVE
    if person.state != state or not kind.still(subject) or kind.setting in settings.turned_off(person):
        return False
    if kind.setting == Setting.REMINDERS:
        return answered.reminder_is_due(person, subject)
    return not isinstance(subject, MoreAsked) or answered.wants_to_hear(person, subject.introduction)


def _letter(kind: Kind, person: Person, subject: Any) -> Letter:
    values = values_of(subject, person)
    ics, method = _calendar(kind, person, subject)
    times = first_times.of(subject, person) if kind.name == "connected" else None
    shown = {
        "title": str(kind.title) % values,
        "paragraphs": times.paragraphs if times else [str(kind.mail_text or kind.text) % values],
        "quoted": (quoted := _quoted(subject)),
        "quoted_lines": [f"> {line}" for line in _wrapped(quoted)],
        "label": times.label if times else str(kind.label),
        "link": links.absolute((times and times.link) or _link(kind, person, subject)),
    }
    return _written(str(kind.subject) % values, person, kind.setting, shown, calendar=ics, method=method)


def _quoted(subject: Any) -> str:
    """The note its author wrote to be read by this person. Nothing else that people wrote is in a mail."""
    note = subject.note if isinstance(subject, Introduction) else ""
    return "\n".join(one_line(line, most=2000) for line in note.splitlines())


def _wrapped(text: str) -> list[str]:
    """Each line marked as somebody's words, so that none can pass for ours."""
    return [line for given in text.splitlines() for line in wrap(given, 70) or [""]]


def _link(kind: Kind, person: Person, subject: Any) -> str:
    if kind.setting == Setting.INVITATION:
        return links.to_join(subject)
    if kind.page == messages.INTRODUCTION_PAGE:
        return links.to_answer(getattr(subject, "introduction", subject), person)
    organisation = person.organisation.slug
    return messages.page_of(kind.page, organisation, subject) or links.to_inbox(organisation)


def _calendar(kind: Kind, person: Person, subject: Any) -> tuple[bytes, str]:
    if not kind.calendar or not isinstance(subject, Meeting) or subject.starts_at is None:
        return b"", ""
    entry = entry_of(subject, person, details=True)
    method = calendar.CANCEL if entry.cancelled else calendar.REQUEST
    name = one_line(person.name)
    ics = calendar.invitation(
        entry, method=method, organizer=links.sender(), attendee=person.email, name=name
    )
    return ics, method


def _digest(mail: Mail) -> Letter | None:
    person = mail.person
    off = settings.turned_off(person)
    if person.state != Person.State.ACTIVE or Setting.DIGEST in off:
        return None
    told = Message.objects.mine(person).there().filter(mailed_at=mail.created_at)
    rows = [
        row for row in messages.shown(person, told.order_by("-created_at", "key")) if not row.kind.at_once
    ]
    rows = [row for row in rows if row.kind.setting not in off and not row.answered]
    if not rows:
        return None
    subject = _("This morning at %(place)s") % {"place": one_line(person.organisation.name, most=60)}
    shown = {
        "title": _("Good morning, %(name)s") % {"name": isolated(one_line(person.name, most=60))},
        "rows": [(row.title, row.text, links.absolute(row.link)) for row in rows],
        "label": _("Open your inbox"),
        "link": links.absolute(links.to_inbox(person.organisation.slug)),
    }
    return _written(subject, person, Setting.DIGEST, shown)


def _written(
    subject: str,
    person: Person,
    setting: Setting,
    shown: dict[str, Any],
    *,
    calendar: bytes = b"",
    method: str = "",
) -> Letter:
    off_link = links.absolute(links.to_turn_off(person, setting))
    shown |= {
        "organisation": one_line(person.organisation.name),
        "setting": setting.label,
        "off_link": off_link,
        "language": translation.get_language() or "en",
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
    }
    text = render_to_string("mail/letter.txt", shown).strip() + "\n"
    html = render_to_string("mail/letter.html", shown)
    return Letter(one_line(subject), text, html, off_link, calendar, method)


def message_id(mail: Mail) -> str:
    """Stable: the same mail sent again carries the same one."""
    return f"<{mail.key}@{urlsplit(site.BASE_URL).hostname or 'localhost'}>"


def is_away(person: Person) -> bool:
    return person.is_away(time.today(person.time_zone))
