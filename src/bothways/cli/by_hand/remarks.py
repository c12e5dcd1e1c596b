"""What is worth a look before a round: of single lines, each thing said once, and of both lists together."""

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator

from bothways.cli.by_hand.asked import Asked
from bothways.cli.by_hand.lists import Noticed, People
from bothways.cli.by_hand.strangers import Strangers
from bothways.matching import RuleKind

SHOWN = 20  # of each sort
FIRST = 3  # lines that are named where many say the same
NEAR = 0.7  # of what difflib calls alike


def lines(seekers: People, givers: People, asked: Asked) -> Iterator[str]:
    strangers = Strangers(seekers, givers)
    for people in (seekers, givers):
        yield f"{people.path}: {_people(len(people.listed))}."
        mend = [
            *_once(people.path, strangers.not_with(people)),
            *_once(people.path, (one for one in people.noticed if not one.note)),
        ]
        yield from _under("To mend, or it does not count:", mend)
        notes = [
            *strangers.others(people),
            *_once(people.path, (one for one in people.noticed if one.note)),
            *_unsaid(people, asked),
        ]
        yield from _under("Notes:", notes)
    yield from _under(
        "Asked for in the rules, and nobody’s:", list(_nothing_in_common(seekers, givers, asked))
    )
    yield from _under("Wanted, and nobody offers it:", _not_offered(seekers, givers))


def _people(many: int) -> str:
    return "1 person" if many == 1 else f"{many:,} people"


def _under(heading: str, said: list[str]) -> Iterator[str]:
    if said:
        yield f"  {heading}"
        yield from (f"    {one}" for one in said[:SHOWN])
    if len(said) > SHOWN:
        yield f"    … and {len(said) - SHOWN:,} more."


def _once(path: str, noticed: Iterable[Noticed]) -> list[str]:
    """Each remark with its line, or with how many lines there are and the first of them."""
    found: dict[str, list[int]] = {}
    for one in noticed:
        found.setdefault(one.text, []).append(one.line)
    said = []
    for text, at in found.items():
        first = ", ".join(map(str, at[:FIRST])) + (", …" if len(at) > FIRST else "")
        where = f"line {at[0]}" if len(at) == 1 else f"{len(at):,} lines ({first})"
        said.append(f"{path}, {where}: {text}")
    return said


def _unsaid(people: People, asked: Asked) -> Iterator[str]:
    """Columns that the rules name and that are empty: nothing else would tell."""
    for name in asked.fields:
        if not any(one.taking_part.fields.get(name) for one in people.listed):
            yield f"{people.path}: the rules name “{name}”, and that column is empty, so it plays no part."


def _nothing_in_common(seekers: People, givers: People, asked: Asked) -> Iterator[str]:
    ladders = {rule.field for rule in asked.rules if rule.kind is RuleKind.ABOVE}
    for name in asked.weights.same:
        mine, theirs = (
            {one.taking_part.fields.get(name, "") for one in people.listed} - {""}
            for people in (seekers, givers)
        )
        if mine and theirs and not mine & theirs and name not in ladders:
            yield f"same {name}: no two of the two lists say the same there, so it counts for nobody."


def _not_offered(seekers: People, givers: People) -> list[str]:
    """With how many want it and the nearest that is offered; first what has such a neighbour."""
    offered = {topic for one in givers.listed for topic in one.taking_part.offers}
    wanted = Counter(topic for one in seekers.listed for topic in one.taking_part.wants)
    lacking = (
        [(topic, many) for topic, many in wanted.most_common() if topic not in offered] if offered else []
    )
    alike, others = [], []
    for topic, many in lacking:
        said = f"{seekers.topics[topic]} ({_people(many)})"
        near = difflib.get_close_matches(topic, sorted(offered), n=1, cutoff=NEAR)
        if near:
            alike.append(f"{said}. Is it the same as “{givers.topics[near[0]]}”, which is offered?")
        else:
            others.append(said)
    return alike + others
