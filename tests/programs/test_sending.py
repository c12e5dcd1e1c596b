"""A round is sent once; its introductions open by and by; two numbers are told of it, at fixed times."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bothways.connections.actions import answers, locks, meetings
from bothways.connections.models import Introduction, Queue, QueueEntry
from bothways.connections.queries import answer_links
from bothways.core import time
from bothways.core.models import Organisation
from bothways.people.models import NotWanted, Offer, Person, Reservation, Topic, Want
from bothways.programs.actions import participations, programs, rounds, sending
from bothways.programs.models import Pairing, Participation, Program, Rehearsal, Round, Step
from bothways.programs.queries import changes
from bothways.programs.queries import programs as listed
from bothways.programs.tasks import count_steps, rehearse, send_rounds
from tests import factories
from tests.factories.introductions import ask, introduction, pass_time
from tests.factories.programs import giver, introduced, rehearsed, seeker, sent, takes_part
from tests.factories.rehearsals import ready as worked_out
from tests.programs.steps import steps

pytestmark = pytest.mark.usefixtures("at_once")


@pytest.fixture
def people(pairs_of_us: Program, organisation: Organisation) -> dict[str, Person]:
    topic: Topic = factories.topic(organisation, "Knots")
    made = {name: seeker(pairs_of_us, name, topic) for name in ("Ada", "Ben")}
    return made | {name: giver(pairs_of_us, name, topic, budget_minutes=60) for name in ("Gus", "Hal")}


@pytest.fixture
def ready(round_: Round, people: dict[str, Person], steward: Person) -> Rehearsal:
    return rehearsed(round_, steward)


def part(person: Person) -> Participation:
    return Participation.objects.get(person=person)


def test_sending_opens_a_queue_for_each_who_seeks(
    ready: Rehearsal, round_: Round, steward: Person, people: dict[str, Person], clock: time.Clock
) -> None:
    sending.send(ready, by=steward)
    assert not Queue.objects.exists()
    assert send_rounds() is False
    round_.refresh_from_db()
    assert (round_.sent, round_.sent_at) == (ready, clock.at)
    for pairing in ready.pairings.filter(rank=1):
        queue = pairing.queue
        assert queue
        assert (queue.author_id, queue.of_round, queue.named) == (
            pairing.seeker_id,
            True,
            ready.round.program.name,
        )
        assert (queue.kind, queue.note) == ("mentoring", ready.round.program.purpose)
        listed = ready.pairings.filter(seeker=pairing.seeker_id).order_by("rank")
        assert [entry.person_id for entry in queue.entries.order_by("position")] == [
            each.giver_id for each in listed
        ]
        assert queue.entries.get(position=1).reason == pairing.reason
        assert part(pairing.seeker).seeks is False
    assert {
        (each.first.first_name, each.second.first_name) for each in Introduction.objects.all()
    } == introduced(ready)
    assert round_.trail.latest("pk").what == "sent"


def test_it_is_sent_once_and_opening_twice_changes_nothing(ready: Rehearsal, steward: Person) -> None:
    sent(ready, steward)
    with pytest.raises(rounds.IsSent):
        sending.send(ready, by=steward)
    before = list(Queue.objects.values()), list(Pairing.objects.order_by("pk").values())
    for pairing in Pairing.objects.filter(rank=1):
        sending.open_queue(pairing)
    assert (list(Queue.objects.values()), list(Pairing.objects.order_by("pk").values())) == before
    assert Step.objects.count() == 3


def test_what_is_not_ready_or_closed_is_not_sent(
    round_: Round, people: object, steward: Person, pairs_of_us: Program
) -> None:
    waiting = rehearse(round_, by=steward)
    with pytest.raises(sending.NotReady):
        sending.send(waiting, by=steward)
    ready = rehearsed(round_, steward)
    programs.close(pairs_of_us)
    with pytest.raises(sending.Closed):
        sending.send(ready, by=steward)


def test_what_has_changed_is_rehearsed_first(
    ready: Rehearsal, round_: Round, steward: Person, people: dict[str, Person], clock: time.Clock
) -> None:
    ready.refresh_from_db()
    assert not changes.since(ready)
    clock.advance(timedelta(minutes=1))
    rounds.forbid(round_, people["Ada"], people["Gus"], by=steward)
    with pytest.raises(sending.Outdated) as outdated:
        sending.send(ready, by=steward, anyway=True)
    assert outdated.value.changes == changes.Changes(pins=True)
    rounds.free(round_, people["Ada"], people["Gus"], by=steward)
    rounds.settle(round_, rules=[], weights={}, by=steward)
    with pytest.raises(sending.Outdated) as outdated:
        sending.send(ready, by=steward, anyway=True)
    assert outdated.value.changes == changes.Changes(terms=True)


def test_late_joiners_wait_and_leavers_are_left_in_peace(
    ready: Rehearsal,
    pairs_of_us: Program,
    steward: Person,
    people: dict[str, Person],
    clock: time.Clock,
) -> None:
    clock.advance(timedelta(minutes=1))
    late = seeker(pairs_of_us, "Cleo")
    participations.leave(part(people["Ada"]))
    participations.leave(part(people["Gus"]))
    with pytest.raises(sending.Outdated) as outdated:
        sending.send(ready, by=steward)
    assert outdated.value.changes == changes.Changes(left=2, joined=1)
    sent(ready, steward, anyway=True)
    assert [queue.author.first_name for queue in Queue.objects.select_related("author")] == ["Ben"]
    assert not Introduction.objects.with_person(people["Gus"]).exists()
    assert part(late).seeks


def waits_for(person: Person) -> bool:
    """Whether their turn in somebody's part is still to come."""
    return QueueEntry.objects.filter(person=person, tried_at=None).exists()


@pytest.mark.parametrize("how", ["stop giving", "leave"])
def test_who_gives_no_longer_is_asked_by_nobody_else(
    ready: Rehearsal, pairs_of_us: Program, steward: Person, people: dict[str, Person], how: str
) -> None:
    sent(ready, steward)
    assert waits_for(people["Gus"])
    if how == "leave":
        participations.leave(part(people["Gus"]))
    else:
        takes_part(people["Gus"], pairs_of_us, seeks=True)
    assert not waits_for(people["Gus"])
    assert waits_for(people["Hal"])


def test_who_leaves_locks_at_once_what_is_theirs_and_nothing_else(
    ready: Rehearsal, steward: Person, people: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(ready, steward)
    locked: list[list[int]] = []

    def queues(ids: Iterable[int], lock: Any = locks.queues) -> Any:
        held = lock(ids)
        locked.append(sorted(held))
        return held

    monkeypatch.setattr(locks, "queues", queues)
    own = Queue.objects.get(author=people["Ada"])
    participations.leave(part(people["Ada"]))
    assert {pk for each in locked for pk in each} == {own.pk}
    assert Queue.objects.get(pk=own.pk).closed_how == "withdrawn"


def test_a_program_that_closes_meanwhile_opens_nothing_more(
    ready: Rehearsal, pairs_of_us: Program, steward: Person
) -> None:
    sending.send(ready, by=steward)
    programs.close(pairs_of_us)
    while sending.advance():
        pass
    assert not Queue.objects.exists()
    assert not ready.pairings.filter(rank=1, sent_at=None).exists()


def test_what_is_over_opens_and_sends_no_round(
    ready: Rehearsal, pairs_of_us: Program, steward: Person, clock: time.Clock
) -> None:
    clock.advance(timedelta(days=181))
    with pytest.raises(sending.Closed):
        sending.send(ready, by=steward)
    Round.objects.update(sent_at=time.now())
    with pytest.raises(rounds.NotOpen):
        rounds.open(pairs_of_us, by=steward)


def test_a_rehearsal_that_introduces_nobody_is_not_sent(ready: Rehearsal, steward: Person) -> None:
    ready.pairings.filter(rank=1).delete()
    with pytest.raises(sending.NotReady):
        sending.send(ready, by=steward)


def test_for_whom_it_could_not_begin_they_alone_read_so(
    ready: Rehearsal, round_: Round, steward: Person, people: dict[str, Person], clock: time.Clock
) -> None:
    """Else a steward reads off the list of those who look whose minutes are gone, and so who connected."""
    Person.objects.filter(pk=people["Ada"].pk).update(budget_minutes=0)
    sent(ready, steward)
    pairing = ready.pairings.get(rank=1, seeker=people["Ada"])
    assert pairing.sent_at
    assert pairing.queue is None
    assert not part(people["Ada"]).seeks
    own = reverse("programs_program", args=[steward.organisation.slug, round_.program.key])
    for who, reads in ((people["Ada"], True), (people["Ben"], False), (steward, False)):
        page: Any = factories.signed_in(who).get(own)
        assert ("The last round could not begin for you" in page.content.decode()) is reads
    pass_time(clock, days=60)
    count_steps()
    counted = Step.objects.filter(round=round_).order_by("at")
    assert [(step.connected, step.not_connected) for step in counted] == [(0, 2)] * 3


def test_who_was_asked_or_connected_changes_nothing_that_a_steward_reads(
    round_: Round, pairs_of_us: Program, steward: Person, people: dict[str, Person]
) -> None:
    """Rehearsed again a minute later, and who looks for somebody after it is sent (consent.md 20, 27)."""
    Person.objects.filter(pk__in=[people["Ada"].pk, people["Ben"].pk]).update(budget_minutes=90)
    before = rehearsed(round_, steward)
    for asked in (people["Ada"], people["Ben"], people["Gus"]):
        ask(factories.member(steward.organisation), asked)
    connection = answers.accept(introduction(people["Ada"]), by=people["Ada"])
    assert connection
    meetings.propose(connection, [time.now() + timedelta(days=2)], by=connection.first, minutes=60)
    meetings.pick(connection.meetings.get(), time.now() + timedelta(days=2), by=people["Ada"])
    again = rehearsed(round_, steward)
    assert introduced(again) == introduced(before)
    assert again.figures == before.figures
    assert [left.why for left in again.left_out.all()] == [left.why for left in before.left_out.all()]
    sent(again, steward)
    looking = listed.people(pairs_of_us, "seeks").values_list("person__name", flat=True)
    assert list(looking) == []


def test_what_somebody_wants_in_secret_is_read_by_them_alone(
    pairs_of_us: Program, organisation: Organisation, round_: Round, steward: Person
) -> None:
    """Both ways, on the page of the introduction and behind the link of the mail."""
    grief, knots = factories.topic(organisation, "Grief"), factories.topic(organisation, "Knots")
    ada = seeker(pairs_of_us, "Ada", grief, shown=False)
    gus = giver(pairs_of_us, "Gus", grief, budget_minutes=60)
    Offer.objects.create(person=ada, topic=knots)
    Want.objects.create(person=gus, topic=knots, shown=False)
    sent(rehearsed(round_, steward), steward)
    made = Introduction.objects.get()
    own = reverse("connections_introduction", args=[organisation.slug, made.key])
    for who, mine, theirs in ((ada, "grief", "knots"), (gus, "knots", "grief")):
        for page in (
            factories.signed_in(who).get(own),
            Client().get(answer_links.path_of(made, who)),
        ):
            said: Any = page
            text = said.content.decode().lower()
            assert f"{mine}, which you would like to get better at" in text
            assert theirs not in text


def test_a_locked_pair_that_would_rather_not_is_sent_all_the_same(
    round_: Round, steward: Person, people: dict[str, Person]
) -> None:
    NotWanted.objects.create(person=people["Gus"], other=people["Ada"], since=time.now() - timedelta(days=9))
    rounds.lock(round_, people["Ada"], people["Gus"], by=steward)
    sent(rehearsed(round_, steward), steward)
    assert Queue.objects.filter(author=people["Ada"]).exists()
    assert not Introduction.objects.get(first=people["Ada"]).delivered


def test_steps_are_counted_at_their_time_whenever_the_clock_comes_by(
    ready: Rehearsal, round_: Round, steward: Person, clock: time.Clock
) -> None:
    begun = clock.at
    sent(ready, steward)
    connecting, quiet = Introduction.objects.order_by("pk")
    answers.not_now(quiet, by=quiet.second)
    for side in (connecting.first, connecting.second):
        answers.accept(connecting, by=side)
    count_steps()
    assert not Step.objects.exclude(taken_at=None).exists()
    pass_time(clock, days=60)
    count_steps()
    counted = Step.objects.filter(round=round_).order_by("at")
    week = timedelta(days=7)
    assert [step.at for step in counted] == [begun + week, begun + 2 * week, begun + 4 * week]
    assert [(step.connected, step.not_connected) for step in counted] == [(1, 1)] * 3


def test_what_connects_after_a_step_is_not_in_it(
    ready: Rehearsal, round_: Round, steward: Person, clock: time.Clock
) -> None:
    sent(ready, steward)
    clock.advance(timedelta(days=8))
    late = Introduction.objects.order_by("pk")[0]
    for side in (late.first, late.second):
        answers.accept(late, by=side)
    count_steps()
    first = Step.objects.filter(round=round_).order_by("at")[0]
    assert (first.connected, first.not_connected) == (0, 2)


@pytest.mark.sqlite
def test_what_is_done_for_one_costs_no_more_in_a_large_round(pairs_of_us: Program, steward: Person) -> None:
    """To begin their part, to look for what is due, to see the program's page, to leave."""
    few, many = (_done_for_one(pairs_of_us, steward, number) for number in (5, 500))
    assert {what: many[what] < 2 * few[what] + 100 for what in few} == dict.fromkeys(few, True)


def _done_for_one(program: Program, steward: Person, number: int) -> dict[str, int]:
    names: dict[str, dict[str, Any]] = {f"Ada {n} of {number}": {} for n in range(2 * number)}
    people = factories.members(program.organisation, names)
    Participation.objects.bulk_create(
        Participation(program=program, person=one, seeks=True, gives=True) for one in people
    )
    booked = {"month": time.today().replace(day=1), "minutes": 1, "kind": Reservation.Kind.BOOKED}
    Reservation.objects.bulk_create(
        Reservation(person=one, source_key=f"meeting:{one.key}", **booked) for one in people
    )
    pairs = list(zip(people[::2], people[1::2], strict=True))
    made = worked_out(rounds.open(program, by=steward), pairs)
    worked_out(made.round, pairs)
    sending.send(made, by=steward, anyway=True)
    first, second, *others = made.pairings.order_by("key")
    sending.open_queue(first)
    found = {"begin": steps(lambda: sending.open_queue(second))}
    Pairing.objects.filter(pk__in=[one.pk for one in others]).update(sent_at=time.now())
    return found | {
        "look": steps(sending.advance),
        "page": steps(lambda: listed.shown(program, first.seeker)),
        "leave": steps(lambda: participations.leave(first.seeker.participations.get())),
    }
