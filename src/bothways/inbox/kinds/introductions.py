"""Kinds of message about asks and introductions."""

from django.utils.translation import gettext_lazy as _

from bothways.connections.models import Introduction, MoreAsked
from bothways.inbox.kinds.kind import Kind, Setting

PAGE = "connections_introduction"


def _open(introduction: Introduction) -> bool:
    return introduction.state == "open"


def _unanswered(more: MoreAsked) -> bool:
    return _open(more.introduction) and not more.reply


INTRODUCTIONS = (
    Kind(
        "introduction",
        Setting.INTRODUCTIONS,
        _("%(other)s would like a word with you"),
        _("It would be %(kind)s. No rush: it is open until %(when)s, and only you see your answer."),
        _("Read and answer"),
        PAGE,
        _("Somebody would like a word with you"),
        waits=True,
        at_once=True,
        still=_open,
    ),
    Kind(
        "introduction_of_round",
        Setting.INTRODUCTIONS,
        _("You and %(other)s, perhaps?"),
        _("“%(round)s” introduces you. No rush: it is open until %(when)s, and only you see your answer."),
        _("Read and answer"),
        PAGE,
        _("A program introduces you to somebody"),
        waits=True,
        at_once=True,
        still=_open,
    ),
    Kind(
        "reminder",
        Setting.REMINDERS,
        _("%(other)s would like a word with you"),
        _("This is still open, until %(when)s. We remind you once. Any answer is fine, and so is none."),
        _("Read and answer"),
        PAGE,
        _("Somebody would still like a word with you"),
        waits=True,
        at_once=True,
        own_answer=True,
        still=_open,
    ),
    Kind(
        "reminder_of_round",
        Setting.REMINDERS,
        _("You and %(other)s, perhaps?"),
        _("This is still open, until %(when)s. We remind you once. Any answer is fine, and so is none."),
        _("Read and answer"),
        PAGE,
        _("An introduction is still open"),
        waits=True,
        at_once=True,
        own_answer=True,
        still=_open,
    ),
    Kind(
        "introduction_time",
        Setting.INTRODUCTIONS,
        _("An introduction has ended"),
        _("The time for it is over. There is nothing to do."),
        _("See it"),
        PAGE,
    ),
    Kind(
        "introduction_found",
        Setting.INTRODUCTIONS,
        _("An introduction has ended"),
        _("They have found somebody. Thank you for being there."),
        _("See it"),
        PAGE,
    ),
    Kind(
        "introduction_found_of_round",
        Setting.INTRODUCTIONS,
        _("An introduction has ended"),
        _("One of you two has found somebody. Thank you for being there."),
        _("See it"),
        PAGE,
    ),
    Kind(
        "introduction_withdrawn",
        Setting.INTRODUCTIONS,
        _("An introduction has ended"),
        _("It is no longer needed. Thank you for being there."),
        _("See it"),
        PAGE,
    ),
    Kind(
        "more_asked",
        Setting.INTRODUCTIONS,
        _("%(other)s would like to know more"),
        _("They ask: %(question)s"),
        _("Answer"),
        "connections_question",
        _("Somebody would like to know more"),
        waits=True,
        at_once=True,
        own_answer=True,
        still=_unanswered,
    ),
    Kind(
        "more_told",
        Setting.INTRODUCTIONS,
        _("You asked to know more"),
        _("There is an answer to your question."),
        _("Read it"),
        PAGE,
        _("There is an answer to your question"),
        at_once=True,
        own_answer=True,
    ),
)
