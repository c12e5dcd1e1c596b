"""What a round is made of: public state, own words, not-wanted lists; read in one number of queries."""

import dataclasses
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bothways.connections.actions import answers, queues
from bothways.connections.models import Introduction
from bothways.core import time
from bothways.core.models import Organisation
from bothways.matching import Participant
from bothways.people.models import NotWanted, Offer, Person, Want
from bothways.programs.actions import participations, rounds
from bothways.programs.matchmaking import market
from bothways.programs.matchmaking.market import Drafted
from bothways.programs.models import Participation, Program, Round
from bothways.programs.tasks import rehearse
from tests import factories
from tests.factories.connections import connected
from tests.factories.introductions import pass_time
from tests.factories.programs import WEEK, giver, rehearsed, seeker, sent, takes_part
from tests.programs.steps import steps


def read(round_: Round) -> Drafted:
    return market.of(rehearse(round_, by=None))


def taken(round_: Round, person: Person) -> Participant:
    draft = read(round_).draft
    return next(one for one in (*draft.seekers, *draft.givers) if one.key == person.key)


def places(round_: Round, person: Person) -> list[int]:
    draft = read(round_).draft
    return [one.places for one in (*draft.seekers, *draft.givers) if one.key == person.key]


def test_so_many_queries_for_one_as_for_fifty(
    round_: Round, pairs_of_us: Program, organisation: Organisation
) -> None:
    topic = factories.topic(organisation, "Knots")
    seeker(pairs_of_us, "Ada", topic)
    made = rehearse(round_, by=None)
    market.of(made)  # the topics are read
    with CaptureQueriesContext(
        connection,
    ) as few:
        market.of(made)
    people = [factories.member(organisation, hours=WEEK) for _ in range(50)]
    for person in people:
        takes_part(person, pairs_of_us, seeks=True, gives=True)
    Offer.objects.bulk_create(Offer(person=person, topic=topic) for person in people)
    Want.objects.bulk_create(Want(person=person, topic=topic) for person in people)
    for one, other in zip(people[::4], people[1::4], strict=False):
        NotWanted.objects.create(person=one, other=other, since=time.now() - timedelta(days=9))
        queues.open(one, [queues.Approved(other)], kind="conversation", note="A word?")
    with CaptureQueriesContext(connection) as many:
        read_again = market.of(made)
    assert len(read_again.draft.seekers) == 51
    assert len(many) == len(few) <= 15


def test_who_is_in_it(round_: Round, pairs_of_us: Program, organisation: Organisation) -> None:
    ada = seeker(pairs_of_us, "Ada")
    giver(pairs_of_us, "Gus", state=Person.State.SUSPENDED)
    today = time.today()
    giver(pairs_of_us, "Hal", away_from=today, away_until=today)
    gone = giver(pairs_of_us, "Ida")
    participations.leave(Participation.objects.get(person=gone))
    neither = giver(pairs_of_us, "Jim")
    Participation.objects.filter(person=neither).update(gives=False)
    kim = giver(pairs_of_us, "Kim")
    draft = read(round_).draft
    assert [one.key for one in draft.seekers] == [ada.key]
    assert [one.key for one in draft.givers] == [kim.key]


def test_what_is_read_of_a_person(round_: Round, pairs_of_us: Program, organisation: Organisation) -> None:
    knots = factories.topic(organisation, "Knots")
    ropes = factories.topic(organisation, "Ropes")
    knots.broader = ropes
    knots.save()
    old = factories.topic(organisation, "Knottings", merged_into=knots)
    boss = giver(pairs_of_us, "Boss", old, languages=[])
    ada = seeker(
        pairs_of_us, "Ada", old, manager=boss, hours=[[0, "09:30", "12:00"]], time_zone="Asia/Kolkata"
    )
    seen, above = taken(round_, ada), taken(round_, boss)
    assert seen.wants == {"knots"}
    assert above.offers == {"knots", "ropes"}
    assert above.languages == {organisation.language}
    assert seen.line == {boss.key}
    assert seen.hours == {4, 5}  # 04:00 to 06:30 UTC
    assert {field.name for field in dataclasses.fields(seen)} == {
        *("key", "wants", "offers", "languages", "hours", "team", "organisation", "line"),
        *("never", "before", "places", "fields"),
    }
    assert not seen.fields


def test_hours_go_round_the_week(round_: Round, pairs_of_us: Program) -> None:
    late = seeker(pairs_of_us, "Ada", hours=[[6, "22:00", "02:00"]], time_zone="UTC")
    assert taken(round_, late).hours == {166, 167, 0, 1}


def test_a_rather_not_counts_from_the_last_night_on(
    round_: Round, pairs_of_us: Program, clock: time.Clock
) -> None:
    ada, gus = seeker(pairs_of_us, "Ada"), giver(pairs_of_us, "Gus")
    NotWanted.objects.create(person=gus, other=ada, since=time.now())
    assert taken(round_, gus).never == frozenset()
    pass_time(clock, days=1)
    assert taken(round_, gus).never == {ada.key}


def test_whoever_was_introduced_or_is_connected_is_apart(
    round_: Round, pairs_of_us: Program, organisation: Organisation, clock: time.Clock
) -> None:
    ada = seeker(pairs_of_us, "Ada")
    asked, next_one, friend, old_friend = (giver(pairs_of_us, name) for name in ("Gus", "Hal", "Ida", "Jim"))
    approved = [queues.Approved(asked), queues.Approved(next_one)]
    queues.open(ada, approved, kind="conversation", note="A word?", at_once=1)
    connected(ada, friend)
    ended = connected(ada, old_friend)
    ended.state, ended.moved_at = "ended", time.now() - timedelta(days=181)
    ended.save()
    assert taken(round_, ada).before == set(), "since the last night, as lists of those who are not wanted"
    pass_time(clock, days=1)
    assert taken(round_, ada).before == {asked.key, next_one.key, friend.key}
    for _ in range(10):
        pass_time(clock, days=20)
    assert taken(round_, ada).before == {friend.key}


@pytest.mark.parametrize("begins", [True, False])
def test_whoever_was_on_a_rounds_list_is_apart_whether_their_turn_came_or_not(
    round_: Round, pairs_of_us: Program, steward: Person, clock: time.Clock, *, begins: bool
) -> None:
    """Or who of it may be met again shows who connected before their turn, or who had no minutes."""
    topic = factories.topic(pairs_of_us.organisation, "Knots")
    ada = seeker(pairs_of_us, "Ada", topic)
    listed = {giver(pairs_of_us, name, topic).key for name in ("Gus", "Hal", "Ida")}
    made = rehearsed(round_)
    Person.objects.filter(pk=ada.pk).update(budget_minutes=ada.budget_minutes if begins else 0)
    sent(made, by=steward)
    assert Introduction.objects.exists() == begins
    Participation.objects.filter(person=ada).update(seeks=True)
    Person.objects.filter(pk=ada.pk).update(budget_minutes=600)
    later = rounds.open(pairs_of_us, by=steward)
    for _ in range(8):
        assert taken(later, ada).before == listed
        pass_time(clock, days=20)


@pytest.mark.parametrize(
    ("budget", "seeks", "expected"),
    [
        (0, False, [0]),
        (60, False, [1]),
        (600, False, [2]),
        (60, True, [1, 0]),
        (120, True, [1, 1]),
        (0, True, [0]),
    ],
)
def test_places_are_what_the_month_has_room_for(
    round_: Round, organisation: Organisation, budget: int, seeks: bool, expected: list[int]
) -> None:
    person = factories.member(organisation, budget_minutes=budget)
    takes_part(person, round_.program, seeks=seeks, gives=True)
    assert places(round_, person) == expected
    assert (person.key in read(round_).known.without_room) is (budget == 0 and seeks)


def test_room_says_nothing_of_who_was_asked_nor_of_what_became_of_it(
    round_: Round, pairs_of_us: Program, organisation: Organisation
) -> None:
    """Or a steward who rehearses again reads off it who was asked, and who connected (consent.md 20, 27)."""
    for answered in ("yes", "not now", "nothing", "never delivered"):
        gus = giver(pairs_of_us, answered, budget_minutes=120)
        ada = factories.member(organisation)
        if answered == "never delivered":
            NotWanted.objects.create(person=gus, other=ada, since=time.now() - timedelta(days=9))
        for kind in ("mentoring", "conversation"):
            queues.open(ada, [queues.Approved(gus)], kind=kind, note="A word?")
            ada = factories.member(organisation)
        asked = Introduction.objects.filter(second=gus)[0]
        if answered == "yes":
            answers.accept(asked, by=gus)
        if answered == "not now":
            answers.not_now(asked, by=gus)
        assert places(round_, gus) == [2], answered


def test_whoever_others_ask_much_still_looks_for_somebody(
    round_: Round, pairs_of_us: Program, organisation: Organisation
) -> None:
    """A place is not needed to begin, only taken (decision 8)."""
    ada = seeker(pairs_of_us, "Ada", budget_minutes=60)
    ben = factories.member(organisation, budget_minutes=60)
    takes_part(ben, pairs_of_us, seeks=True, gives=True)
    for asked in (ada, ben):
        queues.open(
            factories.member(organisation), [queues.Approved(asked)], kind="mentoring", note="A word?"
        )
    found = read(round_)
    assert {one.key for one in found.draft.seekers} == {ada.key, ben.key}
    assert [one.places for one in found.draft.givers] == [0]
    assert not found.known.without_room


def test_terms_are_those_of_the_rehearsal(round_: Round, pairs_of_us: Program, steward: Person) -> None:
    ada, gus = seeker(pairs_of_us, "Ada"), giver(pairs_of_us, "Gus")
    rounds.lock(round_, ada, gus, by=steward)
    rounds.settle(round_, rules=["reporting line"], weights={"shared_topic": "nothing"}, by=steward)
    made = rehearse(round_, by=None)
    rounds.settle(round_, rules=[], weights={}, by=steward)
    rounds.free(round_, ada, gus, by=steward)
    draft = market.of(made).draft
    assert [str(rule.kind) for rule in draft.rules] == [
        "asked not to",
        "reporting line",
        "paired before",
    ]
    assert (draft.weights.shared_topic, draft.weights.both_give) == (0, 36)
    assert draft.locked == {(ada.key, gus.key)}


def test_what_lies_between_somebody_and_others_is_nothing_to_the_round(
    round_: Round, pairs_of_us: Program, organisation: Organisation
) -> None:
    ada, other = seeker(pairs_of_us, "Ada"), factories.member(organisation)
    NotWanted.objects.create(person=ada, other=other, since="2026-01-01T00:00:00Z")
    connected(ada, other)
    queues.open(ada, [queues.Approved(other)], kind="mentoring", note="")
    mine = taken(round_, ada)
    assert (mine.never, mine.before) == (frozenset(), frozenset())


@pytest.mark.sqlite
def test_twice_as_many_people_are_read_in_twice_the_work(round_: Round, pairs_of_us: Program) -> None:
    made, people, counted = rehearse(round_, by=None), list[Person](), list[int]()
    for _twice in range(2):
        more = factories.members(pairs_of_us.organisation, {f"Ada {len(people) + n}": {} for n in range(150)})
        Participation.objects.bulk_create(
            Participation(program=pairs_of_us, person=one, seeks=True, gives=True) for one in more
        )
        people += more
        NotWanted.objects.bulk_create(
            NotWanted(person=one, other=people[0]) for one in more if one != people[0]
        )
        counted.append(steps(lambda: market.of(made)))
    assert counted[1] < 3 * counted[0]
