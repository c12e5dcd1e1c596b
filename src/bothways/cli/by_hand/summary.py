"""What a round came to, short enough to be pasted into a mail; no names in it."""

from collections import Counter
from collections.abc import Iterator, Mapping

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bothways.cli.by_hand import careful
from bothways.cli.by_hand.asked import Asked
from bothways.cli.by_hand.lists import People
from bothways.cli.by_hand.made import Round
from bothways.matching import Assignment, Binding, Certificate, Market


def lines(of: Round) -> Iterator[str]:
    market, made, seekers, givers = of.market, of.made, of.seekers, of.givers
    seek, give = len(seekers.listed), len(givers.listed)
    yield _("A round of introductions: %(seek)s, %(give)s, %(places)s.") % {
        "seek": _counted(ngettext("%(count)s who seeks", "%(count)s who seek", seek), seek),
        "give": _counted(ngettext("%(count)s who gives", "%(count)s who give", give), give),
        "places": _places(market),
    }
    yield ""
    yield from careful.lines(of)
    wanting = int((market.demands > 0).sum())
    served = wanting - len(made.unserved)
    yield ngettext(
        "Served: %(served)s of %(wanting)s has everybody they wanted (%(made)s).",
        "Served: %(served)s of %(wanting)s have everybody they wanted (%(made)s).",
        served,
    ) % {"served": served, "wanting": wanting, "made": introductions(len(made.pairs))}
    yield _("Not served, or not wholly: %(count)s.") % {"count": len(made.unserved)}
    for binding, many in Counter(why.binding for why in of.whys).most_common():
        yield f"  {many}: {_kept_out()[binding]}"
    yield from _more_places(of)
    yield from _worst_off(market, made)
    yield _load(market, made)
    yield _("Proven: %(what)s") % {"what": proven(made.certificate)}
    yield ""
    yield from _columns(seekers, givers, of.asked)


def introductions(many: int) -> str:
    return _counted(ngettext("%(count)s introduction", "%(count)s introductions", many), many)


def points(many: int) -> str:
    return _counted(ngettext("%(count)s point", "%(count)s points", many), many)


def _counted(said: str, many: int) -> str:
    return said % {"count": f"{many:,}"}


def proven(certificate: Certificate) -> str:
    """In one sentence."""
    return {
        "total": _("no other round under these rules reaches more points."),
        "served_then_total": _(
            "under these rules nobody more can be served, and no other round that serves as many reaches "
            "more points."
        ),
        "served_then_fairest_then_total": _(
            "under these rules nobody more can be served, the worst-off cannot be served better, and then no "
            "other round reaches more points."
        ),
    }[certificate.objective]


def _kept_out() -> Mapping[Binding, str]:
    return {
        Binding.NOBODY_GIVES: _("nobody with a place is left"),
        Binding.NOBODY_OFFERS: _("nobody with a place offers what they want"),
        Binding.RULE: _("one rule keeps everybody with a place from them"),
        Binding.RULES: _("several rules together keep everybody with a place from them"),
        Binding.FULL: _("whoever fits them has no place left"),
        Binding.NOTHING_TO_GAIN: _("nothing that is left would add to the total"),
    }


def _places(market: Market) -> str:
    """How many there are, and for how many introductions where that is not one each."""
    places, wanted = int(market.capacities.sum()), int(market.demands.sum())
    said = ngettext("one place", "%(places)s places", places) % {"places": places}
    if wanted == len(market.seekers):
        return said
    return _("%(places)s for %(wanted)s wanted introductions") % {"places": said, "wanted": wanted}


def _more_places(of: Round) -> Iterator[str]:
    """How few more places would do, which is exact where serving comes first: each of whom only places keep
    out needs one for each they lack, and no place serves two."""
    lacking = of.market.demands - np.bincount(of.made.pairs[:, 0], minlength=len(of.market.seekers))
    more = sum(min(why.fitting, int(lacking[why.seeker])) for why in of.whys if why.binding is Binding.FULL)
    if not more or of.asked.objective == "total":
        return
    places, taken = int(of.market.capacities.sum()), len(of.made.pairs)
    if taken == places:
        begin = ngettext("The one place is taken", "All %(places)s places are taken", places)
    else:
        begin = _("%(taken)s of %(places)s places are taken, and nobody who lacks somebody fits a free one")
    would = ngettext(
        "One more place, with somebody who fits, would be enough for everybody who lacks only a place.",
        "%(more)s more places, with people who fit, would be enough for everybody who lacks only a place.",
        more,
    )
    yield f"{begin % {'taken': taken, 'places': places}}. {would % {'more': more}}"


def _worst_off(market: Market, made: Assignment) -> Iterator[str]:
    if not len(made.pairs):
        return
    found = sorted(market.points(made.pairs).tolist())
    yield _("Worst-off: %(least)s; the middle has %(middle)s, the best %(best)s.") % {
        "least": points(found[0]),
        "middle": found[len(found) // 2],
        "best": found[-1],
    }


def _load(market: Market, made: Assignment) -> str:
    """How many givers have nobody, one, two."""
    of_each = Counter(made.pairs[:, 1].tolist())
    open_to = [giver for giver in range(len(market.givers)) if market.capacities[giver] > 0]
    spread = Counter(of_each[giver] for giver in open_to)
    said = [
        ngettext("%(many)s has %(load)s", "%(many)s have %(load)s", many) % {"many": many, "load": load}
        for load, many in sorted(spread.items())
    ]
    without = len(market.givers) - len(open_to)
    if without:
        said.append(ngettext("%(many)s has no place", "%(many)s have no place", without) % {"many": without})
    return _("Load of those who give: %(spread)s.") % {"spread": ", ".join(said) or "-"}


def _columns(seekers: People, givers: People, asked: Asked) -> Iterator[str]:
    thrown = [column for people in (seekers, givers) for column in people.columns.thrown_away]
    for why in dict.fromkeys(column.why for column in thrown):
        names = dict.fromkeys(column.heading for column in thrown if column.why == why)
        yield _("Thrown away unread: %(columns)s (%(why)s).") % {"columns": ", ".join(names), "why": why}
    unused = dict.fromkeys(c.heading for people in (seekers, givers) for c in people.columns.unused)
    if unused:
        yield _("Not used: %(columns)s. What a rules file names counts.") % {"columns": ", ".join(unused)}
    if asked.fields:
        yield _("Asked for in the rules: %(columns)s.") % {"columns": ", ".join(asked.fields)}
