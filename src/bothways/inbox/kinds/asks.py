"""Kinds of message about asks: for their author, or for the steward who was picked."""

from django.utils.translation import gettext_lazy as _

from bothways.ask.models import Ask, StewardAsk
from bothways.inbox.kinds.kind import Kind, Setting

ASK, STEWARD = "ask_show", "ask_steward_show"


def _still_looking(ask: Ask) -> bool:
    return not ask.found and ask.closed_at is None


def _unreplied(asked: StewardAsk) -> bool:
    return asked.replied_at is None


ASKS = (
    Kind(
        "nobody_yet",
        Setting.ASKS,
        _("Nobody yet"),
        _("We have asked everybody on your list. There are other ways: a room, a page, a person who helps."),
        _("See what else there is"),
        ASK,
        still=_still_looking,
    ),
    Kind(
        "turned_up",
        Setting.ASKS,
        _("Somebody turned up"),
        _("There is somebody for an ask that you kept open. Nobody has been told."),
        _("See who it is"),
        ASK,
        still=_still_looking,
    ),
    Kind(
        "steward_asked",
        Setting.CONFIDENCES,
        _("%(other)s asks you for help, in confidence"),
        _("They chose you. What they wrote is for you alone."),
        _("Read and answer"),
        STEWARD,
        _("Somebody asks you for help, in confidence"),
        _("They chose you. What they wrote is for you alone, so it is not in this mail."),
        waits=True,
        at_once=True,
        still=_unreplied,
    ),
    Kind(
        "steward_replied",
        Setting.CONFIDENCES,
        _("%(other)s answered you"),
        _("It is for you alone."),
        _("Read it"),
        STEWARD,
        _("There is an answer for you"),
        _("It is for you alone, so it is not in this mail."),
        at_once=True,
    ),
)
