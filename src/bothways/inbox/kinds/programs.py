"""Kinds of message about programs, for who runs them."""

from django.utils.translation import gettext_lazy as _

from bothways.inbox.kinds.kind import Kind, Setting

PROGRAMS = (
    Kind(
        "rehearsal_done",
        Setting.PROGRAMS,
        _("A rehearsal is worked out"),
        _("Nothing is sent yet. Look at it, settle what you like by hand, rehearse again, or send it."),
        _("See what comes of it"),
        "programs_rehearsal",
    ),
    Kind(
        "rehearsal_failed",
        Setting.PROGRAMS,
        _("A rehearsal came to nothing"),
        _("Nothing was lost and nobody was asked. Read why, and rehearse again."),
        _("Read why"),
        "programs_rehearsal",
    ),
)
