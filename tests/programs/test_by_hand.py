"""What a steward settles by hand: what a swap would make of two pairs, and where the page goes on."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bothways.core import time
from bothways.people.models import Person, Topic, Want
from bothways.programs.actions import rounds
from bothways.programs.models import Pairing, Participation, Pin, Program, Rehearsal, Round
from tests.factories import signed_in
from tests.factories.programs import WEEK, giver, seeker
from tests.factories.rehearsals import PARTS, ready
from tests.programs.test_program_pages import at, read
from tests.programs.test_round_pages import said, settled

AT_MOST = 20


@pytest.fixture
def client(steward: Person) -> Client:
    return signed_in(steward)


@pytest.fixture
def people(pairs_of_us: Program, knots: Topic) -> dict[str, Person]:
    """Ada looks for knots, which Hal alone offers; Bea shows nothing that she looks for."""
    made = [
        seeker(pairs_of_us, "Ada", knots, hours=WEEK),
        seeker(pairs_of_us, "Bea", hours=WEEK),
        seeker(pairs_of_us, "Cy", hours=WEEK),
        giver(pairs_of_us, "Gil", hours=WEEK),
        giver(pairs_of_us, "Hal", knots, hours=WEEK),
        giver(pairs_of_us, "Ike", hours=WEEK),
    ]
    return {one.name: one for one in made}


@pytest.fixture
def rehearsal(round_: Round, people: dict[str, Person]) -> Rehearsal:
    return ready(round_, [(people[a], people[b]) for a, b in (("Ada", "Gil"), ("Bea", "Hal"), ("Cy", "Ike"))])


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

    def test_it_says_which_rules_would_be_broken(self, client: Client, rehearsal: Rehearsal) -> None:
        address = at("programs_swap", of(rehearsal, "Ada").key)
        page = " ".join(read(client, address).split())
        assert with_whom(page, "Bea").count("offers no topic that") == 1
        assert "Gil offers no topic that Bea shows they look for" in with_whom(page, "Bea")
        assert with_whom(page, "Cy").count("offers no topic that") == 2
        assert "Swap with Bea all the same" in page
        Person.objects.filter(name="Hal").update(languages=["is"], hours=[])
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


class TestWhereThePageGoesOn:
    @pytest.mark.parametrize("do", ["lock", "forbid", "free"])
    def test_at_the_pair_which_says_what_holds_now(
        self, client: Client, rehearsal: Rehearsal, do: str
    ) -> None:
        pair = of(rehearsal, "Ada")
        answer: Any = client.post(f"{at('programs_pin', pair.key)}?q=ad", {"do": do})
        assert answer["Location"].endswith(f"?at={pair.key}&q=ad#pair-{pair.key}")
        page = " ".join(read(client, answer["Location"]).split())
        expected = {
            "lock": "Locked: Ada with Gil",
            "forbid": "Kept apart: Ada and Gil",
            "free": "Free: Ada and Gil",
        }
        assert page.index(f'id="pair-{pair.key}"') < page.index(expected[do])

    def test_also_where_the_pair_stands_on_another_page(
        self, client: Client, rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("bothways.programs.queries.rehearsals.A_PAGE", 2)
        last = rehearsal.pairings.order_by("score", "key")[2]
        answer: Any = client.post(at("programs_pin", last.key), {"do": "lock"})
        assert f'id="pair-{last.key}"' in read(client, answer["Location"])


@pytest.mark.parametrize(
    ("rules", "parts", "expected"),
    [
        (["no shared topic"], PARTS[1:], True),
        (["no shared topic"], PARTS, False),
        ([], PARTS[1:], False),
    ],
)
def test_beside_a_pair_without_a_topic_it_says_why_none_is_named(
    client: Client, rehearsal: Rehearsal, rules: list[str], parts: list[dict[str, Any]], expected: bool
) -> None:
    rehearsal.pairings.update(parts=parts)
    Rehearsal.objects.filter(pk=rehearsal.pk).update(rules=rules)
    page = words(client, "programs_rehearsal", rehearsal.key)
    assert ("looks for can be named here" in page) == expected
    rehearsal.pairings.update(locked=True)
    page = words(client, "programs_rehearsal", rehearsal.key)
    assert ("A locked pair needs none" in page) == expected


class TestWhatItCosts:
    def test_it_is_told_beside_the_best_in_which_less_was_settled(
        self, client: Client, rehearsal: Rehearsal, people: dict[str, Person], steward: Person
    ) -> None:
        assert "settled by hand" not in words(client, "programs_rehearsal", rehearsal.key)
        rounds.forbid(rehearsal.round, people["Ada"], people["Gil"], by=steward)
        second = ready(rehearsal.round, [(people["Bea"], people["Hal"])], [people["Ada"], people["Cy"]])
        Rehearsal.objects.filter(pk=second.pk).update(figures=second.figures | {"givers": 3, "places": 3})
        page = words(client, "programs_rehearsal", second.key)
        assert "With what was settled by hand 1 of 3 are introduced;" in page
        assert "introduced; rehearsal 1, with nothing settled, reached 3." in page
        compared = f"{at('programs_compare', rehearsal.round.key)}?a={rehearsal.key}&amp;b={second.key}"
        assert compared in page
        Rehearsal.objects.filter(pk=second.pk).update(figures=rehearsal.figures)
        page = words(client, "programs_rehearsal", second.key)
        assert "3 of 3 are introduced, as many as in rehearsal 1, with nothing settled." in page

    @pytest.mark.parametrize("changed", [{"rules": []}, {"figures": "others"}])
    def test_of_other_rules_or_other_people_nothing_is_said(
        self, client: Client, rehearsal: Rehearsal, people: dict[str, Person], steward: Person, changed: Any
    ) -> None:
        rounds.forbid(rehearsal.round, people["Ada"], people["Gil"], by=steward)
        second = ready(rehearsal.round, [(people["Bea"], people["Hal"])], [people["Ada"], people["Cy"]])
        like = rehearsal.figures | {"served": 1}
        Rehearsal.objects.filter(pk=second.pk).update(figures=like)
        assert "With what was settled by hand" in words(client, "programs_rehearsal", second.key)
        changed = {"figures": like | {"seekers": 4}} if "figures" in changed else changed
        Rehearsal.objects.filter(pk=second.pk).update(**changed)
        assert "With what was settled by hand" not in words(client, "programs_rehearsal", second.key)

    def test_side_by_side_stands_what_was_settled_otherwise(
        self, client: Client, rehearsal: Rehearsal, people: dict[str, Person], steward: Person
    ) -> None:
        rounds.lock(rehearsal.round, people["Cy"], people["Ike"], by=steward)
        rounds.forbid(rehearsal.round, people["Ada"], people["Gil"], by=steward)
        second = ready(rehearsal.round, [(people["Cy"], people["Ike"])])
        rounds.lock(rehearsal.round, people["Ada"], people["Gil"], by=steward)
        third = ready(rehearsal.round, [(people["Cy"], people["Ike"])])
        compare = at("programs_compare", rehearsal.round.key)
        page = " ".join(read(client, f"{compare}?a={second.key}&b={third.key}").split())
        assert "Ada, Gil</th> <td>kept apart</td> <td>locked</td>" in page
        assert "Cy, Ike</th>" not in page
        page = " ".join(read(client, f"{compare}?a={rehearsal.key}&b={second.key}").split())
        assert "Cy, Ike</th> <td>free</td> <td>locked</td>" in page


def test_a_rehearsal_takes_a_constant_number_of_queries(
    client: Client, rehearsal: Rehearsal, people: dict[str, Person], pairs_of_us: Program, steward: Person
) -> None:
    def asked(made: Rehearsal) -> int:
        address = f"{at('programs_rehearsal', made.key)}?at={made.pairings.earliest('key').key}"
        read(client, address)
        with CaptureQueriesContext(connection) as queries:
            read(client, address)
        return len(queries)

    rounds.lock(rehearsal.round, people["Cy"], people["Ike"], by=steward)
    few = asked(ready(rehearsal.round, [(people["Cy"], people["Ike"])]))
    more = [(seeker(pairs_of_us, f"S{number}"), giver(pairs_of_us, f"G{number}")) for number in range(12)]
    rounds.lock(rehearsal.round, *more[0], by=steward)
    assert asked(ready(rehearsal.round, more)) == few <= AT_MOST


def test_both_names_stay_after_an_answer(
    client: Client, rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = type("Answer", (), {"words": ("Because.",)})()
    monkeypatch.setattr("bothways.programs.matchmaking.why_not.answer", lambda *_asked: told)
    page = said(client, at("programs_why_not", rehearsal.key), {"seeker": "ad", "giver": "hal"}, 200)
    assert "Because." in page
    assert 'value="ad"' in page
    assert 'value="hal"' in page
