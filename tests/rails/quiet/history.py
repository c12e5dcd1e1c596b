"""Histories: lists of commands, each a wait, an actor, a verb and two numbers that choose its objects.

What the numbers choose is resolved against public state, so one history means the same in both worlds.
"""

from dataclasses import dataclass

from hypothesis import strategies as st

ACTORS = ("ada", "ben", "cleo", "dan", "eve")

VERBS = (
    "ask",
    "ask_more_people",
    "ask_for_mentoring",
    "yes",
    "not_now",
    "tell_me_more",
    "hand_on",
    "withdraw",
    "round",
    "leave_round",
    "introduce",
    "go_away",
    "come_back",
    "budget",
    "rather_not",
    "hand_on_to",
    "approve",
    "reply",
    "suspend",
    "leave",
    "take_back",
    "propose",
    "pick",
    "end",
    "visit",
    "nothing",
)
WAITS = (0, 1, 20, 24, 50, 72, 96, 168, 200, 360)  # hours


@dataclass(frozen=True)
class Command:
    after: int
    actor: int
    verb: str
    which: int
    other: int


@dataclass(frozen=True)
class History:
    """`pivot` is the index of the `not_now` that one world hears and the other does not."""

    seed: int
    commands: tuple[Command, ...]
    pivot: int


COMMAND = st.builds(
    Command,
    after=st.sampled_from(WAITS),
    actor=st.integers(0, len(ACTORS) - 1),
    verb=st.sampled_from(VERBS),
    which=st.integers(0, 5),
    other=st.integers(0, 5),
)
ASKING = st.builds(
    Command,
    after=st.just(0),
    actor=st.integers(0, 4),
    verb=st.sampled_from(("ask", "ask_more_people", "round", "introduce", "ask_for_mentoring")),
    which=st.integers(0, 5),
    other=st.integers(0, 5),
)
SENDING = st.builds(
    Command,
    after=st.just(0),
    actor=st.just(4),
    verb=st.just("round"),
    which=st.integers(0, 5),
    other=st.integers(0, 5),
)
ANSWERING = st.builds(
    Command,
    after=st.sampled_from((0, 1, 20)),
    actor=st.integers(0, 4),
    verb=st.sampled_from(("yes", "not_now", "tell_me_more", "visit")),
    which=st.integers(0, 2),
    other=st.integers(0, 5),
)
PIVOT = st.builds(
    Command,
    after=st.sampled_from((0, 1, 20)),
    actor=st.integers(0, 4),
    verb=st.just("not_now"),
    which=st.integers(0, 5),
    other=st.just(0),
)


@st.composite
def histories(draw: st.DrawFn, *, with_a_round: bool = False) -> History:
    """Somebody asks, things happen, somebody says "not now", more things happen, time passes."""
    begin = SENDING if with_a_round else ASKING
    before = [
        draw(begin),
        *draw(st.lists(st.one_of(ASKING, ANSWERING, COMMAND), max_size=3)),
    ]
    after = draw(st.lists(st.one_of(COMMAND, ANSWERING), max_size=5))
    end = [Command(400, 0, "nothing", 0, 0), Command(26, 0, "nothing", 0, 0)]
    return History(
        seed=draw(st.integers(0, 10**6)),
        commands=(*before, draw(PIVOT), *after, *end),
        pivot=len(before),
    )
