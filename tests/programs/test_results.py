"""What the pages of a rehearsal ask: figures, pairs and reasons, who is left out, why not, two compared."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bothways.connections.rules import reasons
from bothways.core import time
from bothways.core.models import Organisation
from bothways.people.models import NotWanted, Person, Topic, Want
from bothways.programs.actions import exports, rounds
from bothways.programs.models import LeftOut, Pairing, Program, Rehearsal, Round
from bothways.programs.queries import compared, rehearsals, results
from bothways.programs.queries.results import ShownPair
from bothways.programs.rules import left_out_words, lots
from tests import factories
from tests.factories.connections import connected
from tests.factories.programs import WEEK, giver, introduced, rehearsed, seeker

pytestmark = pytest.mark.usefixtures("at_once", "nothing_drawn")


WINTER: Any = {"monday": date(2026, 3, 2), "zone": "Europe/Berlin"}


def fill(of: Program, knots: Topic, many: int) -> None:
    for number in range(many):
        seeker(of, f"Seeker {number}", knots, hours=WEEK)
        giver(of, f"Giver {number}", knots, hours=WEEK)


def shown_pairs(rehearsal: Rehearsal) -> list[ShownPair]:
    """The first page of them."""
    return [settled.shown for settled in rehearsals.pairs(rehearsal, "", None)]


def each_reads(pairing: Pairing) -> tuple[str, str]:
    """What the seeker reads of the giver, and the giver of the seeker."""
    seeker, giver = pairing.seeker.first_name, pairing.giver.first_name
    return reasons.sentence(pairing.reason, giver), reasons.sentence(pairing.reason_back, seeker)


def test_pairs_with_their_reasons(round_: Round, pairs_of_us: Program, knots: Topic) -> None:
    docks = pairs_of_us.organisation.teams.create(name="Docks")
    seeker(pairs_of_us, "Ada Lovelace", knots, hours=WEEK, team=docks)
    giver(pairs_of_us, "Gus Hopper", knots, hours=WEEK)
    (shown,) = shown_pairs(rehearsed(round_))
    assert shown.why == [
        "Ada Lovelace would like to get better at knots, which Gus Hopper can talk about.",
        "They have 40 usual hours a week in common.",
    ]
    assert each_reads(shown.pairing) == (
        "Gus offered to talk about knots, which you would like to get better at.",
        "Ada would like to get better at knots, which you can talk about.",
    )


def test_what_is_wanted_in_secret_counts_and_is_told_to_nobody_else(
    round_: Round, pairs_of_us: Program, knots: Topic, steward: Person
) -> None:
    """Nor in points, which beside what others offer would name it."""
    nets = factories.topic(pairs_of_us.organisation, "Nets")
    ada = seeker(pairs_of_us, "Ada", knots, shown=False)
    Want.objects.create(person=ada, topic=nets, shown=True)
    giver(pairs_of_us, "Gil", nets)
    giver(pairs_of_us, "Gus", knots, nets)
    made = rehearsed(round_)
    assert introduced(made) == {("Ada", "Gus")}
    (shown,) = shown_pairs(made)
    assert shown.why == ["Ada would like to get better at nets, which Gus can talk about."]
    figures, (_heading, line) = results.figures(made), exports.take(made, by=steward)
    assert shown.pairing.score == figures.worst == figures.total == 108
    assert '"108"' in line
    assert "nots" not in f"{line}{shown.pairing.parts}"


def test_a_secret_want_alone_is_no_reason(round_: Round, pairs_of_us: Program, knots: Topic) -> None:
    seeker(pairs_of_us, "Ada", knots, shown=False)
    giver(pairs_of_us, "Gus", knots)
    (shown,) = shown_pairs(rehearsed(round_))
    assert (shown.why, shown.beside, shown.pairing.score) == ([], "", 0)
    assert each_reads(shown.pairing)[1] == ""


@pytest.mark.parametrize("secret", [True, False])
def test_what_both_pages_say_is_told_alike_whatever_is_wanted_in_secret(
    secret: bool, round_: Round, pairs_of_us: Program, knots: Topic, steward: Person
) -> None:
    seeker(pairs_of_us, "Ada", knots, shown=not secret, place="Northside")
    giver(pairs_of_us, "Gus", knots, place="Northside")
    made = rehearsed(round_)
    (shown,) = shown_pairs(made)
    assert shown.beside == "Their pages have in common: Northside."
    page = reverse("programs_rehearsal", args=[pairs_of_us.organisation.slug, made.key])
    assert f"<li>{shown.beside}</li>" in factories.signed_in(steward).get(page).content.decode()


def test_a_narrower_topic_is_said_as_what_it_is(
    round_: Round, pairs_of_us: Program, knots: Topic, organisation: Organisation
) -> None:
    bowline = factories.topic(organisation, "The bowline", broader=knots)
    seeker(pairs_of_us, "Ada", knots)
    giver(pairs_of_us, "Gus", bowline)
    (shown,) = shown_pairs(rehearsed(round_))
    assert each_reads(shown.pairing)[0] == "Gus offered to talk about the bowline, which is close to knots."


@contextmanager
def counting() -> Iterator[list[int]]:
    counted: list[int] = []
    with CaptureQueriesContext(connection) as queries:
        yield counted
    counted.append(len(queries))


def test_as_many_queries_for_one_pair_as_for_a_page_of_them(
    round_: Round, pairs_of_us: Program, knots: Topic
) -> None:
    fill(pairs_of_us, knots, 1)
    seeker(pairs_of_us, "Nobody's", factories.topic(pairs_of_us.organisation, "Nets"))
    first = rehearsed(round_)
    shown_pairs(first)
    fill(pairs_of_us, knots, 27)
    second = rehearsed(round_)
    asked: dict[str, list[int]] = {"few": [], "many": []}
    for name, rehearsal in (("few", first), ("many", second)):
        for query in (shown_pairs, results.left_out):
            with counting() as counted:
                list(query(rehearsal))
            asked[name] += counted
    assert asked["few"] == asked["many"]
    assert len(shown_pairs(second)) == 25
    assert rehearsals.pairs(second, "", "2").number == 2


def test_figures_are_read_as_they_were_kept(round_: Round, pairs_of_us: Program, knots: Topic) -> None:
    fill(pairs_of_us, knots, 5)
    Person.objects.filter(name__startswith="Seeker").update(place="Lisbon")
    told = results.figures(rehearsed(round_))
    assert (told.seekers, told.givers, told.served, told.left_out, told.verified) == (5, 5, 5, 0, True)
    assert (told.hours_least, told.load) == (40, [(1, 5)])
    assert [(group.name, group.served) for group in told.by_place] == [("Lisbon", 5)]
    assert told.by_team == told.by_tenure == []


def left_out(round_: Round) -> list[tuple[str, str, str]]:
    found = results.left_out(rehearsed(round_))
    return [(shown.person.first_name, shown.why, shown.would_help) for shown in found]


def test_why_somebody_is_left_out(
    round_: Round, pairs_of_us: Program, knots: Topic, organisation: Organisation
) -> None:
    nets = factories.topic(organisation, "Nets")
    seeker(pairs_of_us, "Ada", knots)
    seeker(pairs_of_us, "Ben", knots)
    giver(pairs_of_us, "Gus", knots, budget_minutes=60)
    seeker(pairs_of_us, "Cleo", nets)
    seeker(pairs_of_us, "Dan", knots, budget_minutes=0)
    seeker(pairs_of_us, "Eve", knots, languages=["pt"])
    told = {name: (why, helps) for name, why, helps in left_out(round_)}
    unserved = "Ben" if "Ben" in told else "Ada"
    assert told == {
        unserved: (
            "Everybody who would fit is asked by others already.",
            "One more place with somebody would be enough.",
        ),
        "Cleo": ("Nobody who takes part offers what they look for.", ""),
        "Dan": ("Nobody is possible for them in this round.", ""),
        "Eve": ("Of those with a place, nobody is possible for them: they have no language in common.", ""),
    }


def test_what_was_settled_by_hand_is_the_first_to_help(
    round_: Round, pairs_of_us: Program, knots: Topic, steward: Person
) -> None:
    ada, gus = seeker(pairs_of_us, "Ada", knots), giver(pairs_of_us, "Gus", knots)
    giver(pairs_of_us, "Hal", factories.topic(pairs_of_us.organisation, "Nets"))
    rounds.forbid(round_, ada, gus, by=steward)
    assert left_out(round_) == [
        (
            "Ada",
            "Of those with a place, nobody is possible for them. With one or another: "
            "nothing on offer is what they look for; they are kept apart by hand.",
            "It would be enough to leave somebody free who is kept apart from them by hand.",
        )
    ]


def test_private_reasons_are_never_told(
    round_: Round, pairs_of_us: Program, knots: Topic, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who is left out for a private reason reads as who is in the tenth."""
    ada, gus = seeker(pairs_of_us, "Ada", knots), giver(pairs_of_us, "Gus", knots)
    NotWanted.objects.create(person=gus, other=ada, since=time.now() - timedelta(days=9))
    unwanted = left_out(round_)
    NotWanted.objects.all().delete()
    connected(ada, gus, since=time.now() - timedelta(days=9))
    acquainted = left_out(round_)
    ada.languages = ["pt"]
    ada.save()
    monkeypatch.setattr(lots, "declined", lambda *parts: True)
    assert (
        unwanted
        == acquainted
        == left_out(round_)
        == [("Ada", "Nobody is possible for them in this round.", "")]
    )
    assert all(row.why == {"binding": "declined"} for row in LeftOut.objects.all())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "offered", "topic": "knots"}, "It would be enough if somebody offered knots."),
        ({"kind": "offered", "topic": ""}, "It would be enough if somebody offered what they look for."),
        ({"kind": "another topic", "topic": "knots"}, "It would be enough if they looked for knots too."),
        (
            {"kind": "another hour", "topic": "", "hour": 33},
            "It would be enough if they had an hour on Tuesday at 10:00.",
        ),
        (
            {"kind": "another hour", "topic": "", "hour": 167},
            "It would be enough if they had an hour on Monday at 00:00.",
        ),
        (
            {"kind": "without a rule", "topic": "", "rule": "by hand"},
            "It would be enough to leave somebody free who is kept apart from them by hand.",
        ),
    ],
)
def test_what_would_help_in_words(change: dict[str, Any], words: str) -> None:
    assert left_out_words.would_help({"changes": [change]}, {"knots": "Knots"}, **WINTER) == words


def test_an_hour_is_told_on_the_clocks_of_its_week() -> None:
    change = {"kind": "another hour", "topic": "", "hour": 33}
    told = left_out_words.would_help({"changes": [change]}, {}, monday=date(2026, 7, 6), zone="Europe/Berlin")
    assert told == "It would be enough if they had an hour on Tuesday at 11:00."


def test_two_rehearsals_side_by_side(
    round_: Round, pairs_of_us: Program, knots: Topic, steward: Person
) -> None:
    ada, ben = seeker(pairs_of_us, "Ada", knots), seeker(pairs_of_us, "Ben", knots)
    gus, hal = (giver(pairs_of_us, name, knots, budget_minutes=60) for name in ("Gus", "Hal"))
    rounds.lock(round_, ada, gus, by=steward)
    one = rehearsed(round_)
    rounds.lock(round_, ada, hal, by=steward)
    other = rehearsed(round_)
    found = compared.side_by_side(one, other)
    assert (found.alike, found.one.served, found.other.served) == (0, 2, 2)
    assert [
        (each.seeker, each.one and each.one.giver, each.other and each.other.giver)
        for each in found.differing
    ] == [(ada, gus, hal), (ben, hal, gus)]
    alike = compared.side_by_side(other, rehearsed(round_))
    assert (alike.alike, list(alike.differing)) == (2, [])


def test_a_file_of_the_pairs_is_harmless_and_stands_in_the_trail(
    round_: Round, pairs_of_us: Program, knots: Topic, steward: Person
) -> None:
    seeker(pairs_of_us, "=HYPERLINK(1)", knots, email="ada@harbour.example")
    giver(pairs_of_us, "Gus", knots, email="gus@harbour.example")
    made = rehearsed(round_)
    heading, line = exports.take(made, by=steward)
    assert heading.startswith('\ufeff"Seeks: name","Seeks: address"')
    assert line.startswith('"\'=HYPERLINK(1)","ada@harbour.example","","Gus","gus@harbour.example"')
    entry = round_.trail.latest("pk")
    assert (entry.what, entry.by, entry.about) == ("exported", steward, {"number": 1})
    assert Pairing.objects.count() == 1
