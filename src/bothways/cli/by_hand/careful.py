"""Where a round's points tell nobody from anybody: that is said before its numbers, and what would count."""

from collections import Counter
from collections.abc import Iterator, Mapping

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from numpy.typing import NDArray

from bothways.cli.by_hand import columns
from bothways.cli.by_hand.asked import quoted
from bothways.cli.by_hand.made import Round
from bothways.matching import Market, PartKind, explain

Places = NDArray[np.int64]

LOOKED_AT = 4_000_000  # pairs; of more, those of some seekers, evenly from all
AT_ONCE = 500_000
FEWEST, ALMOST_ALL = 10, 0.9  # pairs of which something can be said, and the share that is nearly all of them
LADDERS = {"grade", "level", "band", "rank", "seniority"}
TICKS = {
    "yes",
    "no",
    "y",
    "n",
    "true",
    "false",
    "1",
    "0",
    "x",
    "ja",
    "nein",
    "oui",
    "non",
    "sí",
    "si",
    "sim",
    "não",
}
POINTS, LONGEST, MOST = 30, 30, 5  # proposed for the same; steps of a ladder; columns


def lines(of: Round) -> Iterator[str]:
    topics, alike = _topics(of), _all_the_same(of.market)
    if of.asked.fields and not alike:  # something else was asked for, and tells people apart
        yield from topics[:1]
    elif topics or alike:
        yield _("Careful: these points say little about who fits whom.")
        yield from (f"  {one}" for one in [*topics, *alike, *_counted(of), *_could_count(of)])
    if topics or alike:
        yield ""


def _topics(of: Round) -> list[str]:
    wanted = any(one.taking_part.wants for one in of.seekers.listed)
    offered = any(one.taking_part.offers for one in of.givers.listed)
    if wanted and offered:
        return []
    if not wanted and not offered:
        said = _("Neither list says what people would like to learn or can help with: topics played no part.")
    elif not wanted:
        said = _("No column says what people would like to learn, so topics played no part.")
    else:
        said = _("No column says what people can help with, so topics played no part.")
    if not (of.seekers.columns.unused or of.givers.columns.unused):
        return [said]
    both = ["wants"] * (not wanted) + ["offers"] * (not offered)
    told = _(" and ").join(f'columns."{_("its heading")}" = "{meant}"' for meant in both)
    how = _("If a column that is not used does, begin a rules file with: %(lines)s")
    return [said, how % {"lines": told}]


def _all_the_same(market: Market) -> list[str]:
    """Where nearly all pairs have the same points. Those whom a rule keeps apart are told apart by that."""
    seekers, givers = np.flatnonzero(market.demands), np.flatnonzero(market.capacities)
    every = max(-(-len(seekers) * len(market.givers) // LOOKED_AT), 1)
    some = seekers[::every]
    worth, pairs = _worth(market, some, givers), len(some) * len(givers)
    points, many = max(worth.items(), key=lambda each: each[1], default=(0, 0))
    if pairs < FEWEST or many < ALMOST_ALL * pairs:
        return []
    each = ngettext("%(points)s point", "%(points)s points", points) % {"points": points}
    found = {"many": f"{many:,}", "pairs": f"{pairs:,}", "points": each}
    if every == 1:
        return [_("%(many)s of all %(pairs)s pairs are worth the same: %(points)s.") % found]
    return [_("%(many)s of %(pairs)s pairs looked at are worth the same: %(points)s.") % found]


def _worth(market: Market, seekers: Places, givers: Places) -> Counter[int]:
    """How many of these pairs have how many points, where no rule keeps them apart."""
    found: Counter[int] = Counter()
    height = max(AT_ONCE // max(len(market.givers), 1), 1)
    for first in range(0, len(seekers), height):
        scores, allowed = market.factors.rows(seekers[first : first + height])
        values, many = np.unique(scores[:, givers][allowed[:, givers]], return_counts=True)
        found.update(dict(zip(values.tolist(), many.tolist(), strict=True)))
    return found


def _counted(of: Round) -> Iterator[str]:
    parts = {part for i, j in of.made.pairs.tolist() for part in explain(of.market, i, j)}
    names = sorted({f"same {part.what}" if part.kind is PartKind.SAME else part.kind.value for part in parts})
    yield _("What counted in this round: %(parts)s.") % {"parts": ", ".join(names) or _("nothing")}


def _could_count(of: Round) -> Iterator[str]:
    """Columns of both lists that nobody asked for and that tell people apart, as lines of a rules file."""
    found = dict(list(_telling(of).items())[:MOST])
    if not found:
        return
    ladders = [name for name, said in found.items() if _is_ladder(name) and len(said) <= LONGEST]
    yield _("There, and could count: %(columns)s. For that, write in a file and add --rules rules.toml:") % {
        "columns": ", ".join(found)
    }
    for name in found:
        if name not in ladders:
            yield f"  weights.{quoted(f'same {name}')} = {POINTS}"
    for name in ladders:
        steps = ", ".join(map(quoted, sorted(found[name].values())))
        yield "  [[above]]"
        yield f"  field = {quoted(name)}"
        yield f"  order = [{steps}]  # {_('put them in order, lowest first')}"
        yield f"  least = 1  # {_('a giver one to three steps above')}"
        yield "  most = 3"


def _telling(of: Round) -> dict[str, Mapping[str, str]]:
    """By heading: what both lists say there, where some say the same and not all do."""
    theirs = {columns.key_of(heading): said for heading, said in of.givers.unused.items()}
    found: dict[str, Mapping[str, str]] = {}
    for heading, said in of.seekers.unused.items():
        other = theirs.get(columns.key_of(heading), {})
        both = {**other, **said}
        few = len(both) <= (len(of.seekers.listed) + len(of.givers.listed)) / 2
        if set(said) & set(other) and len(both) > 1 and few and not both.keys() <= TICKS:
            found[heading] = both
    return found


def _is_ladder(heading: str) -> bool:
    return bool(LADDERS & set(columns.key_of(heading).split()))
