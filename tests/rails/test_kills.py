"""SIGKILL to the real web and worker while people write over HTTP and a real mail server receives.

Twenty deaths: of the server that answers, of its master, of the worker; some at moments drawn by dice, some
aimed at where it hurts, a mail that was taken but not noted, a task half-way. Whatever was acknowledged is
there, nothing is there by half, each mail came at least once and under one Message-ID.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from random import Random
from time import sleep
from typing import Any, Protocol

import pytest
from django.apps import apps
from django_tasks_db.models import DBTaskResult

from bothways.connections.models import Connection, ConnectionMessage, Introduction, Queue
from bothways.core import time
from bothways.core.models import Heartbeat, Organisation, RecordedEvent, Tick
from bothways.inbox.models import Mail
from bothways.people.models import Person, Roster
from tests import factories
from tests.inbox import postbox
from tests.inbox.postbox import Postbox
from tests.rails.kills.clients import Life, Visitor
from tests.rails.kills.halves import halves, untold
from tests.rails.kills.installation import Installation, eventually
from tests.rails.kills.rehearsing import Rehearsing

# Naming the apps lets PostgreSQL empty tables with everything that refers to them.
pytestmark = pytest.mark.django_db(
    transaction=True, available_apps=[config.name for config in apps.get_app_configs()]
)

SEED = 20
DEATHS = ["server"] * 6 + ["web"] * 4 + ["worker"] * 4 + ["mail begun", "mail taken"] * 2
LISTED = 1500
A_REQUEST = 0.06  # seconds
LONGEST_LIFE = 0.8  # seconds that all goes well between two deaths


def test_what_was_acknowledged_is_kept_and_nothing_is_half(tmp_path: Path) -> None:
    dice = Random(SEED)
    with postbox.listening() as letters:
        house = Installation(tmp_path, port=postbox.free_port(), mail_port=letters.port)
        lives = [life(number, house) for number in range(3)]
        roster, rehearsing = Listing(house), Rehearsing(house)
        try:
            with house.running(), living(lives):
                for part in [*dice.sample(DEATHS, len(DEATHS)), "task", "task", "rehearsal"]:
                    eventually(house.is_well, f"all is well before the death of the {part}")
                    sleep(dice.uniform(0, LONGEST_LIFE))
                    if part in ("server", "web"):
                        while_somebody_speaks(lives, dice)
                    kill(part, house, letters, {"task": roster, "rehearsal": rehearsing})
                    rehearsing.assert_not_half()
                stop(lives)
                eventually(house.is_well, "all is well after the last death")
                roster.end()
                rehearsing.end()
                eventually(nothing_waits, "all that was recorded is worked off")
        finally:
            print(house.log.read_text()[-4000:])
    told = [life.said for life in lives]
    assert [wrong for said in told for wrong in said.wrong] == []
    assert sum(said.cut_off for said in told) > 0, "no request was ever cut off; kill at better moments"
    assert_kept(lives)
    assert halves() == []
    assert untold() == []
    assert_mailed(letters)
    roster.assert_whole()
    rehearsing.assert_whole()


def life(number: int, house: Installation) -> Life:
    organisation = factories.organisation(f"house-{number}")

    def several(count: int) -> list[Visitor]:
        people = [factories.member(organisation, budget_minutes=60_000) for _ in range(count)]
        return [Visitor(person, house.port) for person in people]

    return Life(number, several(8), several(80))


@contextmanager
def living(lives: list[Life]) -> Iterator[None]:
    for each in lives:
        each.start()
    try:
        yield
    finally:
        stop(lives)


def stop(lives: list[Life]) -> None:
    for each in lives:
        each.over.set()
    for each in lives:
        each.join()


def while_somebody_speaks(lives: list[Life], dice: Random) -> None:
    """A moment drawn by dice within what a request takes."""
    eventually(lambda: any(each.speaks for each in lives), "somebody waits for an answer", pause=0.002)
    sleep(dice.uniform(0, A_REQUEST))


class Worked(Protocol):
    """What somebody presses, and the worker is at for a while."""

    def press(self) -> None: ...
    def is_at_work(self) -> bool: ...


def kill(part: str, house: Installation, letters: Postbox, tasks: Mapping[str, Worked]) -> None:
    if part.startswith("mail"):
        dead = killed_at_the_next_mail(house, letters, taken=part.endswith("taken"))
    elif part in tasks:
        tasks[part].press()
        eventually(tasks[part].is_at_work, "a task runs", pause=0.01)
        dead = house.kill("worker")
    else:
        dead = house.kill(part)
    eventually(lambda: dead not in (house.pid(name) for name in ("web", "server", "worker")), "it is dead")
    assert halves() == [], f"after the death of the {part}"
    two_minutes_pass(dead)


def killed_at_the_next_mail(house: Installation, letters: Postbox, *, taken: bool) -> int:
    """Before the mail server has it; or after, and the worker that gave it never learns that it has."""
    dead: list[int] = []

    def killing(what: object) -> str:
        if not dead:
            dead.append(house.kill("worker"))
        return postbox.OK

    at = "at_data" if taken else "at_rcpt"
    setattr(letters, at, killing)
    eventually(lambda: dead, "a mail is sent")
    setattr(letters, at, lambda what: postbox.OK)
    return dead[0]


def two_minutes_pass(dead: int) -> None:
    """For what the dead one left behind: its claims on mails run out, its heart is known to be silent."""
    now = time.now()
    Mail.objects.exclude(claimed_until=None).update(claimed_until=now)
    Heartbeat.objects.filter(worker__contains=f"-{dead}-").update(beat_at=now - timedelta(minutes=2))
    Tick.objects.filter(name="core.worker.reap").update(due_at=now)


def nothing_waits() -> bool:
    """What waits for the end of its ten minutes is due at once here."""
    Mail.objects.unsettled().filter(not_before__gt=time.now()).update(not_before=time.now())
    return not (
        RecordedEvent.objects.undelivered().exists()
        or Mail.objects.unsettled().exists()
        or DBTaskResult.objects.filter(status__in=("READY", "RUNNING")).exists()
    )


def assert_kept(lives: list[Life]) -> None:
    """Everything that was acknowledged is in the database, once."""
    for each in lives:
        said = each.said
        assert min(len(said.asks), len(said.yeses), len(said.messages)) > 5, "too little was written"
        assert lost(said.asks, Queue.objects.values_list("note", flat=True)) == []
        assert lost(said.messages, ConnectionMessage.objects.values_list("text", flat=True)) == []
        connected = Introduction.objects.filter(state="connected").values_list("key", flat=True)
        assert lost(said.yeses, connected) == []


def lost(acknowledged: list[str], kept: Any) -> list[str]:
    rows = list(kept)
    return [word for word in acknowledged if rows.count(word) != 1]


def assert_mailed(letters: Postbox) -> None:
    by_id: dict[str, list[EmailMessage]] = defaultdict(list)
    for letter in letters.arrived:
        by_id[letter["Message-ID"].strip("<>").partition("@")[0]].append(letter)
    sent = set(Mail.objects.filter(outcome=Mail.Outcome.SENT).values_list("key", flat=True))
    assert sent - by_id.keys() == set(), "noted as sent, and never arrived"
    assert by_id.keys() - set(Mail.objects.values_list("key", flat=True)) == set(), "from nowhere"
    assert any(len(copies) > 1 for copies in by_id.values()), "no mail was ever repeated; aim better"
    for copies in by_id.values():
        assert len({(copy["To"], copy["Subject"], copy["Date"]) for copy in copies}) == 1
    for asked in Introduction.objects.filter(state="open").select_related("second"):
        assert [key for key, copies in by_id.items() if tells(copies[0], asked)] == [key_of(asked)]
    assert Connection.objects.count() > 0


def tells(letter: EmailMessage, asked: Introduction) -> bool:
    """Whether this letter asks this person about this note."""
    mine = asked.second.email in letter["To"]
    return mine and f"> {asked.note}\n" in postbox.part(letter, "text/plain").replace("\r\n", "\n")


def key_of(asked: Introduction) -> str:
    return Mail.objects.get(person=asked.second, kind="introduction", about=f"introduction:{asked.key}").key


class Listing:
    """An administrator who brings in a list: two tasks, and the worker dies under each."""

    def __init__(self, house: Installation) -> None:
        self.organisation: Organisation = factories.organisation("listed")
        role = Person.Role.ADMINISTRATOR
        self.visitor = Visitor(factories.member(self.organisation, "Admin", role=role), house.port)
        rows = (f"Person {number},p{number}@listed.example,Nurse\n" for number in range(LISTED))
        self.list = ("Name,Email,Job title\n" + "".join(rows)).encode()

    def press(self) -> None:
        """First the file, then "bring them in"; the steps are pressed again until they are heard."""
        if not Roster.objects.exists():
            assert self.visitor.upload("people_imports", self.list) == 302
            return
        eventually(lambda: Roster.objects.get().state == Roster.State.CHECKED, "the list is looked through")
        assert self.visitor.post("people_import_bring_in", Roster.objects.get().key) == 302

    def is_at_work(self) -> bool:
        """On the step that was pressed last: the check's task may still be noting that it is done."""
        task = "apply" if Roster.objects.filter(state=Roster.State.APPLYING).exists() else "check"
        return DBTaskResult.objects.filter(status="RUNNING", task_path__contains=task).exists()

    def end(self) -> None:
        eventually(lambda: Roster.objects.get().state == Roster.State.APPLIED, "the list is brought in")

    def assert_whole(self) -> None:
        assert Person.objects.filter(organisation=self.organisation).count() == LISTED + 1
        steps = DBTaskResult.objects.filter(status="SUCCESSFUL", task_path__contains="_roster")
        workers = [len(task.worker_ids) for task in steps]
        assert workers == [2, 2], "each task was taken up once more by another worker"
