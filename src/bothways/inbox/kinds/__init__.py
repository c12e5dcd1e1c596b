"""Kinds of message, as data: their words, where they lead, whether somebody waits, which setting they obey.

Words are made when they are shown, from what the reader may see then. A mail's subject never holds a
person's name, a note, a topic or an ask: it can be read over a shoulder. An invitation's names the
organisation, without which it would read like nobody's.
"""

from django.utils.translation import gettext_lazy as _

from bothways.inbox.kinds.asks import ASKS
from bothways.inbox.kinds.introductions import INTRODUCTIONS
from bothways.inbox.kinds.kind import Kind, Setting
from bothways.inbox.kinds.programs import PROGRAMS
from bothways.inbox.kinds.relationships import RELATIONSHIPS
from bothways.people.models import Invitation


def _unused(invitation: Invitation) -> bool:
    return invitation.used_at is None


INVITATION = Kind(
    "invitation",
    Setting.INVITATION,
    _("%(reader)s, %(organisation)s has a quiet way to ask a colleague for half an hour"),
    _(
        "%(other)s invites you: three short questions, one minute, no account needed. "
        "Nobody is assigned to anybody, and you can say no with one click."
    ),
    _("Have a look"),
    "people_join",
    _("%(organisation)s invites you to ask, and to be asked, quietly"),
    at_once=True,
    still=_unused,
)

KINDS = {kind.name: kind for kind in (INVITATION, *ASKS, *INTRODUCTIONS, *RELATIONSHIPS, *PROGRAMS)}


def of_own_answers() -> list[str]:
    """Names of the kinds that are mailed only if the reader's own answer allows it."""
    return [kind.name for kind in KINDS.values() if kind.own_answer]


__all__ = ["KINDS", "Kind", "Setting", "of_own_answers"]
