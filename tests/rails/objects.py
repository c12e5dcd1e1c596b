"""Makes, for each model that a policy row names, an object that belongs to `owner` (and `party`)."""

from collections.abc import Callable
from typing import Any

from bothways.people.models import Person, Topic
from tests.rails.visitors import Cast

Maker = Callable[[Cast], Any]


def of_model(label: str, cast: Cast) -> Any:
    """The object that `owner` of harbour owns, or to which `owner` and `party` are the parties."""
    return MAKERS[label](cast)


def _person(cast: Cast) -> Person:
    return cast.people["owner"]


def _topic(cast: Cast) -> Topic:
    return Topic.objects.get_or_create(
        organisation=cast.harbour, key="nets", defaults={"name": "Nets", "group": Topic.Group.CRAFT}
    )[0]


MAKERS: dict[str, Maker] = {
    "people.Person": _person,
    "people.Topic": _topic,
}
