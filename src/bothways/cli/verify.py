"""`bothways verify`: whether a certificate proves its round best, recomputed from the lists."""

import argparse
import json
from pathlib import Path

from bothways.cli.by_hand.asked import read as read_rules
from bothways.cli.match import market_of
from bothways.cli.running import Refusal, start_without_data
from bothways.matching import BadProblem, Certificate, NotACertificate

PROVEN, NOT_PROVEN = 0, 1
SHOWN = 20
KIND = "bothways-certificate-"


def run(arguments: argparse.Namespace) -> int:
    start_without_data()
    from django.utils.translation import gettext as _

    from bothways.cli.by_hand import given_back, lists, written

    certificate = _certificate(arguments.file)
    if certificate is None:
        return NOT_PROVEN
    asked = read_rules(arguments.rules)
    seekers, givers = lists.read_both(arguments.seekers, arguments.givers, asked)
    market = market_of(seekers, givers, asked)
    try:
        proof = market.verify(certificate)
    except BadProblem as bad:
        raise Refusal(f"this round cannot be verified: {bad}") from None
    if certificate.objective != asked.objective and proof.ok:
        print(_("Not proven: the rules ask for another objective than the certificate proves."))
        return NOT_PROVEN
    if proof.ok and arguments.pairs:
        meant = written.pairs(market, seekers, givers, certificate.pairs)
        if changed := list(given_back.differences(arguments.pairs, meant)):
            print("\n".join(_("Not proven: %(why)s") % {"why": why} for why in changed[:SHOWN]))
            return NOT_PROVEN
    if proof.ok:
        _say_proven(certificate, arguments.pairs)
        return PROVEN
    print(_("Not proven: %(why)s") % {"why": proof.why})
    if "another problem" in proof.why:
        print(
            _("These lists or rules are not those it was made from: a person, a cell or a rule has changed.")
        )
    return NOT_PROVEN


def _say_proven(certificate: Certificate, pairs: str | None) -> None:
    from django.utils.translation import gettext as _

    from bothways.cli.by_hand import summary

    print(_("Proven: %(what)s") % {"what": summary.proven(certificate)})
    print(f"{summary.introductions(certificate.served)}, {summary.points(certificate.total)}.")
    if pairs:
        print(_("%(file)s: names, points and reasons are right in every line.") % {"file": pairs})


def _certificate(path: str) -> Certificate | None:
    try:
        text = Path(path).read_text(encoding="utf-8")
        if not _is_of_the_kind(json.loads(text)):
            raise ValueError
        return Certificate.from_json(text)
    except OSError as problem:
        raise Refusal(f"{path} cannot be read: {problem.strerror}.") from None
    except NotACertificate as damaged:
        print(f"Not proven: {damaged}")
        return None
    except (ValueError, RecursionError):
        raise Refusal(
            f"{path} is no certificate, or not a whole one. Name the file that match --certificate wrote."
        ) from None


def _is_of_the_kind(told: object) -> bool:
    """Whether it calls itself a certificate, be it of another version."""
    return isinstance(told, dict) and str(told.get("format")).startswith(KIND)
