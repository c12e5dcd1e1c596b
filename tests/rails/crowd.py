"""Many of everything that a page may list, made in bulk: around somebody, and around what is there."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import count
from typing import Any

from bothways.ask.models import Ask, StewardAsk
from bothways.connections.models import (
    Agreement,
    Concern,
    Connection,
    ConnectionMessage,
    Introduction,
    Meeting,
    MoreAsked,
    PassedOn,
    Queue,
    QueueEntry,
    Reflection,
)
from bothways.connections.models.sealed import SealedAnswer
from bothways.core import time
from bothways.inbox.models import Message
from bothways.inbox.queries.subjects import about
from bothways.people.actions import search
from bothways.people.models import (
    Invitation,
    NotWanted,
    Offer,
    Person,
    Roster,
    RosterLine,
    RosterRemark,
    Team,
    Topic,
    Want,
)
from tests.rails import crowd_programs
from tests.rails.crowd_programs import made as _made

KINDS = ("conversation", "mentoring", "peer", "buddy", "reverse")
WORDS = "I grew up beside the harbour and mend nets"
_numbers = count(1)


def crowd(me: Person, number: int) -> None:
    """So many more people, each with something for, from and with `me`; and so many more of all there is."""
    people = _people(me, number)
    connections = _connections(me, people)
    introductions = _introductions(me, people)
    asks = _asks(me, people)
    _about_people(me, people)
    _inbox(me, [*connections, *introductions, *asks])
    _rosters(me, people, number)
    crowd_programs.crowd(me, people, number)
    earlier = Connection.objects.ours(me).exclude(pk__in=[one.pk for one in connections[1:]])
    for one in earlier:
        _life(one, number)


def _people(me: Person, number: int) -> list[Person]:
    here = me.organisation
    numbers = [next(_numbers) for _ in range(number)]
    teams = _made(Team(organisation=here, name=f"Team {each}") for each in numbers)
    topics = _made(
        Topic(organisation=here, key=f"craft-{each}", name=f"Craft {each}", group=Topic.Group.CRAFT)
        for each in numbers
    )
    common = Topic.objects.get_or_create(
        organisation=here, key="mending", defaults={"name": "Mending nets", "group": Topic.Group.CRAFT}
    )[0]
    people = _made(_person(me, each, team) for each, team in zip(numbers, teams, strict=True))
    _made(Offer(person=person, topic=topic) for person, topic in zip(people, topics, strict=True))
    _made(Offer(person=person, topic=common) for person in people)
    _made(Want(person=person, topic=topic, shown=True) for person, topic in zip(people, topics, strict=True))
    _made(Offer(person=me, topic=topic) for topic in topics)
    _made(Want(person=me, topic=topic, shown=True) for topic in topics)
    search.refresh(people)
    return people


def _person(me: Person, number: int, team: Team) -> Person:
    return Person(
        organisation=me.organisation,
        name=f"Crowd {number}",
        email=f"crowd.{number}@harbour.example",
        team=team,
        title="Net mender",
        brings=WORDS,
        hopes="To hear how others do it",
        languages=["en", "pt"],
        state=Person.State.ACTIVE,
        confirmed_at=time.now(),
        here_on=time.today(),
        has_room=True,
        budget_minutes=120,
        welcomed=True,
        manager=me,
        line=f"{me.line}{me.pk}/",
    )


def _connections(me: Person, people: list[Person]) -> list[Connection]:
    """In every state, with a meeting that was, one to come, and something written."""
    states = list(Connection.State.values)
    made = _made(
        Connection(
            organisation=me.organisation,
            first=me,
            second=person,
            kind=KINDS[place % len(KINDS)],
            state=states[place % len(states)],
            note="How do you mend nets?",
        )
        for place, person in enumerate(people)
    )
    _made(_meeting(one, Meeting.State.HELD, -3) for one in made)
    _made(_meeting(one, Meeting.State.PICKED, 3) for one in made)
    _made(
        Agreement(connection=one, written_by=one.first, ends_on=time.today() + timedelta(days=90))
        for one in made
    )
    return made


def _meeting(of: Connection, state: str, days: int, **fields: Any) -> Meeting:
    return Meeting(
        connection=of,
        state=state,
        proposed_by=of.second,
        starts_at=time.now() + timedelta(days=days),
        minutes=45,
        **fields,
    )


def _life(connection: Connection, number: int) -> None:
    """Many meetings, messages and reflections of two people."""
    held = _made(_meeting(connection, Meeting.State.HELD, -10 - each) for each in range(number))
    for author in connection.pair():
        _made(Reflection(meeting=one, author=author, learned=WORDS, shared=True) for one in held)
        _made(ConnectionMessage(connection=connection, author=author, text=WORDS) for _ in range(number))
    start = (time.now() + timedelta(days=5)).isoformat()
    _made(
        Meeting(connection=connection, proposed_by=connection.second, times=[start], minutes=45)
        for _ in range(number)
    )
    _made(
        Concern(connection=connection, teller=connection.first, told_to=connection.second, text=WORDS)
        for _ in range(number)
    )
    reflections = Reflection.objects.filter(meeting__in=held, author=connection.second)
    _inbox(connection.first, [*held, *reflections])


def _introductions(me: Person, people: list[Person]) -> list[Introduction]:
    """A colleague or a round introduces me to each; each has a question, too; I have passed as many on."""
    reason = {"kind": "offers", "topic": "Mending nets"}
    parts = _parts_in_rounds(people)
    made = _made(
        Introduction(
            organisation=me.organisation,
            queue=parts[person] if place % 2 else None,
            first=person,
            second=me,
            kind=KINDS[place % len(KINDS)],
            opens_at=time.now(),
            ends_at=time.now() + timedelta(days=9),
            note=WORDS,
            reason_first=reason,
            reason_second=reason,
        )
        for place, person in enumerate(people)
    )
    for one in made:
        SealedAnswer.objects.bulk_create(
            SealedAnswer(introduction=one, person=person) for person in (one.first, one.second)
        )
    questions = _made(MoreAsked(introduction=one, by=one.first, question="Which nets?") for one in made)
    _inbox(me, questions)
    _made(
        PassedOn(introducer=me, first=first, second=second, why=WORDS)
        for first, second in zip(people, reversed(people), strict=True)
    )
    return made


def _parts_in_rounds(people: list[Person]) -> dict[Person, Queue]:
    made = _made(
        Queue(
            organisation=person.organisation,
            author=person,
            kind="mentoring",
            note=WORDS,
            of_round=True,
            named="Spring mentoring",
            at_once=1,
            opened_at=time.now(),
            asked_last_at=time.now(),
            closes_at=time.now() + timedelta(days=9),
        )
        for person in people
    )
    return {queue.author: queue for queue in made}


def _asks(me: Person, people: list[Person]) -> list[Ask]:
    now = time.now()
    queues = _made(
        Queue(
            organisation=me.organisation,
            author=me,
            kind="conversation",
            note=WORDS,
            at_once=2,
            opened_at=now,
            asked_last_at=now,
            fallback_at=now + timedelta(days=3),
            closes_at=now + timedelta(days=9),
        )
        for _ in people
    )
    _made(
        QueueEntry(queue=queue, person=person, position=1)
        for queue, person in zip(queues, people, strict=True)
    )
    earlier = list(Ask.objects.filter(author=me))
    for ask in earlier:
        _made(StewardAsk(author=me, steward=person, ask=ask, text=WORDS) for person in people)
    told = _made(StewardAsk(author=person, steward=me, text=WORDS) for person in people)
    _inbox(me, told)
    return _made(Ask(author=me, sentence=WORDS, queue=queue, topics=["mending"]) for queue in queues)


def _about_people(me: Person, people: list[Person]) -> None:
    """Those I would rather not meet, those who were invited, those who left."""
    _made(NotWanted(person=me, other=person) for person in people)
    for state in (Person.State.INVITED, Person.State.LEFT, Person.State.SUSPENDED):
        more = [_person(me, next(_numbers), person.team) for person in people if person.team]
        for person in more:
            person.state = state
        invited = _made(more)
        day = timedelta(days=1)
        _made(
            Invitation(person=person, sent_at=time.now() - 9 * day, ends_at=time.now() - day)
            for person in invited
        )


MESSAGES = {
    "Ask": ("nobody_yet", "turned_up"),
    "Connection": ("connected", "message", "fit"),
    "Introduction": ("introduction", "introduction_of_round", "reminder"),
    "Meeting": ("meeting", "reflect"),
    "MoreAsked": ("more_asked",),
    "Reflection": ("learned",),
    "StewardAsk": ("steward_asked",),
}


def _inbox(me: Person, things: Iterable[Any]) -> None:
    _made(
        Message(person=me, kind=kind, about=about(thing), waits=place % 2 == 0)
        for thing in things
        for place, kind in enumerate(MESSAGES[type(thing).__name__])
    )


def _rosters(me: Person, people: list[Person], number: int) -> None:
    """Lists that were brought in; and on those that are there, more lines and more to say."""
    for roster in Roster.objects.filter(organisation=me.organisation).exclude(state=Roster.State.APPLIED):
        _made(
            RosterLine(
                roster=roster,
                line=1_000 + each,
                verdict="changed",
                person=person,
                email=person.email,
                title="Mender",
            )
            for each, person in enumerate(people)
        )
        _made(
            RosterRemark(roster=roster, line=1_000 + each, code=code, about="name", weight=weight)
            for each in range(number)
            for code, weight in (("no_name", "row"), ("own_manager", "note"))
        )
    _made(
        Roster(
            organisation=me.organisation,
            by=me,
            name="list.csv",
            state=Roster.State.APPLIED,
            encoding="utf-8",
            delimiter=",",
        )
        for _ in range(number)
    )
