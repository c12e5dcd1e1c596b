"""What a kind of message is, and what a person may turn off."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Setting(models.TextChoices):
    """What a person may turn off, each by itself."""

    INTRODUCTIONS = "introductions", _("Somebody would like a word with you")
    REMINDERS = "reminders", _("One reminder of an introduction that is still open")
    CONNECTIONS = "connections", _("You are connected, and what follows from it")
    MESSAGES = "messages", _("Somebody wrote to you")
    MEETINGS = "meetings", _("Times to meet, and invitations for your calendar")
    LEARNING = "learning", _("What the two of you learned")
    CONFIDENCES = "confidences", _("Something written to you in confidence")
    ASKS = "asks", _("What became of your asks")
    PROGRAMS = "programs", _("A round that you rehearse is worked out")
    INVITATION = "invitation", _("The invitation to join")
    DIGEST = "digest", _("The morning mail: at most one a day, only when there is something in it")

    @classmethod
    def of(cls, roles: frozenset[str]) -> "list[Setting]":
        """Those that whoever has these roles may turn off here; the invitation's mail says how by itself."""
        apart = {cls.INVITATION} if "steward" in roles else {cls.INVITATION, cls.PROGRAMS}
        return [setting for setting in cls if setting not in apart]


Text = str | Promise


@dataclass(frozen=True)
class Kind:
    """`mail_text`: what a mail says where a page says `text`.

    `waits`: for this person's answer. `at_once`: mailed now, because somebody else waits for it too.

    `once_until_read`: no second mail of the same matter before it was looked at.
    `still`: whether it holds of what it is about; where it doesn't, `then` is the kind that is shown instead.
    `own_answer`: mailed only if the reader's own sealed answer allows it (consent.md 11, 21).
    """

    name: str
    setting: Setting
    title: Text
    text: Text
    label: Text
    page: str
    subject: Text = ""
    mail_text: Text = ""
    waits: bool = False
    at_once: bool = False
    calendar: bool = False
    once_until_read: bool = False
    own_answer: bool = False
    still: Callable[[Any], bool] = field(default=lambda subject: True)
    then: str = ""
