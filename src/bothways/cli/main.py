"""The `bothways` command: reads like a page of a manual, loads Django only where it is needed."""

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeAlias

from bothways.cli import manual, serve
from bothways.cli.running import Refusal, prepare, printable
from bothways.core import environment
from bothways.core.processes import make_for_ourselves
from bothways.core.unsafe import UnsafeSetting

OF_AN_INSTALLATION = ("try-again", "sign-in-link", "certificate", "import", "export")  # they never begin one
OURS = (["fill-demo"], ["web"], ["worker"])
FEWEST_PEOPLE, MOST_PEOPLE = 12, 200_000  # of the demo

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _parser(*, started_by_us: bool = False) -> argparse.ArgumentParser:
    """What people may say; what `serve` and `demo` say to themselves is read apart."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        help="folder of database and photos (default $BOTHWAYS_DATA, ./var)",
    )
    parser = argparse.ArgumentParser(
        prog="bothways",
        description=manual.BOTHWAYS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"Bothways {version('bothways')}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def add(name: str, run: Callable[[argparse.Namespace], int], about: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, parents=[common], help=about, **_pages(name))
        command.set_defaults(run=run)
        return command

    serving = add("serve", serve.run, "Serve pages and do the work behind them, until stopped.")
    serving.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1: this machine alone)"
    )
    serving.add_argument(
        "--port", type=_port, metavar="N", default=8000, help="port to listen on (default 8000)"
    )

    _demo(add("demo", _later("demo.run"), "Fill a believable organisation and serve it."))
    add("migrate", _later("migrate"), "Bring the database and the static files up to this version.")
    add("doctor", _later("doctor"), "Check database, folders, mail, clock, secret, hosts and worker.")
    add("try-again", _later("again"), "Try again what the worker has given up, once its cause is mended.")
    link = add("sign-in-link", _later("sign_in_link"), "Print a link that signs one person in, once.")
    link.add_argument("address", help="the person's mail address")

    _found(add("found", _later("found"), "Make a new organisation, and a link for who administers it."))

    _certificate(add("certificate", _later("certificate"), "Write out the proof of a round that was sent."))

    _lists(commands, common)
    _by_hand(commands)

    if started_by_us:
        _ours(commands, common)
    return parser


def _pages(name: str) -> dict[str, Any]:
    """The command's page of the manual."""
    return {
        "description": manual.DESCRIPTIONS[name],
        "epilog": manual.epilog(name),
        "formatter_class": argparse.RawDescriptionHelpFormatter,
    }


def _ours(commands: Commands, common: argparse.ArgumentParser) -> None:
    """What `serve` and `demo` run as processes of their own; not in the manual."""
    fill = commands.add_parser("fill-demo", parents=[common])
    fill.add_argument("--people", type=_people, required=True)
    fill.set_defaults(run=_later("demo.fill"))
    web = commands.add_parser("web", parents=[common])
    web.add_argument("--host", default="127.0.0.1")
    web.add_argument("--port", type=_port, default=8000)
    web.set_defaults(run=_later("web"))
    worker = commands.add_parser("worker", parents=[common])
    worker.set_defaults(run=_later("work"))


def _lists(commands: Commands, common: argparse.ArgumentParser) -> None:
    """What brings people in and out."""
    importing = _group(commands, "import", "Bring people in from another system's list.")
    _import_people(_people_of(importing, common, "import people", "people, from CSV"))
    exporting = _group(commands, "export", "Write out who is here.")
    _export_people(_people_of(exporting, common, "export people", "people, as CSV"))


def _group(commands: Commands, name: str, about: str) -> Commands:
    command = commands.add_parser(name, help=about, **_pages(name))
    return command.add_subparsers(title="what", metavar="WHAT", required=True)


def _people_of(
    group: Commands, common: argparse.ArgumentParser, name: str, about: str
) -> argparse.ArgumentParser:
    return group.add_parser("people", parents=[common], help=about, **_pages(name))


def _demo(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--port", type=_port, metavar="N", default=8000, help="port to listen on (default 8000)"
    )
    command.add_argument("--fresh", action="store_true", help="throw away what is there and begin again")
    command.add_argument(
        "--people", type=_people, metavar="N", help="how many people, 12 or more (default 120)"
    )
    command.add_argument("--no-open", action="store_true", help="do not open a browser")


def _found(command: argparse.ArgumentParser) -> None:
    command.add_argument("slug", metavar="SLUG", help="its word in addresses: small letters and hyphens")
    command.add_argument("name_of_it", metavar="NAME", help="what it is called")
    command.add_argument(
        "--administrator", required=True, metavar="ADDRESS", help="mail address of its first person"
    )
    command.add_argument("--name", help="that person's name (default: as in the address; they can change it)")
    command.add_argument(
        "--time-zone", default="UTC", metavar="ZONE", help="such as Europe/Lisbon (default UTC)"
    )


def _certificate(command: argparse.ArgumentParser) -> None:
    command.add_argument("round", metavar="ROUND", help="the round's key: what its page's address ends with")
    command.add_argument("--out", metavar="FILE", help="where to write it (default: standard output)")


def _import_people(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE.csv", help="the list, with a line that names its columns")
    command.add_argument(
        "--organisation", required=True, metavar="SLUG", help="the organisation's word in addresses"
    )
    command.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")
    command.add_argument("--skip-bad", action="store_true", help="leave out lines and cells that are wrong")
    command.add_argument(
        "--leavers",
        choices=("list", "mark"),
        default="list",
        help="people who are not in the list: only say who (list), or mark them as left (mark)",
    )
    command.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="HEADING=FIELD",
        help="what a column is, where its heading does not say so; may be given several times",
    )
    command.add_argument(
        "--dates", choices=("day-first", "month-first"), help="how to read 03/04/2024, where it is not clear"
    )
    command.add_argument(
        "--encoding",
        choices=("utf-8", "utf-16-le", "utf-16-be", "windows-1252"),
        help="how the file is written, where that is not found out",
    )
    command.add_argument("--report", metavar="FILE", help="write what is said of each line there")
    command.set_defaults(run=_later("import_people"))


def _export_people(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--organisation", required=True, metavar="SLUG", help="the organisation's word in addresses"
    )
    command.add_argument("--out", metavar="FILE", help="where to write it (default: standard output)")
    command.set_defaults(run=_later("export_people"))


def _by_hand(commands: Commands) -> None:
    """What works on files alone: no data folder, no settings."""
    matching = commands.add_parser(
        "match", help="Make a round of introductions out of two lists.", **_pages("match")
    )
    verifying = commands.add_parser(
        "verify", help="Check that such a round is the best there is.", **_pages("verify")
    )
    verifying.add_argument("file", metavar="ROUND.json", help="the certificate that match wrote")
    verifying.add_argument("--pairs", metavar="PAIRS.csv", help="check this file too, line by line")
    for command in (matching, verifying):
        command.add_argument("--seekers", required=True, metavar="A.csv", help="those who seek, as CSV")
        command.add_argument("--givers", required=True, metavar="B.csv", help="those who give, as CSV")
        command.add_argument("--rules", metavar="RULES.toml", help="what counts and what rules out")
    matching.add_argument(
        "--out", metavar="PAIRS.csv", help="write pairs and reasons there, and beside it who is not served"
    )
    matching.add_argument("--certificate", metavar="ROUND.json", help="write the proof there")
    matching.set_defaults(run=_later("match"), on_files=True)
    verifying.set_defaults(run=_later("verify"), on_files=True)


def _port(text: str) -> int:
    return _number(text, 1, 65_535)


def _people(text: str) -> int:
    return _number(text, FEWEST_PEOPLE, MOST_PEOPLE)


def _number(text: str, least: int, most: int) -> int:
    if not text.isdecimal() or not least <= int(text) <= most:
        raise argparse.ArgumentTypeError(f"{text} is not a number from {least:,} to {most:,}")
    return int(text)


def _later(module: str) -> Callable[[argparse.Namespace], int]:
    """A command whose module needs Django, loaded once Django is set up."""

    def run(arguments: argparse.Namespace) -> int:
        from importlib import import_module

        return int(import_module(f"bothways.cli.{module}").run(arguments))

    return run


def main(given: Sequence[str] | None = None) -> int:
    said = list(sys.argv[1:] if given is None else given)
    parser = _parser(started_by_us=said[:1] in OURS)
    if not said:
        parser.print_help()
        return 0
    arguments = parser.parse_args(said)
    make_for_ourselves()
    try:
        if not getattr(arguments, "on_files", False):
            looks = said[0] == "doctor" and not environment.read("DATABASE_URL")
            prepare(arguments.data, existing=looks or said[0] in OF_AN_INSTALLATION)
        return int(arguments.run(arguments))
    except (Refusal, UnsafeSetting) as refusal:
        print(f"bothways: {printable(str(refusal))}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
