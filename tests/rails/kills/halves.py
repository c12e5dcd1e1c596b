"""What a database must never hold after a death: an answer without its connection, a hold without its end."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from django.db import connection, transaction

from bothways.ask.models import Ask
from bothways.connections.models import Connection, ConnectionMessage, Introduction, Queue
from bothways.connections.models.sealed import SealedAnswer
from bothways.core.models import RecordedEvent
from bothways.inbox.models import Mail, Message
from bothways.people.models import Reservation

OPEN, CONNECTED = "open", "connected"
WHOLE: tuple[tuple[str, str, str, list[str]], ...] = (
    (OPEN, OPEN, "", ["none", "yes"]),
    (CONNECTED, "closed", CONNECTED, []),
)


def halves() -> list[str]:
    """Everything that is there by half, or twice; nothing, at any moment, if each verb happens whole."""
    with transaction.atomic():
        _see_one_moment()
        introductions = list(Introduction.objects.select_related("queue", "first", "second"))
        return [
            *_asks(),
            *_answers(introductions),
            *_connections(introductions),
            *_holds(introductions),
            *_events(introductions),
        ]


def untold() -> list[str]:
    """What nobody was told of, or twice, once all is worked off."""
    lost = RecordedEvent.objects.filter(delivered_at=None)
    return [*(f"{event} was not delivered" for event in lost), *_told(list(Introduction.objects.all()))]


def _see_one_moment() -> None:
    """SQLite does so by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _asks() -> Iterator[str]:
    with_an_ask = Counter(Ask.objects.exclude(queue=None).values_list("queue", flat=True))
    for queue in Queue.objects.prefetch_related("entries", "introductions"):
        counts = (with_an_ask[queue.pk], len(queue.entries.all()), len(queue.introductions.all()))
        if counts != (1, 1, 1):
            yield f"ask {queue.note}: (asks, people, introductions) are {counts}"
    if without := Ask.objects.filter(queue=None).count():
        yield f"{without} asks ask nobody"


def _answers(introductions: list[Introduction]) -> Iterator[str]:
    """Two sealed answers while open, one of them a yes, and none any more once connected."""
    sealed: dict[int, list[str]] = defaultdict(list)
    for pk, answer in SealedAnswer.objects.values_list("introduction", "answer"):
        sealed[pk].append(answer)
    for introduction in introductions:
        assert introduction.queue
        state = (introduction.state, introduction.queue.state, introduction.queue.closed_how)
        if (*state, sorted(sealed[introduction.pk])) not in WHOLE:
            yield f"introduction {introduction.note}: {state}, answers {sealed[introduction.pk]}"


def _connections(introductions: list[Introduction]) -> Iterator[str]:
    met = Counter((each.first_id, each.second_id) for each in introductions if each.state == CONNECTED)
    if met != Counter(Connection.objects.values_list("first", "second")):
        yield "Connections are not those of the introductions that were connected."


def _holds(introductions: list[Introduction]) -> Iterator[str]:
    held = Counter(Reservation.objects.filter(kind="held").values_list("person", "source_key"))
    if held != Counter((each.second_id, each.hold) for each in introductions if each.state == OPEN):
        yield "Minutes are held for other introductions than those that are open."
    booked = set(Reservation.objects.filter(kind="booked").values_list("source_key", flat=True))
    if booked != {each.hold for each in introductions if each.state == CONNECTED}:
        yield "Minutes are booked for other introductions than those that were connected."


def _events(introductions: list[Introduction]) -> Iterator[str]:
    """Each thing recorded its one event, and nothing else did."""
    yield from _once("IntroductionOpened", (each.key for each in introductions))
    yield from _once("ConnectionMade", Connection.objects.values_list("key", flat=True))
    yield from _once("MessageSent", ConnectionMessage.objects.values_list("key", flat=True))


def _once(name: str, keys: Iterable[str]) -> Iterator[str]:
    payloads = RecordedEvent.objects.filter(name=f"connections.{name}").values_list("payload", flat=True)
    if Counter(next(iter(payload.values())) for payload in payloads) != Counter(keys):
        yield f"The events {name} are not one for each thing that happened."


def _told(introductions: list[Introduction]) -> Iterator[str]:
    """Everybody asked, and both of who are connected, have one message and one mail of it."""
    asked = Counter((each.second_id, "introduction", f"introduction:{each.key}") for each in introductions)
    both = Counter(
        (person, "connected", f"connection:{made.key}")
        for made in Connection.objects.all()
        for person in (made.first_id, made.second_id)
    )
    for model in (Message, Mail):
        rows = model.objects.filter(kind__in=("introduction", "connected"))
        if Counter(rows.values_list("person", "kind", "about")) != asked + both:
            yield f"{model.__name__}: not one for each who should be told."
    unsettled = Mail.objects.exclude(outcome__in=(Mail.Outcome.SENT, Mail.Outcome.NEEDLESS))
    yield from (f"{mail} is {mail.outcome or 'unsettled'}" for mail in unsettled)
