"""What research says to somebody who hesitates to ask. One sentence at a time, each with its source.

Only findings seen in a source's own text or abstract; `row` is the row of `docs/evidence.md`.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Finding:
    row: str
    text: Promise
    source: str


YES_IS_LIKELIER = Finding(
    "asking",
    _("People who ask expect a no far too often: they underestimate how many say yes, by up to half."),
    "Flynn & Lake 2008",
)
ASKING_LOOKS_GOOD = Finding(
    "asking",
    _("Those who ask for advice are judged more competent, not less."),
    "Brooks, Gino & Schweitzer 2015",
)
GIVING_HELPS_GIVERS = Finding(
    "both",
    _("In one trial with 1,982 pupils, those who gave advice did better themselves."),
    "Eskreis-Winkler et al. 2019",
)
FINDINGS = (YES_IS_LIKELIER, ASKING_LOOKS_GOOD, GIVING_HELPS_GIVERS)


def finding(turn: int) -> Finding:
    """One of them, in turn."""
    return FINDINGS[turn % len(FINDINGS)]
