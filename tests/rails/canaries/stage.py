"""Two organisations in which every text that a person wrote is a word of its own: a canary."""

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from bothways.ask.actions import asks, steward_asks
from bothways.ask.models import QuietOffer
from bothways.ask.sources import Inquiry
from bothways.connections.actions import (
    agreements,
    answers,
    concerns,
    introductions,
    life,
    meetings,
    messages,
    queues,
    reflections,
)
from bothways.connections.models import Connection, Introduction, Meeting, QueueEntry
from bothways.core import time, worker
from bothways.core.models import Organisation
from bothways.inbox.actions import feeds
from bothways.people.actions import invitations, not_wanted, offers, search
from bothways.people.models import Person, Team
from tests import factories
from tests.factories import programs
from tests.factories.connections import in_days, planned, words
from tests.factories.rehearsals import FULL, ONE_MORE, PARTS, ready
from tests.factories.rosters import listed

LETTERS = "bcdfghjklmnpqrstvwxz"


@dataclass
class House:
    """An organisation, the people in it by what they are to `owner`, and the words they wrote."""

    slug: str
    organisation: Organisation = field(init=False)
    people: dict[str, Person] = field(default_factory=dict)
    canaries: dict[str, str] = field(default_factory=dict)
    feeds: dict[str, str] = field(default_factory=dict)

    def word(self, label: str) -> str:
        """The canary of this field, new at the first call. A label may say more after the field's name."""
        if label not in self.canaries:
            dice = Random(f"{self.slug}/{label}")
            self.canaries[label] = "zq" + "".join(dice.choices(LETTERS, k=10))
        return self.canaries[label]

    def figure(self, label: str) -> int:
        """The same for a number."""
        self.canaries[label] = str(Random(f"{self.slug}/{label}").randint(40_000, 60_000))
        return int(self.canaries[label])

    def add(self, part: str, **fields: Any) -> Person:
        name = fields.pop("name", part.title())
        self.people[part] = factories.member(self.organisation, name, **fields)
        return self.people[part]


def houses(clock: time.Clock) -> list[House]:
    """Four days of life in each. Some introductions stay open, a meeting is to come, another is over."""
    built = [House("harbour"), House("meadow")]
    for house in built:
        _move_in(house)
        _connect(house)
    clock.advance(timedelta(days=1, hours=2))
    life.advance()
    for house in built:
        _look_back(house)
        _ask(house)
        _take_part(house)
        _confide(house)
    worker.drain()
    for days in (1, 2, 1):  # digests, reminders, digests again
        clock.advance(timedelta(days=days))
        worker.drain()
    for house in built:
        _offer_quietly(house)
        _choose_a_list(house)
        _rehearse(house)
    return built


def _move_in(house: House) -> None:
    house.organisation = factories.organisation(house.slug, name=house.word("core.Organisation.name"))
    team = Team.objects.create(organisation=house.organisation, name=house.word("people.Team.name"))
    leader = house.add("leader")
    manager = house.add("manager", manager=leader)
    owner = house.add("owner", **_about(house), manager=manager, team=team)
    party = house.word("people.Person.name of the party")
    house.add("party", manager=manager, name=party, budget_minutes=600)
    house.add("report", manager=owner)
    for name in ("asked", "introduced", "introducer", "colleague"):
        house.add(name)
    house.add("newcomer", confirmed_at=None, has_room=False, budget_minutes=0)
    for name in ("steward", "listener"):
        house.add(name, role=Person.Role.STEWARD)
    house.add("administrator", role=Person.Role.ADMINISTRATOR)
    today = time.today()
    house.add("away", away_from=today, away_until=today + timedelta(days=9))
    house.add("suspended", state=Person.State.SUSPENDED)
    house.add("ex-member", state=Person.State.LEFT)
    house.add("invited", state=Person.State.INVITED, account=None, confirmed_at=None, here_on=None)


def _about(house: House) -> dict[str, Any]:
    """What `owner` says of themselves. The address is not shown, nor what would stretch them."""
    said = ("name", "pronouns", "title", "place", "about", "brings", "hopes", "stretch")
    texts: dict[str, Any] = {name: house.word(f"people.Person.{name}") for name in said}
    address = f"{house.word('people.Person.email')}@{house.slug}.example"
    return texts | {"email": address, "budget_minutes": house.figure("people.Person.budget_minutes")}


def _connect(house: House) -> None:
    """`owner` asked `party`, who said yes: notes, messages, a meeting with a place, an agreement."""
    owner, party = house.people["owner"], house.people["party"]
    offered = factories.topic(
        house.organisation,
        house.word("people.Topic.name"),
        aliases=[house.word("people.Topic.aliases")],
    )
    offers.offer(owner, offered)
    wanted = factories.topic(house.organisation, house.word("people.Want"))
    offers.want(owner, wanted, shown=False)
    private = factories.topic(house.organisation, house.word("ask.Ask.topics"))
    sentence = house.word("ask.Ask.sentence")
    inquiry = Inquiry(person=owner, sentence=sentence, topics=(private.key,))
    asks.ask(inquiry, [party], kind="conversation", note=house.word("connections.Connection.note"))
    connection = answers.accept(Introduction.objects.get(second=party), by=party)
    assert connection
    for writer in (owner, party):
        label = f"connections.ConnectionMessage.text of {'owner' if writer == owner else 'party'}"
        messages.send(connection, house.word(label), by=writer)
    meetings.settle_place(
        planned(connection, at=in_days(1)), house.word("connections.Meeting.where"), by=party
    )
    _agree(house, connection)
    search.rebuild(house.organisation)


def _agree(house: House, connection: Connection) -> None:
    owner, party = connection.pair()
    for version, (writer, side) in enumerate(((owner, "first"), (party, "second"))):
        said = {
            "brings": house.word(f"connections.Agreement.{side}_brings"),
            "hopes": house.word(f"connections.Agreement.{side}_hopes"),
        } | {
            name: house.word(f"connections.Agreement.{name}")
            for name in ("cadence", "confidentiality", "boundaries")
        }
        written = agreements.write(connection, words(**said), by=writer, upon=version)
        agreements.sign(written, by=connection.other(writer))


def _look_back(house: House) -> None:
    """They met; each wrote what they learned, one of them for both. They meet again."""
    owner, party = house.people["owner"], house.people["party"]
    meeting = Meeting.objects.select_related("connection").get(connection__first=owner)
    kept = house.word("connections.Reflection.learned")
    reflections.write(meeting, by=owner, learned=kept, useful="yes", shared=False)
    told = house.word("connections.Reflection.learned and shared")
    reflections.write(meeting, by=party, learned=told, useful="no", shared=True)
    again = planned(meeting.connection, at=in_days(6))
    meetings.settle_place(again, house.word("connections.Meeting.where to come"), by=owner)
    house.feeds["feed"] = feeds.open(owner, details=True)
    house.feeds["busy feed"] = feeds.open(party, details=False)


def _ask(house: House) -> None:
    """`owner` asks `asked`, who would like to know more; a colleague introduces `owner` and `introduced`."""
    owner, asked = house.people["owner"], house.people["asked"]
    inquiry = Inquiry(person=owner, sentence=house.word("ask.Ask.sentence that is open"))
    asks.ask(inquiry, [asked], kind="mentoring", note=house.word("connections.Queue.note"))
    introduction = Introduction.objects.get(second=asked)
    more = answers.tell_me_more(introduction, by=asked, question=house.word("connections.MoreAsked.question"))
    answers.reply(more, by=owner, text=house.word("connections.MoreAsked.reply"))
    _reasons(house, introduction)
    introductions.introduce(
        owner,
        house.people["introduced"],
        by=house.people["introducer"],
        why=house.word("connections.PassedOn.why"),
    )


def _take_part(house: House) -> None:
    """A round introduces `owner` and `leader`."""

    def because(side: str) -> dict[str, str]:
        return {"kind": "words", "words": house.word(f"connections.Introduction.reason_{side} in a round")}

    listed = queues.Approved(house.people["leader"], reason=because("first"), reason_back=because("second"))
    part = queues.open_in_round(
        house.people["owner"],
        [listed],
        kind="mentoring",
        note=house.word("connections.Queue.note of a round"),
        named=house.word("connections.Queue.named"),
    )
    assert part is not None
    assert part.introductions.exists()


def _reasons(house: House, introduction: Introduction) -> None:
    def because(label: str) -> dict[str, str]:
        return {"kind": "words", "words": house.word(label)}

    Introduction.objects.filter(pk=introduction.pk).update(
        reason_first=because("connections.Introduction.reason_first"),
        reason_second=because("connections.Introduction.reason_second"),
    )
    QueueEntry.objects.filter(queue=introduction.queue).update(
        reason=because("connections.QueueEntry.reason"),
        reason_back=because("connections.QueueEntry.reason_back"),
    )


def _offer_quietly(house: House) -> None:
    """This week's offer on Home, in place of the one that time has made."""
    owner, because = house.people["owner"], house.word("ask.QuietOffer.people")
    offered = {"key": house.people["colleague"].key, "reason": {"kind": "words", "words": because}}
    QuietOffer.objects.filter(person=owner).delete()
    QuietOffer.objects.create(person=owner, people=[offered])


def _confide(house: House) -> None:
    """`owner` asks `steward` quietly, tells `listener` that something is wrong, would rather not meet one."""
    owner, steward, listener = (house.people[name] for name in ("owner", "steward", "listener"))
    sent = steward_asks.send(owner, steward, text=house.word("ask.StewardAsk.text"))
    steward_asks.reply(sent, text=house.word("ask.StewardAsk.reply"))
    connection = Connection.objects.get(first=owner)
    concern = concerns.tell(connection, house.word("connections.Concern.text"), by=owner, to=listener)
    concerns.reply(concern, house.word("connections.Concern.reply"), by=listener)
    not_wanted.add(owner, house.people["away"])
    invitations.invite([house.people["invited"]], by=steward)


def _choose_a_list(house: House) -> None:
    """From another system, looked through: it waits to be brought in. Salaries are nobody's business."""
    said = {name: house.word(f"people.RosterLine.{name}") for name in ("name", "title", "place", "pronouns")}
    address = f"{house.word('people.RosterLine.email')}@{house.slug}.example"
    strange, salary = (
        house.word("people.RosterRemark.values"),
        house.word("people.RosterFile.rows that are sensitive"),
    )
    text = (
        f"Name,Email,Job title,Place,Pronouns,Start date,{house.word('people.Roster.columns')},Salary\n"
        f"{said['name']},{address},{said['title']},{said['place']},{said['pronouns']},{strange},,{salary}\n"
    )
    by, name = house.people["administrator"], house.word("people.Roster.name")
    listed(text, of=house.organisation, by=by, name=name)


def _rehearse(house: House) -> None:
    """A round that `steward` alone runs, rehearsed and not sent: what two would read nobody reads yet."""
    steward, owner, party = (house.people[name] for name in ("steward", "owner", "party"))
    program = programs.program(
        steward, house.word("programs.Program.name"), purpose=house.word("programs.Program.purpose")
    )
    programs.takes_part(owner, program)
    programs.takes_part(party, program, seeks=False, gives=True)
    rehearsal = ready(programs.round_of(program, steward), [(owner, party)], [house.people["report"]])
    rehearsal.pairings.update(
        parts=[PARTS[0] | {"what": house.word("programs.Pairing.parts")}],
        reason={"kind": "offers", "topic": house.word("programs.Pairing.reason")},
        reason_back={"kind": "wants", "topic": house.word("programs.Pairing.reason_back")},
    )
    offered = ONE_MORE | {"kind": "offered", "topic": house.word("programs.LeftOut.why")}
    rehearsal.left_out.update(why=FULL | {"changes": [offered]})
