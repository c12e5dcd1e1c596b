"""The `bothways` command: reads like a page of a manual, loads Django only where it is needed."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bothways.cli import serve
from bothways.cli.running import Refusal, prepare

DESCRIPTION = """\
Bothways is mentorship that you host yourself. This command runs an installation.

  bothways demo                                  a believable organisation to look around in
  bothways serve                                 web and worker, until you stop it
  bothways doctor                                is everything well, and what to do where not
  bothways sign-in-link ada@example.org          a link that signs one person in, once

Everything lives in one folder, --data. Settings come from the environment: see docs/operate/settings.md.
"""


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--data", type=Path, metavar="DIR", help="folder of database and photos (default ./var)"
    )
    parser = argparse.ArgumentParser(
        prog="bothways", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def add(name: str, run: Callable[[argparse.Namespace], int], about: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, parents=[common], help=about, description=about)
        command.set_defaults(run=run)
        return command

    serving = add("serve", serve.run, "Serve pages and do the work behind them, until stopped.")
    serving.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    serving.add_argument("--port", type=int, default=8000, help="port to listen on (default 8000)")

    demo = add("demo", _later("demo"), "Fill a believable organisation and serve it.")
    demo.add_argument("--port", type=int, default=8000, help="port to listen on (default 8000)")
    demo.add_argument("--fresh", action="store_true", help="begin again with a new organisation")
    demo.add_argument("--people", type=int, default=120, help="how many people (default 120)")
    demo.add_argument("--no-open", action="store_true", help="do not open a browser")

    add("migrate", _later("migrate"), "Bring the database and the static files up to this version.")
    add("doctor", _later("doctor"), "Check database, folders, mail, clock, secret, hosts and worker.")
    link = add("sign-in-link", _later("sign_in_link"), "Print a link that signs one person in, once.")
    link.add_argument("address", help="the person's mail address")

    web = commands.add_parser("web", parents=[common])
    web.add_argument("--host", default="127.0.0.1")
    web.add_argument("--port", type=int, default=8000)
    web.set_defaults(run=_later("web"))
    worker = commands.add_parser("worker", parents=[common])
    worker.set_defaults(run=_later("work"))
    return parser


def _later(module: str) -> Callable[[argparse.Namespace], int]:
    """A command whose module needs Django, loaded once Django is set up."""

    def run(arguments: argparse.Namespace) -> int:
        from importlib import import_module

        return int(import_module(f"bothways.cli.{module}").run(arguments))

    return run


def main(given: Sequence[str] | None = None) -> int:
    arguments = _parser().parse_args(given)
    prepare(arguments.data)
    try:
        return int(arguments.run(arguments))
    except Refusal as refusal:
        print(f"bothways: {refusal}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
