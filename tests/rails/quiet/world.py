"""Plays one history in a world of its own and writes down what each observer sees after every step."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from django.core import mail
from django.db.models import QuerySet

from bothways.core import keys, time, worker
from bothways.core.prepared import prepared
from bothways.people.models import Person
from tests import factories
from tests.conftest import START
from tests.rails.quiet import dump, observe
from tests.rails.quiet.commands import ANSWERS, Asked, open_now, perform
from tests.rails.quiet.history import ACTORS, Command, History
from tests.rails.undone import undone


@dataclass
class Step:
    """After one command: every row, and what some pages and all new letters said to each observer."""

    rows: dict[str, list[str]]
    seen: list[observe.Seen]


@dataclass
class Ending:
    """One way on from the pivot.

    `pivotal`: the sealed answers before anything else comes of it. `looks`: whether pages were read, for each
    step: for as long as the "not now" is kept. Once it is gone all rows are equal, and so is every page.
    """

    pivotal: list[str] = field(default_factory=list)
    looks: list[bool] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    last: list[observe.Seen] = field(default_factory=list)


@dataclass
class Both:
    """The world that heard the "not now", and the one that never did."""

    author: Person
    heard: Ending
    unheard: Ending

    def are_one(self) -> bool:
        """Whether every row is equal by now, the author's own too."""
        return self.heard.steps[-1].rows == self.unheard.steps[-1].rows


def play_both(history: History, *, instead: str = "not_now") -> Both | None:
    """Play it twice from where the two worlds part; None where nobody could answer at the pivot.

    What follows from equal rows at the same moment is equal. So both end once nothing is kept of the
    "not now" and all rows are equal; else, and in one history of ten, they are played to the end.
    """
    whole = not Random(f"{history.seed}/whole").randrange(10)
    both = _play_both(history, instead, whole)
    return both if both is None or whole or both.are_one() else _play_both(history, instead, True)


def _play_both(history: History, instead: str, whole: bool) -> Both | None:
    """Where the same person had answered the same introduction before, the world that never hears it
    begins anew, without those answers.
    """
    with undone(), time.driven(START) as clock:
        mail.outbox.clear()
        play = _Play(history, clock, whole)
        play.begin()
        target = play.target()
        if target is None:
            return None
        author = Person.objects.get(key=target.person)
        with undone(), _back_again(clock):
            heard = play.end(target, instead)
        if target not in play.answered:
            return Both(author, heard, play.end(target, None, heard))
    with undone(), time.driven(START) as clock:
        mail.outbox.clear()
        play = _Play(history, clock, whole)
        play.begin(without=target)
        return Both(author, heard, play.end(target, None, heard))


@contextmanager
def _back_again(clock: time.Clock) -> Iterator[None]:
    at, sent = clock.at, len(mail.outbox)
    yield
    clock.at = at
    del mail.outbox[sent:]


class _Play:
    """One history on one stage. `whole`: to its end, not only until nothing is kept of the "not now"."""

    def __init__(self, history: History, clock: time.Clock, whole: bool) -> None:
        self.history, self.clock, self.whole = history, clock, whole
        self.answered: set[Asked] = set()
        self.sent = 0
        with self._keys("setting"):
            self.people = setting()

    def begin(self, without: Asked | None = None) -> None:
        """Everything before the pivot; the pivot's own wait too."""
        for number, command in enumerate(self.history.commands[: self.history.pivot]):
            self._wait(command, number)
            self._do(number, command, without)
        self._wait(self.history.commands[self.history.pivot], self.history.pivot)
        self.sent = len(mail.outbox)

    def target(self) -> Asked | None:
        sides = open_now()
        which = self.history.commands[self.history.pivot].which
        return sides[which % len(sides)] if sides else None

    def end(self, target: Asked, answer: str | None, like: Ending | None = None) -> Ending:
        """The pivot, with this answer or none, and what comes after it; looking where another way did."""
        ending, commands = Ending(), self.history.commands
        until = self.history.pivot + len(like.steps) if like else len(commands)
        for number in range(self.history.pivot, until):
            if number > self.history.pivot:
                self._wait(commands[number], number)
                self._do(number, commands[number], None)
            elif answer is not None:
                with self._keys(str(number)):
                    perform(self.people, commands[number], verb=answer, side=target)
            if number == self.history.pivot:
                ending.pivotal = dump.everything()["connections.SealedAnswer"]
            self._work(f"{number} after")
            rows = dump.everything()
            looks = like.looks[len(ending.looks)] if like else answer != "not_now" or a_no_is_kept(rows)
            ending.looks.append(looks)
            ending.steps.append(Step(rows, list(self._look(number, target.person, pages=looks))))
            if not looks and not self.whole:
                break
        ending.last = self._last_look()
        return ending

    def _last_look(self) -> list[observe.Seen]:
        """Every page of one observer, in one history of fifty: by now all rows are equal anyway."""
        dice = Random(f"{self.history.seed}/last")
        if dice.randrange(50):
            return []
        return list(observe.pages(dice.choice(self.observers())))

    def observers(self) -> list[Person]:
        return _observers([person.pk for person in self.people])

    def _do(self, number: int, command: Command, without: Asked | None) -> None:
        with self._keys(str(number)):
            if without is not None and command.verb in ANSWERS and self._resolves_to(command, without):
                return
            side = perform(self.people, command, verb=command.verb)
        if side is not None:
            self.answered.add(side)

    def _resolves_to(self, command: Command, side: Asked) -> bool:
        sides = open_now()
        return bool(sides) and sides[command.which % len(sides)] == side

    def _wait(self, command: Command, number: int) -> None:
        if command.after:
            self.clock.advance(timedelta(hours=command.after))
            self._work(f"{number} before")

    def _work(self, step: str) -> None:
        with self._keys(step):
            worker.drain()

    def _keys(self, part: str) -> AbstractContextManager[None]:
        return keys.derived(str(self.history.seed), part)

    def _look(self, number: int, author: str, *, pages: bool) -> Iterator[observe.Seen]:
        """Everybody's letters, and some pages of two people other than the author of the answer."""
        dice = Random(f"{self.history.seed}/{number}")
        everybody = self.observers()
        for observer in dice.sample([person for person in everybody if person.key != author], 2):
            if pages:
                yield from observe.some_pages(observer, dice)
        for observer in everybody:
            yield from observe.letters(observer, mail.outbox, since=self.sent)


@prepared
def _observers(ids: Any) -> QuerySet[Person]:
    found = Person.objects.with_roles().select_related("organisation", "account", "team")
    return found.filter(pk__in=ids).order_by("pk")


def a_no_is_kept(rows: dict[str, list[str]]) -> bool:
    return any("'not_now'" in row for row in rows["connections.SealedAnswer"])


def setting() -> list[Person]:
    """Four members and a steward; Ben has little time, Dan and Eve much; Dan manages Ada."""
    harbour = factories.organisation()
    talks = factories.topic(harbour, "Speaking in public")
    dan = factories.member(harbour, "Dan", email="dan@harbour.example", budget_minutes=180)
    people = [
        factories.member(harbour, "Ada", email="ada@harbour.example", manager=dan),
        factories.member(harbour, "Ben", email="ben@harbour.example", budget_minutes=60),
        factories.member(harbour, "Cleo", email="cleo@harbour.example", budget_minutes=90),
        dan,
        factories.member(
            harbour, "Eve", email="eve@harbour.example", role=Person.Role.STEWARD, budget_minutes=240
        ),
    ]
    assert len(people) == len(ACTORS)
    for person in people:
        person.offers.create(topic=talks)
    return people
