"""Addresses that the look knows by agreement only; upper apps answer them, or the place is left out."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PHOTO = "people_photo"
PERSON = "people_person"
SELF = "people_me"
LEAVE = "account_logout"
INBOX = "inbox"
HOW, HOW_OUTSIDE = "how", "how_outside"


@dataclass(frozen=True)
class Place:
    """One of the few places of the site: a verb, an icon and where it is."""

    name: str
    label: str | Promise
    icon: str
    covers: tuple[str, ...] = ()


HOME = Place("home", _("Home"), "house", ("",))
PLACES = (
    HOME,
    Place("ask", _("Ask"), "message-circle-question-mark", ("ask", "asks")),
    Place(
        "people",
        _("People"),
        "users",
        ("people", "connections", "introduce", "introductions", "suggested", "questions", "meetings"),
    ),
)


def find(name: str, **kwargs: Any) -> str:
    """The address, or nothing where no app has built it."""
    return _found(settings.ROOT_URLCONF, get_script_prefix(), name, **kwargs)


@lru_cache(maxsize=4096)
def _found(_urlconf: str, _prefix: str, name: str, /, **kwargs: Any) -> str:
    """Every page has the same few places, and lists many people."""
    try:
        return reverse(name, kwargs=kwargs or None)
    except NoReverseMatch:
        return ""


def places(organisation: str, path: str) -> list[dict[str, Any]]:
    """The places that exist, each with whether the visitor is on it (`page`) or further inside (`true`)."""
    part = path.removeprefix(f"/{organisation}/").split("/")[0]
    found = []
    for place in PLACES:
        if address := find(place.name, organisation=organisation):
            inside = "page" if path == address else "true" if part in place.covers else ""
            found.append({"place": place, "address": address, "inside": inside})
    return found
