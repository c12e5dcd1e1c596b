"""What a steward settles by hand: where the page goes on, what it costs, and what stands beside a pair."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bothways.people.models import Person
from bothways.programs.actions import rounds
from bothways.programs.models import Program, Rehearsal
from tests.factories import signed_in
from tests.factories.programs import giver, seeker
from tests.factories.rehearsals import PARTS, ready
from tests.programs.test_program_pages import at, read
from tests.programs.test_round_pages import said
from tests.programs.test_swaps import of, words

AT_MOST = 20


@pytest.fixture
def client(steward: Person) -> Client:
    return signed_in(steward)


@pytest.fixture
def rehearsal(three_pairs: Rehearsal) -> Rehearsal:
    return three_pairs


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


def test_nobody_settles_a_pair_of_which_they_are_one(
    rehearsal: Rehearsal, people: dict[str, Person], steward: Person
) -> None:
    """Whether it is delivered, or comes out where all others are kept apart, would tell who listed them."""
    Person.objects.filter(pk=people["Ada"].pk).update(role=Person.Role.STEWARD)
    rehearsal.round.program.stewards.add(people["Ada"])
    ada, mine, other = signed_in(people["Ada"]), of(rehearsal, "Ada"), of(rehearsal, "Bea")
    said_instead = "You are one of these two, so only another steward of this program can settle them."
    page = " ".join(read(ada, at("programs_rehearsal", rehearsal.key)).split())
    assert page.count(said_instead) == 1
    assert page.count('<span class="visually-hidden">Bea and Hal') == 3, "lock, keep apart, swap"
    assert '<span class="visually-hidden">Ada and Gil' not in page
    for do in ("lock", "forbid"):
        answer: Any = ada.post(at("programs_pin", mine.key), {"do": do})
        assert answer.status_code == 409
        assert said_instead in answer.content.decode()
    page = " ".join(read(ada, at("programs_swap", other.key)).split())
    assert said_instead in page
    answer = ada.post(at("programs_swap", other.key), {"other": mine.key})
    assert answer.status_code == 409
    assert not rehearsal.round.pins.exists()
    rounds.lock(rehearsal.round, mine.seeker, mine.giver, by=steward)
    with pytest.raises(rounds.OneOfThem):
        rounds.swap(mine, other, by=people["Ada"])
    assert said_instead in words(ada, "programs_pins", rehearsal.round.key)
    answer = ada.post(
        at("programs_free", rehearsal.round.key), {"seeker": mine.seeker.key, "giver": mine.giver.key}
    )
    assert answer.status_code == 409
    assert rehearsal.round.pins.count() == 1


def test_of_several_with_as_little_in_common_none_is_singled_out(
    client: Client, rehearsal: Rehearsal
) -> None:
    rehearsal.pairings.update(score=9)
    rehearsal.pairings.filter(seeker__name="Ada").update(score=8)
    page = words(client, "programs_rehearsal", rehearsal.key)
    assert "Ada with Gil. More speaks for every other introduction." in page
    rehearsal.pairings.update(score=9)
    page = words(client, "programs_rehearsal", rehearsal.key)
    assert "and 2 more introductions for which as little speaks" in page
