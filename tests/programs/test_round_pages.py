"""A round as its steward sees it: terms, rehearsals, what is settled by hand, and sending."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bothways.core import time
from bothways.people.models import Person
from bothways.programs.actions import rounds
from bothways.programs.models import Entry, Pin, Program, Rehearsal, Round, Step
from bothways.programs.queries import rounds as of_rounds
from bothways.programs.rules import terms
from bothways.programs.tasks import rehearse
from tests.factories import member, signed_in
from tests.factories.programs import takes_part
from tests.factories.rehearsals import figures, ready
from tests.programs.test_program_pages import at, read

Two = tuple[Person, Person]


@pytest.fixture
def client(steward: Person) -> Client:
    return signed_in(steward)


@pytest.fixture
def two(pairs_of_us: Program) -> list[Two]:
    """Two who look, and two who are there."""
    here = pairs_of_us.organisation
    seekers = [member(here, name) for name in ("Ada", "Bea")]
    givers = [member(here, name) for name in ("Gil", "Hal")]
    for one, other in zip(seekers, givers, strict=True):
        takes_part(one, pairs_of_us)
        takes_part(other, pairs_of_us, seeks=False, gives=True)
    return list(zip(seekers, givers, strict=True))


@pytest.fixture
def rehearsal(round_: Round, two: list[Two]) -> Rehearsal:
    return ready(round_, two)


def said(client: Client, address: str, data: dict[str, str], status: int) -> str:
    answer: Any = client.post(address, data, follow=True)
    assert answer.status_code == status
    return str(answer.content.decode())


def settled() -> set[tuple[str, str, str]]:
    return set(Pin.objects.values_list("kind", "seeker__name", "giver__name"))


def test_hard_rules_and_soft_weights_are_settled_apart(client: Client, round_: Round) -> None:
    page = read(client, at("programs_round", round_.key))
    assert "Never broken" in page
    assert "Then as well as can be" in page
    strengths = terms.default_weights() | {"different_team": "a lot"}
    client.post(at("programs_terms", round_.key), {"rules": ["reporting line"], **strengths})
    round_.refresh_from_db()
    assert round_.rules == ["asked not to", "reporting line", "paired before"]
    assert round_.weights["different_team"] == "a lot"


def test_nobody_can_drop_what_is_private(client: Client, round_: Round) -> None:
    """Dropped, each of the two private rules would show what the other one hides."""
    Round.objects.filter(pk=round_.pk).update(rules=[])
    page = read(client, at("programs_round", round_.key))
    for name in ("asked not to", "paired before"):
        assert f'value="{name}"' not in page
    refused = {"rules": "paired before", **terms.default_weights()}
    assert "no rule any more" in said(client, at("programs_terms", round_.key), refused, 422)
    kept = Rehearsal.objects.get(pk=rehearse(round_, by=None).pk)
    assert kept.rules == ["asked not to", "paired before"]


def test_terms_that_are_none_are_refused(client: Client, round_: Round) -> None:
    page = said(
        client, at("programs_terms", round_.key), {"rules": "age", "different_team": "enormously"}, 422
    )
    assert "One of these is no rule any more" in page
    assert "Pick one of those in the list" in page


def test_nobody_to_introduce_is_said_and_nothing_to_press(client: Client, round_: Round) -> None:
    page = read(client, at("programs_round", round_.key))
    assert "Not enough people yet" in page
    assert 'rehearsals/"' not in page


def test_while_it_is_worked_out_the_page_says_how_far_it_is(
    client: Client, round_: Round, two: list[Two]
) -> None:
    client.post(at("programs_rehearse", round_.key))
    made = Rehearsal.objects.get()
    Rehearsal.objects.filter(pk=made.pk).update(state="running", progress=40)
    page = read(client, at("programs_rehearsal", made.key))
    assert "40 of 100 parts are done" in page
    assert "Look again" in page
    progress = at("programs_progress", made.key)
    assert "HX-Refresh" not in client.get(progress).headers
    Rehearsal.objects.filter(pk=made.pk).update(state="failed", problem="nobody_gives")
    assert client.get(progress).headers["HX-Refresh"] == "true"
    assert "has room for somebody" in read(client, at("programs_rehearsal", made.key))


def test_the_result_says_what_it_draws(client: Client, round_: Round, two: list[Two]) -> None:
    out = member(round_.program.organisation, "Zoe")
    made = ready(round_, two, [out])
    page = " ".join(read(client, at("programs_rehearsal", made.key)).split())
    assert "<strong>2</strong> of 3 are introduced to somebody." in page
    assert page.count('class="left"') == 3, "a ring for each, and one in the key"
    assert page.count('class="open"') == 2
    assert "proven" in page
    assert "Half of the pairs have 4 usual hours a week in common" in page
    assert "No group is large enough to be shown" in page
    assert "Zoe" in page
    assert "One more place with somebody would be enough." in page


def test_of_many_teams_those_are_shown_of_which_fewest_are_introduced(
    client: Client, rehearsal: Rehearsal
) -> None:
    """A thousand teams would be a page of half a megabyte."""
    teams = [[f"Team {number:02}", 100, number] for number in range(40)]
    few = [["Oslo", 100, 1], ["Rome", 100, 0]]
    of = {"seekers": 4010, "fairness": {"team": teams, "place": few, "tenure": []}}
    Rehearsal.objects.filter(pk=rehearsal.pk).update(figures=figures(4010, 2) | of)
    page = read(client, at("programs_rehearsal", rehearsal.key))
    assert [f"Team {number:02}" in page for number in range(40)] == [True] * 25 + [False] * 15
    assert "15 more are not shown here; of each of them, as large a part is introduced" in page
    assert "10 more are in groups of fewer than five, or in none" in page
    assert page.index("Oslo") < page.index("Rome"), "a few stand by name"


def test_no_page_reads_the_certificate(client: Client, rehearsal: Rehearsal) -> None:
    """Which is large, and which no page shows."""
    round_, pair = rehearsal.round, rehearsal.pairings.earliest("key")
    Round.objects.filter(pk=round_.pk).update(sent=rehearsal)
    addresses = [
        at("programs_send", rehearsal.key),
        at("programs_program", round_.program.key),
        at("programs_round", round_.key),
        *(at(f"programs_{name}", rehearsal.key) for name in ("rehearsal", "progress", "left_out")),
        at("programs_swap", pair.key),
        f"{at('programs_compare', round_.key)}?a={rehearsal.key}&b={rehearsal.key}",
    ]
    with CaptureQueriesContext(connection) as asked:
        for address in addresses:
            assert client.get(address).status_code in (200, 422)
    assert not [query for query in asked.captured_queries if "certificate" in query["sql"]]


@pytest.mark.parametrize(
    ("proof", "said"),
    [
        ({"verified": False, "fairest": True}, (False, False)),
        ({"verified": True, "fairest": False}, (True, False)),
        ({"verified": True, "fairest": True}, (True, True)),
    ],
)
def test_no_more_is_claimed_than_is_proven(
    client: Client, rehearsal: Rehearsal, proof: dict[str, bool], said: tuple[bool, bool]
) -> None:
    Rehearsal.objects.filter(pk=rehearsal.pk).update(figures=rehearsal.figures | proof)
    page = read(client, at("programs_rehearsal", rehearsal.key))
    assert ("no round introduces more people" in page, "has the pair with least in common" in page) == said


def test_a_pair_is_locked_kept_apart_and_left_free(client: Client, rehearsal: Rehearsal) -> None:
    pair = rehearsal.pairings.get(seeker__name="Ada")
    address = at("programs_pin", pair.key)
    for do, expected in (
        ("lock", {("lock", "Ada", "Gil")}),
        ("forbid", {("forbid", "Ada", "Gil")}),
        ("free", set()),
    ):
        assert "Ada" in said(client, address, {"do": do}, 200)
        assert settled() == expected
    said(client, address, {"do": "marry"}, 422)
    assert settled() == set()


def test_what_was_settled_since_is_rehearsed_before_it_is_sent(client: Client, rehearsal: Rehearsal) -> None:
    """The notice says to rehearse again, so that is what stands to be pressed."""
    to_send, again = at("programs_send", rehearsal.key), at("programs_rehearse", rehearsal.round.key)
    page = read(client, at("programs_rehearsal", rehearsal.key))
    assert (to_send in page, again in page) == (True, False)
    pair = rehearsal.pairings.get(seeker__name="Ada")
    page = said(client, at("programs_pin", pair.key), {"do": "forbid"}, 200)
    assert (to_send in page, again in page) == (False, True)
    Round.objects.filter(pk=rehearsal.round_id).update(sent=rehearsal, sent_at=time.now())
    page = read(client, at("programs_rehearsal", rehearsal.key))
    assert (to_send in page, again in page) == (False, False)


def test_who_reports_to_the_other_is_not_locked(client: Client, rehearsal: Rehearsal) -> None:
    pair = rehearsal.pairings.get(seeker__name="Ada")
    Person.objects.filter(pk=pair.seeker_id).update(line=f"/{pair.giver_id}/")
    page = said(client, at("programs_pin", pair.key), {"do": "lock"}, 409)
    assert "One of the two reports to the other" in page
    assert settled() == set()


def test_two_pairs_are_swapped_and_stand_among_what_is_settled(client: Client, rehearsal: Rehearsal) -> None:
    one, other = rehearsal.pairings.order_by("seeker__name")
    page = read(client, at("programs_swap", one.key))
    assert "Swap with Bea" in " ".join(page.split())
    said(client, at("programs_swap", one.key), {"other": one.key}, 422)
    said(client, at("programs_swap", one.key), {"other": other.key}, 200)
    assert settled() == {("lock", "Ada", "Hal"), ("lock", "Bea", "Gil")}
    page = " ".join(read(client, at("programs_rehearsal", one.rehearsal.key)).split())
    assert "In the next rehearsal Ada is with Hal, locked by hand" in page
    pins = at("programs_pins", rehearsal.round.key)
    assert "Hal" in read(client, pins)
    client.post(
        at("programs_free", rehearsal.round.key), {"seeker": one.seeker.key, "giver": other.giver.key}
    )
    assert settled() == {("lock", "Bea", "Gil")}


def test_two_rehearsals_stand_side_by_side(client: Client, rehearsal: Rehearsal, two: list[Two]) -> None:
    (ada, gil), (bea, hal) = two
    rounds.settle(
        rehearsal.round, rules=[], weights=terms.default_weights(), by=rehearsal.round.program.stewards.get()
    )
    second = ready(rehearsal.round, [(ada, hal), (bea, gil)])
    compare = at("programs_compare", rehearsal.round.key)
    page = " ".join(read(client, f"{compare}?a={rehearsal.key}&b={second.key}").split())
    assert "0 pairs are the same in both" in page
    assert page.count("not a rule") == 4
    assert "These are the same" in read(client, f"{compare}?a={second.key}&b={second.key}", 422)


def test_why_not_asks_for_two_who_are_in_it(client: Client, rehearsal: Rehearsal) -> None:
    address = at("programs_why_not", rehearsal.key)
    assert "Say why" in read(client, address)
    page = said(client, address, {"seeker": "Gil", "giver": "Nobody"}, 422)
    assert "In this program they are there for others, and look for nobody themselves" in page
    assert "Nobody who is there for somebody here is called that" in page
    assert 'value="Gil"' in page


def test_of_two_who_are_called_so_one_is_picked(
    client: Client, rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    another = member(rehearsal.round.program.organisation, "Ada Again")
    takes_part(another, rehearsal.round.program)
    asked: list[str] = []

    def answers(_rehearsal: Rehearsal, seeker: Person, giver: Person) -> Any:
        asked.extend((seeker.name, giver.name))
        return type("Answer", (), {"words": ("Because.",)})()

    monkeypatch.setattr("bothways.programs.matchmaking.why_not.answer", answers)
    address, two = at("programs_why_not", rehearsal.key), {"seeker": "Ada", "giver": "Hal"}
    assert "Whom do you mean?" in said(client, address, two, 422)
    assert "Because." in said(client, address, two | {"which_seeker": another.key}, 200)
    assert asked == ["Ada Again", "Hal"]


def test_the_file_has_both_addresses_and_is_noted(client: Client, rehearsal: Rehearsal) -> None:
    answer: Any = client.post(at("programs_file", rehearsal.key))
    text = b"".join(answer.streaming_content).decode()
    for pair in rehearsal.pairings.select_related("seeker", "giver"):
        assert pair.seeker.email in text
        assert pair.giver.email in text
    assert "attachment" in answer["Content-Disposition"]
    assert Entry.objects.filter(what=Entry.What.EXPORTED).count() == 1
    assert "took rehearsal 1 as a file" in read(client, at("programs_trail", rehearsal.round.key))


class TestSending:
    def test_it_says_what_will_happen_and_is_sent_once(self, client: Client, rehearsal: Rehearsal) -> None:
        address = at("programs_send", rehearsal.key)
        page = " ".join(read(client, address).split())
        assert "2 introductions" in page
        assert "asked at once, each in private" in page
        assert "is never shown" in page
        assert "On Mon 9 Mar, 09:00" not in page, "a list of one has no next"
        said(client, address, {}, 200)
        rehearsal.round.refresh_from_db()
        assert rehearsal.round.sent == rehearsal
        assert "sent already" in said(client, address, {}, 409)

    def test_what_was_settled_since_must_be_rehearsed_first(
        self, client: Client, rehearsal: Rehearsal, steward: Person
    ) -> None:
        pair = rehearsal.pairings.first()
        assert pair
        rounds.forbid(rehearsal.round, pair.seeker, pair.giver, by=steward)
        address = at("programs_send", rehearsal.key)
        assert "so that you send what you have seen" in read(client, address)
        said(client, address, {"anyway": "1"}, 409)
        rehearsal.round.refresh_from_db()
        assert not rehearsal.round.sent_at

    def test_who_joined_since_is_told_and_it_may_be_sent_all_the_same(
        self, client: Client, rehearsal: Rehearsal, clock: time.Clock
    ) -> None:
        clock.advance(timedelta(minutes=5))
        takes_part(member(rehearsal.round.program.organisation), rehearsal.round.program)
        address = at("programs_send", rehearsal.key)
        said(client, address, {}, 409)
        assert "One person has joined since" in read(client, address)
        said(client, address, {"anyway": "1"}, 200)
        rehearsal.round.refresh_from_db()
        assert rehearsal.round.sent_at

    def test_what_is_sent_offers_nothing_to_change(
        self, client: Client, rehearsal: Rehearsal, steward: Person
    ) -> None:
        said(client, at("programs_send", rehearsal.key), {}, 200)
        page = read(client, at("programs_rehearsal", rehearsal.key))
        assert "It was sent on Mon 2 Mar." in page
        assert "Nobody has been asked" not in page
        assert 'value="lock"' not in page
        assert "Send the introductions" not in page
        said(client, at("programs_terms", rehearsal.round.key), {**terms.default_weights()}, 409)
        said(client, at("programs_rehearse", rehearsal.round.key), {}, 409)


@pytest.mark.parametrize(
    ("counted", "told"),
    [
        ([5, 6, 9], [True, False, False]),
        ([5, 9, 10], [True, False, True]),
        ([6, 6, 11], [True, True, True]),
        ([4, 6, 8], [False, True, False]),
    ],
)
def test_a_step_tells_of_nobody_by_what_it_adds_to_the_last_one(
    round_: Round, counted: list[int], told: list[bool]
) -> None:
    """Two steps that are one apart tell of one pair when it connected."""
    Step.objects.bulk_create(
        Step(round=round_, at=time.now() + timedelta(days=day), taken_at=time.now(), connected=so_many)
        for day, so_many in enumerate(counted)
    )
    Step.objects.update(not_connected=20 - F("connected"))
    assert [taken.is_told for taken in of_rounds.steps(round_)] == told


@pytest.mark.parametrize(
    ("connected", "others", "told"), [(5, 5, True), (4, 9, False), (9, 4, False), (9, 0, False)]
)
def test_progress_is_told_only_where_no_number_is_small(
    client: Client, rehearsal: Rehearsal, connected: int, others: int, told: bool
) -> None:
    said(client, at("programs_send", rehearsal.key), {}, 200)
    Step.objects.update(taken_at=time.now(), connected=connected, not_connected=others)
    page = " ".join(read(client, at("programs_round", rehearsal.round.key)).split())
    assert (f"{connected} connected, {others} not." in page) == told
    assert ("Not shown: fewer than five" in page) != told
