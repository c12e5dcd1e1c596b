"""The note that will be read: it begins with a template of its kind, in the asker's name.

Nothing of the sentence goes into it unless its author says so.
"""

from django.utils.translation import gettext_lazy as _

from bothways.connections.rules.kinds import Kind

LONGEST = 1200

_OPENINGS = {
    Kind.CONVERSATION: _(
        "Hello, I'm %(who)s. I would value half an hour of your time for something that I am working on, "
        "and your view on it. Whenever suits you, and “not now” is fine."
    ),
    Kind.MENTORING: _(
        "Hello, I'm %(who)s. I am looking for somebody to learn from over some months, and thought of you. "
        "Could we meet once and see whether it suits us both? “Not now” is fine."
    ),
    Kind.REVERSE: _(
        "Hello, I'm %(who)s. There are things that you see and I don't, and I would like to learn them "
        "from you. Could we meet once and see? I'll gladly give something back. “Not now” is fine."
    ),
    Kind.PEER: _(
        "Hello, I'm %(who)s. I am looking for somebody to think aloud with, both ways, once a month or so. "
        "Could we meet once and see whether it suits us both? “Not now” is fine."
    ),
    Kind.BUDDY: _(
        "Hello, I'm %(who)s. I am still finding my way around here and would like somebody to turn to with "
        "small questions. Could we meet once and see? “Not now” is fine."
    ),
}


def opening(kind: str, name: str, *, title: str = "", team: str = "") -> str:
    """The template of the kind, signed with who asks."""
    who = ", ".join(part for part in (name, title, team) if part)
    return str(_OPENINGS[Kind(kind)]) % {"who": who}
