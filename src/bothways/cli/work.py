"""`bothways worker`: what `serve` starts beside the web server."""

import argparse

from bothways.cli import serve
from bothways.cli.running import start_django
from bothways.core.processes import die_with_parent


def run(arguments: argparse.Namespace) -> int:
    die_with_parent(serve.my_parent())
    start_django()
    from bothways.core.worker import Loop

    Loop().run()
    return 0
