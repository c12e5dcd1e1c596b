"""`bothways try-again`: what the worker has given up goes back into the line, once its cause is mended."""

import argparse

from bothways.cli.running import refuse_another_version, start_django


def run(arguments: argparse.Namespace) -> int:
    start_django()
    refuse_another_version()
    from bothways.core import events, tasks
    from bothways.inbox.actions import mails

    counts = f"{events.try_again()} events, {tasks.try_again()} tasks and {mails.try_again()} mails"
    print(f"{counts} are tried again.")
    return 0
