"""What was settled by hand in a round that is sent: it stands there, and promises nothing any more."""

import pytest
from django.test import Client

from bothways.core import time
from bothways.people.models import Person
from bothways.programs.actions import rounds
from bothways.programs.models import Rehearsal, Round
from tests.factories import signed_in
from tests.programs.test_swaps import of, words


@pytest.fixture
def ada(three_pairs: Rehearsal) -> Client:
    """One of a pair, and a steward too."""
    person = of(three_pairs, "Ada").seeker
    Person.objects.filter(pk=person.pk).update(role=Person.Role.STEWARD)
    three_pairs.round.program.stewards.add(person)
    return signed_in(person)


def sent(rehearsal: Rehearsal) -> None:
    Round.objects.filter(pk=rehearsal.round.pk).update(sent_at=time.now())


def test_nobody_is_told_who_could_settle_it(ada: Client, three_pairs: Rehearsal, steward: Person) -> None:
    pair = of(three_pairs, "Ada")
    rounds.lock(three_pairs.round, pair.seeker, pair.giver, by=steward)
    assert "You are one of these two" in words(ada, "programs_pins", three_pairs.round.key)
    sent(three_pairs)
    page = words(ada, "programs_pins", three_pairs.round.key)
    assert "Locked" in page
    assert "What was settled by hand" in words(ada, "programs_round", three_pairs.round.key), "leads there"
    assert "You are one of these two" not in page


def test_no_next_rehearsal_is_promised(ada: Client, three_pairs: Rehearsal, steward: Person) -> None:
    pair = of(three_pairs, "Ada")
    rounds.forbid(three_pairs.round, pair.seeker, pair.giver, by=steward)
    assert "Kept apart in the next rehearsal" in words(ada, "programs_rehearsal", three_pairs.key)
    sent(three_pairs)
    page = words(ada, "programs_rehearsal", three_pairs.key)
    assert "Kept apart by hand" in page
    assert "next rehearsal" not in page
    three_pairs.round.pins.all().delete()
    assert "This round was sent as it came out." in words(ada, "programs_pins", three_pairs.round.key)
