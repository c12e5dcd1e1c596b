"""Makes, for each model that a policy row names, an object that belongs to `owner` (and `party`)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bothways.ask.models import Ask, QuietOffer, StewardAsk
from bothways.connections.actions import answers, introductions, queues
from bothways.connections.models import (
    Agreement,
    Concern,
    Connection,
    Introduction,
    Meeting,
    MoreAsked,
    PassedOn,
    Queue,
    QueueEntry,
)
from bothways.core import time
from bothways.inbox.models import Message
from bothways.people.actions import imports, photos
from bothways.people.models import Person, Roster, Topic
from bothways.programs.actions import rounds
from bothways.programs.models import Pairing, Participation, Program, Rehearsal, Round
from tests import factories
from tests.factories import programs as made
from tests.factories import rehearsals
from tests.rails.visitors import Cast

Maker = Callable[[Cast], Any]


def of_model(label: str, cast: Cast) -> Any:
    """The object that `owner` of harbour owns, or to which `owner` and `party` are the parties."""
    return MAKERS[label](cast)


def _person(cast: Cast) -> Person:
    """With a photo, so that its address answers."""
    owner = cast.people["owner"]
    return owner if owner.photo else photos.change(owner, factories.picture())


def _topic(cast: Cast) -> Topic:
    return Topic.objects.get_or_create(
        organisation=cast.harbour, key="nets", defaults={"name": "Nets", "group": Topic.Group.CRAFT}
    )[0]


def _introduction(cast: Cast) -> Introduction:
    """A colleague introduced `owner` and `party`: both were asked."""
    owner, party, member = (cast.people[name] for name in ("owner", "party", "member"))
    there = PassedOn.objects.filter(introducer=member, introduction__isnull=False).order_by("pk")
    passed = there.first() or introductions.introduce(owner, party, by=member, why="You both mend nets.")
    assert passed.introduction
    return passed.introduction


def _question(cast: Cast) -> MoreAsked:
    """What `party` would like to know of `owner`."""
    return answers.tell_me_more(_introduction(cast), by=cast.people["party"], question="Which nets?")


def _suggested(cast: Cast) -> QueueEntry:
    """Somebody on the list of an ask of `owner`."""
    owner = cast.people["owner"]
    queue = Queue.objects.filter(author=owner).first() or queues.open(
        owner, [queues.Approved(cast.people["report"])], kind="conversation", note="A word about nets?"
    )
    return queue.entries.get()


def _connection(cast: Cast) -> Connection:
    owner, party = cast.people["owner"], cast.people["party"]
    return Connection.objects.get_or_create(
        organisation=cast.harbour, first=owner, second=party, defaults={"kind": "conversation"}
    )[0]


def _meeting(cast: Cast) -> Meeting:
    connection = _connection(cast)
    return connection.meetings.order_by("pk").first() or Meeting.objects.create(
        connection=connection, proposed_by=connection.first, times=[]
    )


def _agreement(cast: Cast) -> Agreement:
    connection = _connection(cast)
    return Agreement.objects.get_or_create(
        connection=connection,
        version=1,
        defaults={"written_by": connection.first, "ends_on": time.today() + timedelta(days=90)},
    )[0]


def _concern(cast: Cast) -> Concern:
    """Told by `owner` to `party`; nobody else, whatever they are, reads it."""
    owner, party = cast.people["owner"], cast.people["party"]
    there = Concern.objects.filter(teller=owner, told_to=party).order_by("pk").first()
    return there or Concern.objects.create(teller=owner, told_to=party, text="Something")


def _roster(cast: Cast) -> Roster:
    """A list that waits for its columns."""
    return Roster.objects.open().filter(organisation=cast.harbour).first() or imports.upload(
        cast.harbour,
        by=cast.people["administrator"],
        name="list.csv",
        content=b"Name,Contact\nAda,ada@x.example\n",
    )


def _ask(cast: Cast) -> Ask:
    owner = cast.people["owner"]
    there = Ask.objects.filter(author=owner).order_by("pk").first()
    return there or Ask.objects.create(author=owner, sentence="Mending nets")


def _steward_ask(cast: Cast) -> StewardAsk:
    """`party` asked `owner`, who was picked as a steward; no other steward reads it."""
    party, owner = cast.people["party"], cast.people["owner"]
    return StewardAsk.objects.get_or_create(author=party, steward=owner, defaults={"text": "Nets?"})[0]


def _quiet_offer(cast: Cast) -> QuietOffer:
    return QuietOffer.objects.get_or_create(person=cast.people["owner"])[0]


def _message(cast: Cast) -> Message:
    """Something that `owner` should know; opening it leads to what it is about."""
    connection = _connection(cast)
    return Message.objects.get_or_create(
        person=cast.people["owner"], kind="connected", about=f"connection:{connection.key}"
    )[0]


def _program(cast: Cast) -> Program:
    """`owner` and `party` take part in it; whoever runs it is no more to another one than any member."""
    run, other = cast.people["steward of the program"], cast.people["steward of another program"]
    if there := Program.objects.filter(stewards=run).order_by("pk").first():
        return there
    made.program(other, "Another one")
    program = made.program(run)
    made.takes_part(cast.people["owner"], program)
    made.takes_part(cast.people["party"], program, seeks=False, gives=True)
    return program


def _participation(cast: Cast) -> Participation:
    return Participation.objects.get(program=_program(cast), person=cast.people["owner"])


def _round(cast: Cast) -> Round:
    program = _program(cast)
    there = Round.objects.filter(program=program, sent_at=None).first()
    return there or rounds.open(program, by=cast.people["steward of the program"])


def _rehearsal(cast: Cast) -> Rehearsal:
    """Ready: `owner` is introduced to `party`, `member` to `report`, and `manager` to nobody."""
    round_, people = _round(cast), cast.people
    pairs = [(people["owner"], people["party"]), (people["member"], people["report"])]
    return round_.rehearsals.order_by("pk").first() or rehearsals.ready(round_, pairs, [people["manager"]])


def _pairing(cast: Cast) -> Pairing:
    return Pairing.objects.get(rehearsal=_rehearsal(cast), seeker=cast.people["owner"])


MAKERS: dict[str, Maker] = {
    "ask.Ask": _ask,
    "ask.QuietOffer": _quiet_offer,
    "ask.StewardAsk": _steward_ask,
    "connections.Introduction": _introduction,
    "connections.MoreAsked": _question,
    "connections.QueueEntry": _suggested,
    "connections.Agreement": _agreement,
    "connections.Concern": _concern,
    "connections.Connection": _connection,
    "connections.Meeting": _meeting,
    "inbox.Message": _message,
    "people.Person": _person,
    "people.Roster": _roster,
    "people.Topic": _topic,
    "programs.Pairing": _pairing,
    "programs.Participation": _participation,
    "programs.Program": _program,
    "programs.Rehearsal": _rehearsal,
    "programs.Round": _round,
}
