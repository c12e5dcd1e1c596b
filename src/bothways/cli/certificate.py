"""`bothways certificate ROUND`: the proof of a round that was sent, for the operator alone."""

import argparse
import sys
from pathlib import Path

from bothways.cli.running import Refusal, refuse_another_version, start_django


def run(arguments: argparse.Namespace) -> int:
    start_django()
    refuse_another_version()
    from bothways.programs.models import Round

    found = Round.objects.filter(key=arguments.round.strip()).select_related("sent").first()
    if found is None:
        raise Refusal(f"no round has the key {arguments.round}. The address of its page ends with it.")
    if found.sent is None:
        raise Refusal("this round is not sent. Only what was sent has a certificate.")
    if arguments.out is None:
        sys.stdout.write(found.sent.certificate + "\n")
        return 0
    try:
        Path(arguments.out).write_text(found.sent.certificate + "\n", encoding="utf-8")
    except OSError as problem:
        raise Refusal(f"{arguments.out} cannot be written: {problem.strerror}.") from None
    return 0
