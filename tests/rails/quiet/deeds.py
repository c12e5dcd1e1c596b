"""What people do besides answering: through the real verbs. What a verb refuses is left undone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.urls import reverse

from bothways.connections.actions import answers, connections, introductions, meetings, queues, rounds
from bothways.connections.actions.refusals import Refusal
from bothways.connections.models import Connection, Introduction, Meeting, MoreAsked, Queue, QueueEntry
from bothways.core import time
from bothways.people.actions import absences, budgets, members, not_wanted
from bothways.people.models import Person
from tests import factories
from tests.rails.quiet.history import Command

REFUSED = (
    Refusal,
    answers.Over,
    answers.NotAsked,
    queues.TooManyOpen,
    queues.NobodyApproved,
    members.AlreadySo,
)


def one_of(rows: Any, command: Command) -> Any:
    """The row that the command means, in an order of public state; None where there is none."""
    found = list(rows)
    return found[command.which % len(found)] if found else None


def _ask(kind: str, most: int) -> Callable[[Person, list[Person], Command], None]:
    def deed(actor: Person, others: list[Person], command: Command) -> None:
        start = command.which % len(others)
        chosen = (others[start:] + others[:start])[:most]
        approved = [queues.Approved(person) for person in chosen]
        queues.open(actor, approved, kind=kind, note="A word about talks?")

    return deed


def _withdraw(actor: Person, others: list[Person], command: Command) -> None:
    mine = Queue.objects.asks().open().filter(author=actor)
    if queue := one_of(mine.order_by("opened_at", "key"), command):
        queues.withdraw(queue)


def _round(actor: Person, others: list[Person], command: Command) -> None:
    """The steward sends one: each unordered pair stands in one list at most, some lists are longer."""
    people = sorted([actor, *others], key=lambda person: person.pk)
    start = command.which % len(people)
    people = people[start:] + people[:start]
    for place, author in enumerate(people[: 2 + command.other % 3]):
        listed = [queues.Approved(person) for person in people[place + 1 :]]
        queues.open_in_round(author, listed, kind="mentoring", note="You may like to meet.", named="Spring")


def _leave_round(actor: Person, others: list[Person], command: Command) -> None:
    """As one who takes part; and as one whom others would be introduced to."""
    parts = Queue.objects.open().filter(of_round=True)
    if mine := one_of(parts.filter(author=actor).order_by("opened_at", "key"), command):
        rounds.leave_round(mine)
    if command.other % 2:
        rounds.stop_asking(actor, parts.filter(entries__person=actor))


def _introduce(actor: Person, others: list[Person], command: Command) -> None:
    first = others[command.which % len(others)]
    second = others[command.other % len(others)]
    if first != second:
        introductions.introduce(first, second, by=actor, why="You both love maps.")


def _go_away(actor: Person, others: list[Person], command: Command) -> None:
    today = time.today()
    absences.go_away(actor, since=today, until=today + timedelta(days=command.which + 1))


def _come_back(actor: Person, others: list[Person], command: Command) -> None:
    absences.come_back(actor)


def _budget(actor: Person, others: list[Person], command: Command) -> None:
    budgets.change(actor, minutes=command.which * 30)


def _rather_not(actor: Person, others: list[Person], command: Command) -> None:
    not_wanted.add(actor, others[command.which % len(others)])


def _visit(actor: Person, others: list[Person], command: Command) -> None:
    client = factories.signed_in(actor)
    client.get(reverse("home", kwargs={"organisation": actor.organisation.slug}))


def _hand_on_to(actor: Person, others: list[Person], command: Command) -> None:
    """With a name, of which the author hears and which they may approve."""
    theirs = Introduction.objects.ours(actor).open_at(time.now()).order_by("opens_at", "key")
    if asked := one_of(theirs, command):
        answers.hand_on(asked, by=actor, to=others[command.other % len(others)])


def _approve(actor: Person, others: list[Person], command: Command) -> None:
    suggested = QueueEntry.objects.filter(queue__author=actor, approved=False)
    if entry := one_of(suggested.order_by("queue__key", "position"), command):
        queues.approve(entry)


def _reply(actor: Person, others: list[Person], command: Command) -> None:
    """To whoever would like to know more, of anybody."""
    if asked := one_of(MoreAsked.objects.order_by("asked_at", "introduction__key"), command):
        other = asked.introduction.other(asked.by)
        answers.reply(asked, by=other, text="Maps, mostly.")


def _suspend(actor: Person, others: list[Person], command: Command) -> None:
    members.suspend(actor)


def _leave(actor: Person, others: list[Person], command: Command) -> None:
    members.leave(actor)


def _take_back(actor: Person, others: list[Person], command: Command) -> None:
    members.take_back(actor)


def _mine(actor: Person, command: Command) -> Connection | None:
    found: Connection | None = one_of(Connection.objects.ours(actor).order_by("since", "key"), command)
    return found


def _propose(actor: Person, others: list[Person], command: Command) -> None:
    start = (time.now() + timedelta(days=2)).replace(minute=0, second=0, microsecond=0)
    if connection := _mine(actor, command):
        meetings.propose(connection, [start], by=actor)


def _pick(actor: Person, others: list[Person], command: Command) -> None:
    proposed = Meeting.objects.ours(actor).filter(state="proposed").order_by("proposed_at", "key")
    if (meeting := one_of(proposed, command)) and (starts := meeting.starts(time.now())):
        meetings.pick(meeting, starts[0], by=actor)


def _end(actor: Person, others: list[Person], command: Command) -> None:
    if connection := _mine(actor, command):
        connections.end(connection)


def _nothing(actor: Person, others: list[Person], command: Command) -> None:
    return


DEEDS: dict[str, Callable[[Person, list[Person], Command], None]] = {
    "ask": _ask("conversation", 2),
    "ask_more_people": _ask("conversation", 4),
    "ask_for_mentoring": _ask("mentoring", 3),
    "withdraw": _withdraw,
    "round": _round,
    "leave_round": _leave_round,
    "introduce": _introduce,
    "go_away": _go_away,
    "come_back": _come_back,
    "budget": _budget,
    "rather_not": _rather_not,
    "hand_on_to": _hand_on_to,
    "approve": _approve,
    "reply": _reply,
    "suspend": _suspend,
    "leave": _leave,
    "take_back": _take_back,
    "propose": _propose,
    "pick": _pick,
    "end": _end,
    "visit": _visit,
    "nothing": _nothing,
}
