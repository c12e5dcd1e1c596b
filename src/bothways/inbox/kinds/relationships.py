"""Kinds of message about two people who are connected."""

from django.utils.translation import gettext_lazy as _

from bothways.connections.models import Agreement, Concern, Connection, Meeting
from bothways.connections.rules.next_step import Step
from bothways.connections.rules.waiting_words import TITLES
from bothways.core import time
from bothways.inbox.kinds.kind import Kind, Setting

CONNECTION, MEETING = "connections_connection", "connections_meeting"
AGREEMENT, CONCERN = "connections_agreement", "connections_told"


def _to_pick(meeting: Meeting) -> bool:
    return meeting.is_to_come and bool(meeting.starts(time.now()))


def _to_move(meeting: Meeting) -> bool:
    """Other times are offered for the time that stands."""
    return meeting.state == Meeting.State.PICKED and _to_pick(meeting)


def _none_left(meeting: Meeting) -> bool:
    """All times offered have gone by, and none was picked."""
    return meeting.state == Meeting.State.PROPOSED and not _to_pick(meeting)


def _unsigned(agreement: Agreement) -> bool:
    return not agreement.signed_by_both and agreement.connection.is_alive


def _alive(connection: Connection) -> bool:
    return connection.is_alive


def _on_offer(connection: Connection) -> bool:
    return connection.is_alive and bool(connection.kind_on_offer(time.now()))


def _picked(meeting: Meeting) -> bool:
    return meeting.state == Meeting.State.PICKED


def _unreplied(concern: Concern) -> bool:
    return concern.replied_at is None


def _cancelled(meeting: Meeting) -> bool:
    return meeting.state == Meeting.State.CANCELLED


RELATIONSHIPS = (
    Kind(
        "connected",
        Setting.CONNECTIONS,
        _("You and %(other)s are connected"),
        _("You both said yes. What is next is on your page."),
        _("Go to your page"),
        CONNECTION,
        _("Both said yes"),
        at_once=True,
        still=_alive,
    ),
    Kind(
        "message",
        Setting.MESSAGES,
        _("%(other)s wrote to you"),
        _("What is written stays between the two of you."),
        _("Read and answer"),
        "connections_messages",
        _("A message for you"),
        _("What is written stays between the two of you, so it is not in this mail."),
        waits=True,
        at_once=True,
        once_until_read=True,
    ),
    Kind(
        "times",
        Setting.MEETINGS,
        TITLES[Step.PICK],
        _("Pick one, or name others."),
        _("Pick a time"),
        MEETING,
        _("Times to meet: pick one"),
        waits=True,
        at_once=True,
        still=_to_pick,
        then="no_time",
    ),
    Kind(
        "times_still",
        Setting.MEETINGS,
        TITLES[Step.PICK],
        _("None is picked yet. If none of them suits, name others, or say that you can't after all."),
        _("Pick a time"),
        MEETING,
        _("Times to meet: none is picked yet"),
        waits=True,
        at_once=True,
        still=_to_pick,
        then="no_time",
    ),
    Kind(
        "move",
        Setting.MEETINGS,
        TITLES[Step.PICK_OTHER],
        _("Take one of the times that they name, or leave it: the time you have stands until you do."),
        _("See the times"),
        MEETING,
        _("Another time for your meeting?"),
        waits=True,
        at_once=True,
        still=_to_move,
    ),
    Kind(
        "no_time",
        Setting.MEETINGS,
        _("No time found yet with %(other)s"),
        _("All times that were offered have gone by. Either of you can offer others."),
        _("Offer times"),
        "connections_times",
        still=_none_left,
    ),
    Kind(
        "meeting",
        Setting.MEETINGS,
        _("You meet %(other)s on %(when)s"),
        _("Where, and a few questions to begin with, are on its page."),
        _("See the meeting"),
        MEETING,
        _("A time to meet"),
        _("Your calendar can take it from this mail."),
        at_once=True,
        calendar=True,
        still=_picked,
    ),
    Kind(
        "cancelled",
        Setting.MEETINGS,
        _("The meeting with %(other)s is off"),
        _("As long as the two of you are connected, you can name other times whenever you like."),
        _("See what is next"),
        MEETING,
        _("A meeting is off"),
        at_once=True,
        calendar=True,
        still=_cancelled,
    ),
    Kind(
        "missed",
        Setting.MEETINGS,
        _("You and %(other)s did not manage to meet"),
        _("It happens. Either of you can name other times."),
        _("Name times"),
        "connections_times",
    ),
    Kind(
        "reflect",
        Setting.LEARNING,
        TITLES[Step.REFLECT],
        _("Two lines are plenty. You say whether %(other)s may read them."),
        _("Note it"),
        "connections_reflection",
        waits=True,
    ),
    Kind(
        "learned",
        Setting.LEARNING,
        _("%(other)s shared what they learned"),
        _("It is about a meeting of the two of you."),
        _("Read it"),
        CONNECTION,
    ),
    Kind(
        "agreement",
        Setting.CONNECTIONS,
        TITLES[Step.SIGN],
        _("Read it, change it, or sign it. It counts once both have signed."),
        _("Read the agreement"),
        AGREEMENT,
        _("An agreement to read"),
        waits=True,
        at_once=True,
        still=_unsigned,
    ),
    Kind(
        "agreed",
        Setting.CONNECTIONS,
        _("You and %(other)s have both signed"),
        _("Your agreement is in force."),
        _("See the agreement"),
        AGREEMENT,
    ),
    Kind(
        "review",
        Setting.CONNECTIONS,
        _("Time to look at your agreement with %(other)s"),
        _("You both chose this day to see whether it still fits."),
        _("See the agreement"),
        AGREEMENT,
    ),
    Kind(
        "renewal",
        Setting.CONNECTIONS,
        TITLES[Step.RENEW],
        _("Would you like to go on? Only you see your answer; it goes on if both would like to."),
        _("Answer for yourself"),
        "connections_renewal",
        waits=True,
    ),
    Kind(
        "kind_proposed",
        Setting.CONNECTIONS,
        TITLES[Step.AGREE_KIND],
        _("Say yes if you would like that. Otherwise leave it: everything stays as it is."),
        _("See the proposal"),
        "connections_kind",
        _("A proposal for the two of you"),
        waits=True,
        at_once=True,
        still=_on_offer,
    ),
    Kind(
        "kind_agreed",
        Setting.CONNECTIONS,
        _("You and %(other)s agreed on what it is"),
        _("You may write down what each of you brings and hopes for."),
        _("Go to your page"),
        CONNECTION,
    ),
    Kind(
        "fit",
        Setting.CONNECTIONS,
        TITLES[Step.FIT],
        _("Two weeks have gone by. Only you see your answer."),
        _("Answer for yourself"),
        "connections_fit",
        waits=True,
        still=_alive,
    ),
    Kind(
        "quiet",
        Setting.CONNECTIONS,
        TITLES[Step.REST_MEET_OR_END],
        _("Rest, meet, or end? Only you see your answer."),
        _("Answer for yourself"),
        "connections_quiet",
        waits=True,
        still=_alive,
    ),
    Kind(
        "meet_again",
        Setting.CONNECTIONS,
        _("You and %(other)s would both like to meet"),
        _("Name two times that suit you."),
        _("Name times"),
        "connections_times",
        still=_alive,
    ),
    Kind(
        "rests",
        Setting.CONNECTIONS,
        _("Your connection with %(other)s rests"),
        _("Either of you can wake it whenever you like."),
        _("Go to your page"),
        CONNECTION,
    ),
    Kind(
        "ended",
        Setting.CONNECTIONS,
        _("Your connection with %(other)s has come to its end"),
        _("Nothing is said about how. Both of you can meet again any time."),
        _("Look back at it"),
        CONNECTION,
    ),
    Kind(
        "agreement_over",
        Setting.CONNECTIONS,
        _("Your agreement with %(other)s has come to its end"),
        _("It ran as long as it said. You stay acquainted and can write another whenever you like."),
        _("Look back at it"),
        AGREEMENT,
    ),
    Kind(
        "renewed",
        Setting.CONNECTIONS,
        _("You and %(other)s go on"),
        _("Both would like to. Your agreement runs on from the day it would have ended."),
        _("See the agreement"),
        AGREEMENT,
    ),
    Kind(
        "concern",
        Setting.CONFIDENCES,
        _("Somebody told you that something is wrong"),
        _("They chose you. What they wrote is for you alone."),
        _("Read and answer"),
        CONCERN,
        _("Somebody chose you to tell something"),
        _("They chose you. What they wrote is for you alone, so it is not in this mail."),
        waits=True,
        at_once=True,
        still=_unreplied,
    ),
    Kind(
        "concern_replied",
        Setting.CONFIDENCES,
        _("There is an answer to what you told"),
        _("It is for you alone."),
        _("Read it"),
        CONCERN,
        _("There is an answer for you"),
        _("It is for you alone, so it is not in this mail."),
        at_once=True,
    ),
)
