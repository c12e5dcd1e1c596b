"""300 people, a round rehearsed and sent; some connect, others are asked on, in a real Chromium."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import count

import pytest
from django.apps import apps

from bothways.connections.actions import answers as verbs
from bothways.connections.models import Connection, Introduction
from bothways.core import keys, time, worker
from bothways.core.models import Organisation
from bothways.people.actions import topics
from bothways.people.models import Invitation, Person
from bothways.programs.models import Pairing, Participation, Program, Rehearsal
from tests import factories
from tests.stories import rounds, staff
from tests.stories.alike import Reader, differing
from tests.stories.browser import Opens
from tests.stories.visitors import Visitor, fits_a_thumb, nothing_spills_over

pytestmark = [
    pytest.mark.django_db(
        transaction=True, available_apps=[config.name for config in apps.get_app_configs()]
    ),
    pytest.mark.browser,
]

COME, TAKE_PART, BY_HAND = 150, 90, 2
Brings = Callable[..., Visitor]


@pytest.fixture
def brings(opens: Opens, clock: time.Clock) -> Brings:
    def bring(name: str, person: Person | None = None) -> Visitor:
        return Visitor(name, opens(person), looks=(nothing_spills_over, fits_a_thumb))

    return bring


@pytest.fixture(autouse=True)
def the_same_round_each_time(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Of rounds that are equally good, keys decide; each time the worker comes by it draws others."""
    drain, visits = worker.drain, count()

    def drain_with_keys_of_its_own() -> None:
        with keys.derived("story", f"worker {next(visits)}"):
            drain()

    monkeypatch.setattr(worker, "drain", drain_with_keys_of_its_own)
    with keys.derived("story", "round"):
        yield


def the_others_come(house: Organisation, program: Program, without: Sequence[str]) -> None:
    """Half of those invited come in, and most of these take part: by the verbs behind the buttons."""
    links = Invitation.objects.filter(person__organisation=house).exclude(person__email__in=without)
    here = staff.come_in(
        links.select_related("person").order_by("person__email")[:COME], staff.subjects(house)
    )
    staff.take_part(here[:TAKE_PART], program)
    worker.drain()


def twins(rehearsal: Rehearsal, *, but: Iterable[Pairing]) -> tuple[Pairing, Pairing]:
    """Two first pairs whose seekers want the same and read the same reasons, names and topics aside."""
    taken = {pk for one in but for pk in (one.seeker_id, one.giver_id)}
    lists: dict[int, list[Pairing]] = defaultdict(list)
    ranked = rehearsal.pairings.filter(rank__lte=2).select_related("seeker", "giver")
    for one in ranked.order_by("rank"):
        lists[one.seeker_id].append(one)
    alike: dict[tuple[object, ...], list[Pairing]] = defaultdict(list)
    for pairs in lists.values():
        if len(pairs) == 2 and not taken & {pairs[0].seeker_id, *(one.giver_id for one in pairs)}:
            alike[what_is_read(pairs)].append(pairs[0])
    one, other = max(alike.values(), key=len)[:2]
    return one, other


def what_is_read(pairs: Sequence[Pairing]) -> tuple[object, ...]:
    seeker = pairs[0].seeker
    wants = seeker.wants.order_by("topic__key").values_list("topic__key", flat=True)
    kinds = [(one.reason["kind"], one.giver.time_zone) for one in pairs]
    return seeker.time_zone, tuple(seeker.languages), *wants, *kinds


def asked_at(seeker: Person) -> list[datetime]:
    mine = Introduction.objects.filter(queue__author=seeker).order_by("opens_at")
    return list(mine.values_list("opens_at", flat=True))


def say_yes_too(rehearsal: Rehearsal, but: Sequence[Pairing]) -> None:
    """Four more pairs, so that there are five."""
    waiting = Introduction.objects.filter(
        queue__author__in=rehearsal.pairings.filter(rank=1, locked=False).values("seeker"), state="open"
    ).exclude(queue__author__in=[one.seeker for one in but])
    for introduction in waiting.select_related("first", "second").order_by("opens_at", "key")[:4]:
        for person in (introduction.first, introduction.second):
            verbs.accept(introduction, by=person)


def rehearsed(stella: Visitor, program: Program, seekers: int) -> tuple[Rehearsal, list[Pairing]]:
    """Twice; in between two pairs are locked and one is kept apart. The second, and these three."""
    stella.goes(f"/harbour/programs/{program.key}/")
    stella.presses("Open the first round")
    stella.is_at("Round 1")
    settled = rounds.settles(stella, rounds.rehearses(stella, "Rehearse", seekers=seekers))
    second = rounds.rehearses(stella, "Rehearse again", seekers=seekers)
    made = set(second.pairings.filter(rank=1).values_list("seeker", "giver"))
    assert [(one.seeker_id, one.giver_id) in made for one in settled] == [True, True, False]
    return second, settled


def read_alike(reader: Reader, refused: Pairing, silent: Pairing, *, connected: Pairing) -> None:
    """Who was told "not now" reads what who was told nothing reads; the others, as one can see, do not."""
    one, other = reader.reads(refused.seeker), reader.reads(silent.seeker)
    assert differing(one, other) == {}
    found = reader.reads(connected.seeker)
    assert differing(one, found).keys() >= {"home", "inbox", "introductions", "connections"}
    told = "You and NAME are connected"
    assert told in " ".join(found.values())
    assert told not in " ".join(one.values())
    own = "You said not now"
    assert own in reader.reads(refused.giver)["introductions"]
    assert own not in " ".join(one.values())


def test_a_round_from_a_list_of_people_to_the_next_introduction(brings: Brings, clock: time.Clock) -> None:
    house = factories.organisation()
    topics.seed(house)
    rounds.brings_them_in(brings("Astrid", factories.member(house, "Astrid", role="administrator")))
    stella = brings("Stella", factories.member(house, "Stella", role="steward"))
    program = rounds.opens_a_program(stella)
    by_hand = [one.email for one in staff.colleagues()[-BY_HAND:]]
    for address in by_hand:
        rounds.comes_in_and_takes_part(brings(address), address)
    the_others_come(house, program, by_hand)
    seekers = Participation.objects.filter(seeks=True).count()
    assert seekers == TAKE_PART // 3 + BY_HAND

    second, (locked, also_locked, apart) = rehearsed(stella, program, seekers)
    rounds.compares(stella, apart)
    rounds.asks_why_not(stella, apart)
    rounds.takes_the_pairs_along(stella, second)
    rounds.sends(stella, seekers=seekers)
    clock.advance(timedelta(minutes=2))
    worker.drain()

    refused, silent = twins(second, but=[locked, also_locked, apart])
    guest = brings("Somebody at their mail")
    rounds.answers(guest, locked.seeker, locked.giver, "Yes, gladly")
    rounds.answers(guest, locked.giver, locked.seeker, "Yes, gladly")
    rounds.answers(guest, refused.giver, refused.seeker, "Not now")
    worker.drain()
    assert Connection.objects.count() == 1
    reader = Reader(house, program)
    read_alike(reader, refused, silent, connected=locked)

    clock.advance(timedelta(days=7, minutes=30))
    worker.drain()
    assert len(asked_at(refused.seeker)) == 2
    assert asked_at(refused.seeker) == asked_at(silent.seeker), "the next comes at one moment"
    read_alike(reader, refused, silent, connected=locked)

    say_yes_too(second, but=[refused, silent, locked, also_locked])
    clock.advance(timedelta(days=7))
    worker.drain()
    rounds.sees_how_far_it_has_come(stella, connected=5, others=seekers - 5)
    rounds.reads_nobodys_answer(stella, [refused, silent])
