"""`bothways match`: the proven best round of introductions out of two lists, without an installation."""

import argparse
import sys
from typing import TYPE_CHECKING

from bothways.cli.by_hand.asked import Asked
from bothways.cli.by_hand.asked import read as read_rules
from bothways.cli.running import Refusal, start_without_data
from bothways.matching import BadProblem, Market, all_unserved

if TYPE_CHECKING:
    from bothways.cli.by_hand.lists import People

DONE, NOT_PROVEN = 0, 1


def run(arguments: argparse.Namespace) -> int:
    start_without_data()
    from bothways.cli.by_hand import lists, summary, written
    from bothways.cli.by_hand.made import Round

    outputs = [arguments.out, written.not_served_beside(arguments.out)] if arguments.out else []
    outputs += [arguments.certificate] if arguments.certificate else []
    written.refuse_the_lists((arguments.seekers, arguments.givers, arguments.rules), outputs)
    written.refuse_folders(outputs)
    asked = read_rules(arguments.rules)
    seekers, givers = lists.read_both(arguments.seekers, arguments.givers, asked)
    market = market_of(seekers, givers, asked)
    _say(f"Scoring {len(seekers.listed):,} x {len(givers.listed):,} pairs.")
    try:
        made = market.assign(asked.objective, between=_progress)
        proof = market.verify(made.certificate)
    except BadProblem as bad:
        raise Refusal(f"this round cannot be made: {bad}") from None
    if not proof.ok:
        _say(f"Not proven, so nothing is written: {proof.why}")
        return NOT_PROVEN
    of, files = Round(asked, seekers, givers, market, made, all_unserved(market, made)), {}
    if arguments.out:
        parted = written.delimiter(seekers, givers)
        files[outputs[0]] = written.as_csv(written.pairs(market, seekers, givers, made.pairs), parted)
        files[outputs[1]] = written.as_csv(written.not_served(of), parted)
    if arguments.certificate:
        files[arguments.certificate] = made.certificate.to_json() + "\n"
    written.write(files)
    print("\n".join(summary.lines(of)))
    for path in files:
        _say(f"Written: {path}")
    if not arguments.out:
        _say("Who is introduced to whom, and why: --out pairs.csv")
    return DONE


def market_of(seekers: "People", givers: "People", asked: Asked) -> Market:
    """The market of two lists; what is worth a look is said first."""
    from bothways.cli.by_hand import remarks

    for remark in remarks.lines(seekers, givers, asked):
        _say(remark)
    try:
        return Market(seekers.taking_part, givers.taking_part, asked.weights, asked.rules)
    except BadProblem as bad:
        raise Refusal(f"this round cannot be made: {bad}") from None


def _progress(done: float) -> None:
    if sys.stderr.isatty():
        print(f"\r{done:4.0%}", end="\r", file=sys.stderr, flush=True)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
