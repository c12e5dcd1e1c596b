"""Kinds of message, as data: their words, where they lead, whether somebody waits, which setting they obey.

Words are made when they are shown, from what the reader may see then. A mail's subject never holds a
name, a note, a topic or an ask: it can be read over a shoulder.
"""

from django.utils.translation import gettext_lazy as _

from bothways.inbox.kinds.asks import ASKS
from bothways.inbox.kinds.introductions import INTRODUCTIONS
from bothways.inbox.kinds.kind import Kind, Setting
from bothways.inbox.kinds.relationships import RELATIONSHIPS
from bothways.people.models import Invitation


def _unused(invitation: Invitation) -> bool:
    return invitation.used_at is None


INVITATION = Kind(
    "invitation",
    Setting.INVITATION,
    _("You are invited"),
    _("Three small questions, a minute in all. You need no password and can say no with one click."),
    _("Have a look"),
    "people_join",
    _("An invitation"),
    at_once=True,
    still=_unused,
)

KINDS = {kind.name: kind for kind in (INVITATION, *ASKS, *INTRODUCTIONS, *RELATIONSHIPS)}

__all__ = ["KINDS", "Kind", "Setting"]
