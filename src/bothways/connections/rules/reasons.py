"""Why the other one, in words. A reason is stored as data and becomes a sentence where it is read.

`kind` is one of matching's `ReasonKind`; or `yours` where an ask's author lets the asked person know the
topic, `other_team` and `in_common` in a round, `asked` and `round` where there is nothing more to say.
`topic`, `of` and `words` are names as people wrote them. Each sentence speaks to the reader about the other
person.
"""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bothways.people.rules import topic_names

ASKED, ROUND = "asked", "round"
_SENTENCES = {
    "offers": _("%(name)s offered to talk about %(topic)s."),
    "offers_near": _("%(name)s offered to talk about %(topic)s, which is close to %(of)s."),
    "offers_wanted": _("%(name)s offered to talk about %(topic)s, which you would like to get better at."),
    "words": _("%(name)s writes about “%(words)s”."),
    "speaks": _("%(name)s speaks %(words)s."),
    "wants": _("%(name)s would like to get better at %(topic)s, which you can talk about."),
    "language": _("You both speak %(words)s."),
    "hours": _("You are usually at work at the same hours."),
    "brings": _("%(name)s has said what they bring."),
    "yours": _("It is about %(topic)s, which you offered to talk about."),
    ASKED: _("%(name)s would like a word with you."),
    "other_team": _("%(name)s works in another team."),
    "in_common": _("You have in common: %(words)s."),
    ROUND: _("The program looked for people who may have something to say to each other."),
}


def sentence(reason: Mapping[str, str], name: str) -> str:
    """The reason in words, for the reader, about the person called `name`; empty where there is none."""
    text = _SENTENCES.get(reason.get("kind", ""))
    if text is None:
        return ""
    topics = {part: topic_names.within(reason.get(part, "")) for part in ("topic", "of")}
    return str(text) % {"words": "", **reason, **topics, "name": name}


def beside(reason: Mapping[str, str], name: str) -> str:
    """One reason where the name stands already; said again only where the sentence needs it."""
    return beside_a_name([reason]) or sentence(reason, name)


MOST_SAID = 2
MOST_TOPICS = 3
_TALKS = {"offers": "offers", "offers_near": "offers", "offers_wanted": "offers_wanted"}
_BESIDE_A_NAME = {
    "offers": _("Talks about %(topic)s."),
    "offers_wanted": _("Talks about %(topic)s, which you would like to get better at."),
    "words": _("Writes about “%(words)s”."),
    "speaks": _("Speaks %(words)s."),
    "wants": _("Would like to get better at %(topic)s, which you can talk about."),
    "language": _("You both speak %(words)s."),
    "hours": _("You are usually at work at the same hours."),
    "other_team": _("Works in another team."),
    "in_common": _("You have in common: %(words)s."),
}


def beside_a_name(reasons: Iterable[Mapping[str, str]]) -> str:
    """The weightiest reasons where the name stands already: topics in one sentence, and one thing more."""
    together: dict[str, list[Mapping[str, str]]] = {}
    for reason in reasons:
        kind = _TALKS.get(reason.get("kind", ""), reason.get("kind", ""))
        if kind in _BESIDE_A_NAME:
            together.setdefault(kind, []).append(reason)
    return " ".join(_said(kind, alike) for kind, alike in list(together.items())[:MOST_SAID])


def _said(kind: str, alike: Sequence[Mapping[str, str]]) -> str:
    named = {part: [one[part] for one in alike if part in one][:MOST_TOPICS] for part in ("topic", "words")}
    named["topic"] = [topic_names.within(name) for name in named["topic"]]
    return str(_BESIDE_A_NAME[kind]) % {part: _joined(names) for part, names in named.items()}


def _joined(names: Sequence[str]) -> str:
    """Names as people list them: Delegation, Stress and Grief."""
    if len(names) == 1 or not names:
        return "".join(names)
    said = {"before": ", ".join(names[:-1]), "last": names[-1]}
    return gettext("%(before)s and %(last)s") % said
