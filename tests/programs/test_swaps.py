"""What a swap would make of two pairs, said before it is pressed, and refused where it is so no more."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bothways.core import time
from bothways.people.models import Offer, Person, Topic, Want
from bothways.programs.actions import rounds
from bothways.programs.models import Pairing, Participation, Pin, Program, Rehearsal, Round
from tests.factories import signed_in
from tests.factories.people import topic
from tests.factories.programs import giver, seeker
from tests.factories.rehearsals import ready
from tests.programs.test_program_pages import at, read
from tests.programs.test_round_pages import said, settled

AT_MOST = 20


@pytest.fixture
def client(steward: Person) -> Client:
    return signed_in(steward)


@pytest.fixture
def rehearsal(three_pairs: Rehearsal) -> Rehearsal:
    return three_pairs


def of(rehearsal: Rehearsal, name: str) -> Pairing:
    return rehearsal.pairings.select_related("seeker", "giver", "rehearsal__round").get(seeker__name=name)


def words(client: Client, name: str, key: str) -> str:
    return " ".join(read(client, at(name, key)).split())


def with_whom(page: str, name: str) -> str:
    """What stands of swapping with this one."""
    (found,) = [item for item in re.split(r'<li class="item"', page) if f"Swap with {name}" in item]
    return found


class TestBeforeASwap:
    def test_it_says_what_the_two_new_pairs_have_in_common(
        self, client: Client, rehearsal: Rehearsal
    ) -> None:
        page = with_whom(words(client, "programs_swap", of(rehearsal, "Ada").key), "Bea")
        assert "Ada would like to get better at knots, which Hal can talk about." in page
        assert page.count("They have 40 usual hours a week in common.") == 2

    def test_it_says_which_rules_would_be_broken(
        self, client: Client, rehearsal: Rehearsal, people: dict[str, Person], steward: Person
    ) -> None:
        """Who offers nothing breaks none, as in the round itself: Gil and Ike offer nets."""
        nets = topic(steward.organisation, "Nets")
        Offer.objects.bulk_create(Offer(person=people[name], topic=nets) for name in ("Gil", "Ike"))
        address = at("programs_swap", of(rehearsal, "Ada").key)
        page = " ".join(read(client, address).split())
        assert with_whom(page, "Bea").count("offers no topic that") == 1
        assert "Gil offers no topic that Bea shows they look for" in with_whom(page, "Bea")
        assert with_whom(page, "Cy").count("offers no topic that") == 2
        assert "Swap with Bea all the same" in page
        Person.objects.filter(name="Hal").update(languages=["is"], hours=[[6, "01:00", "03:00"]])
        page = " ".join(read(client, address).split())
        assert with_whom(page, "Bea").count("no language in common") == 1
        assert with_whom(page, "Bea").count("no usual hour in common") == 1
        rehearsal.round.rules = []
        rehearsal.round.save()
        page = " ".join(read(client, address).split())
        assert "a rule of this round asks" not in page
        assert "all the same" not in page

    def test_what_is_private_has_no_say_in_it(
        self, client: Client, rehearsal: Rehearsal, people: dict[str, Person], knots: Topic
    ) -> None:
        """Read by a steward, the page is the same whatever somebody wants in secret or would rather not."""

        def page() -> str:
            text = words(client, "programs_swap", of(rehearsal, "Cy").key)
            return re.sub(r"(nonce|csrfmiddlewaretoken|data-hx-headers)[^>]*", "", text)

        before = page()
        Want.objects.create(person=people["Cy"], topic=knots, shown=False)
        people["Cy"].not_wanted.create(other=people["Hal"], since=time.now() - timedelta(days=3))
        assert page() == before
        Want.objects.filter(person=people["Cy"]).update(shown=True)
        assert page() != before

    def test_whoever_reports_to_the_other_is_not_offered(
        self, client: Client, rehearsal: Rehearsal, people: dict[str, Person]
    ) -> None:
        Person.objects.filter(name="Ada").update(line=f"/{people['Hal'].pk}/")
        page = words(client, "programs_swap", of(rehearsal, "Ada").key)
        assert "Swap with Bea" not in page
        assert "One of the two reports to the other" in page

    def test_whoever_has_left_is_not_offered(self, client: Client, rehearsal: Rehearsal) -> None:
        Participation.objects.filter(person__name="Hal").update(gives=False, seeks=True)
        page = words(client, "programs_swap", of(rehearsal, "Ada").key)
        assert "Swap with Bea" not in page
        assert "takes no part in this way any more" in page

    def test_a_lock_that_would_go_is_told(
        self, client: Client, rehearsal: Rehearsal, steward: Person
    ) -> None:
        ada, bea, cy = (of(rehearsal, name) for name in ("Ada", "Bea", "Cy"))
        rounds.lock(rehearsal.round, ada.seeker, ada.giver, by=steward)
        rounds.forbid(rehearsal.round, ada.seeker, bea.giver, by=steward)
        page = words(client, "programs_swap", cy.key)
        assert "Ada and Gil are locked by hand: that lock goes." in with_whom(page, "Ada")
        assert "that lock goes" not in with_whom(page, "Bea")
        page = words(client, "programs_swap", ada.key)
        assert "A swap takes that lock away" in page
        assert "Ada and Hal are kept apart by hand: that goes." in with_whom(page, "Bea")

    def test_its_queries_do_not_grow_with_the_pairs(
        self, client: Client, round_: Round, people: dict[str, Person], pairs_of_us: Program, knots: Topic
    ) -> None:
        def asked(made: Rehearsal) -> int:
            address = at("programs_swap", made.pairings.earliest("key").key)
            read(client, address)
            with CaptureQueriesContext(connection) as queries:
                read(client, address)
            return len(queries)

        two = [(people["Ada"], people["Gil"]), (people["Bea"], people["Hal"])]
        few = asked(ready(round_, two))
        more = [
            (seeker(pairs_of_us, f"S{number}", knots), giver(pairs_of_us, f"G{number}", knots))
            for number in range(12)
        ]
        assert asked(ready(round_, [*two, *more])) == few <= AT_MOST


class TestASwapOfWhatIsSoNoMore:
    def test_two_are_never_locked_to_one_place(self, client: Client, rehearsal: Rehearsal) -> None:
        ada, bea, cy = (of(rehearsal, name) for name in ("Ada", "Bea", "Cy"))
        said(client, at("programs_swap", ada.key), {"other": bea.key}, 200)
        page = said(client, at("programs_swap", ada.key), {"other": cy.key}, 409)
        assert "This was settled anew since" in page
        assert at("programs_pins", rehearsal.round.key) in page
        assert at("programs_rehearse", rehearsal.round.key) in page
        assert client.get(at("programs_swap", ada.key)).status_code == 409
        page = words(client, "programs_swap", cy.key)
        assert 'name="other"' not in page
        assert page.count("was locked with somebody else since") == 2
        said(client, at("programs_swap", cy.key), {"other": ada.key}, 409)
        assert settled() == {("lock", "Ada", "Hal"), ("lock", "Bea", "Gil")}

    def test_a_newer_rehearsal_is_where_to_swap(
        self, client: Client, rehearsal: Rehearsal, people: dict[str, Person]
    ) -> None:
        newer = ready(rehearsal.round, [(people["Ada"], people["Hal"]), (people["Bea"], people["Gil"])])
        ada, bea = of(rehearsal, "Ada"), of(rehearsal, "Bea")
        page = said(client, at("programs_swap", ada.key), {"other": bea.key}, 409)
        assert at("programs_rehearsal", newer.key) in page
        assert not Pin.objects.exists()

    def test_others_are_swapped_all_the_same(
        self, client: Client, rehearsal: Rehearsal, steward: Person
    ) -> None:
        cy = of(rehearsal, "Cy")
        rounds.lock(rehearsal.round, cy.seeker, cy.giver, by=steward)
        said(client, at("programs_swap", of(rehearsal, "Ada").key), {"other": of(rehearsal, "Bea").key}, 200)
        assert settled() == {("lock", "Ada", "Hal"), ("lock", "Bea", "Gil"), ("lock", "Cy", "Ike")}

    def test_of_a_sent_round_nothing_is_swapped(self, client: Client, rehearsal: Rehearsal) -> None:
        said(client, at("programs_send", rehearsal.key), {}, 200)
        assert client.get(at("programs_swap", of(rehearsal, "Ada").key)).status_code == 409
