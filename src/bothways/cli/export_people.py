"""`bothways export people`: who is here, as CSV that spreadsheets and `bothways import people` read."""

import argparse
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from bothways.cli.organisations import named
from bothways.cli.running import Refusal, refuse_another_version, start_django


def run(arguments: argparse.Namespace) -> int:
    start_django()
    refuse_another_version()
    from bothways.people.queries import exports
    from bothways.people.rules.roster import writing

    lines = writing.lines(exports.rows(named(arguments.organisation).pk))
    if arguments.out is None:
        return _print(lines)
    try:
        with Path(arguments.out).open("wb") as out:
            out.writelines(line.encode() for line in lines)
    except OSError as problem:
        raise Refusal(f"{arguments.out} cannot be written: {problem.strerror}.") from None
    return 0


def _print(lines: Iterable[str]) -> int:
    """Whoever reads it may have read enough."""
    try:
        for line in lines:
            sys.stdout.buffer.write(line.encode())
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
