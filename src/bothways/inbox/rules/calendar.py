"""Meetings as iCalendar (RFC 5545, 5546): what other people's calendars make of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Calendar, Event, vCalAddress, vText

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"


@dataclass(frozen=True)
class Entry:
    """One meeting as one person's calendar shows it. Times are aware; the written ones are in UTC."""

    uid: str
    sequence: int
    starts_at: datetime
    minutes: int
    title: str
    where: str
    link: str
    cancelled: bool
    changed_at: datetime


def invitation(entry: Entry, *, method: str, organizer: str, attendee: str, name: str) -> bytes:
    """What goes with a mail. Only its receiver is named as attending: nobody's address is given away."""
    event = _event(entry)
    event.add("ORGANIZER", _address(organizer, "Bothways"))
    person = _address(attendee, name)
    person.params["PARTSTAT"] = vText("ACCEPTED")
    person.params["RSVP"] = vText("FALSE")
    event.add("ATTENDEE", person, encode=False)
    return bytes(_calendar([event], method).to_ical())


def feed(entries: Iterable[Entry], *, name: str) -> bytes:
    calendar = _calendar([_event(entry) for entry in entries], PUBLISH)
    calendar.add("X-WR-CALNAME", name)
    calendar.add("REFRESH-INTERVAL", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    return bytes(calendar.to_ical())


def _calendar(events: Iterable[Event], method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", "-//Bothways//Meetings//EN")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", method)
    for event in events:
        calendar.add_component(event)
    return calendar


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("UID", entry.uid)
    event.add("SEQUENCE", entry.sequence)
    event.add("DTSTAMP", entry.changed_at)
    event.add("DTSTART", entry.starts_at)
    event.add("DTEND", entry.starts_at + timedelta(minutes=entry.minutes))
    event.add("SUMMARY", entry.title)
    event.add("CLASS", "PRIVATE")
    event.add("STATUS", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("TRANSP", "TRANSPARENT" if entry.cancelled else "OPAQUE")
    if entry.where:
        event.add("LOCATION", entry.where)
    if entry.link:
        event.add("URL", entry.link)
    return event


def _address(address: str, name: str) -> vCalAddress:
    written = vCalAddress(f"mailto:{address}")
    written.params["CN"] = vText(name)
    return written
