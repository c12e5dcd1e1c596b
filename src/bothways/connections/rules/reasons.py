"""Why the other one, in words. A reason is stored as data and becomes a sentence where it is read.

`kind` is one of matching's `ReasonKind`; or `yours` where an ask's author lets the asked person know the
topic, `asked` where there is nothing more to say; `topic`,
`of` and `words` are names as people wrote them. Each sentence speaks to the reader about the other person.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

_SENTENCES = {
    "offers": _("%(name)s offered to talk about %(topic)s."),
    "offers_near": _("%(name)s offered to talk about %(topic)s, which is close to %(of)s."),
    "offers_wanted": _("%(name)s offered to talk about %(topic)s, which you would like to get better at."),
    "words": _("%(name)s writes about “%(words)s”."),
    "wants": _("%(name)s would like to get better at %(topic)s, which you can talk about."),
    "language": _("You both speak %(words)s."),
    "hours": _("You are usually at work at the same hours."),
    "brings": _("%(name)s has said what they bring."),
    "yours": _("It is about %(topic)s, which you offered to talk about."),
    "asked": _("%(name)s would like a word with you."),
}


def sentence(reason: Mapping[str, str], name: str) -> str:
    """The reason in words, for the reader, about the person called `name`; empty where there is none."""
    text = _SENTENCES.get(reason.get("kind", ""))
    if text is None:
        return ""
    parts = {"topic": "", "of": "", "words": "", **reason, "name": name}
    return str(text) % parts
