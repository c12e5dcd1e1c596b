"""Makes the demo's database where there is none, then serves it."""

import argparse
import fcntl
import os
import shutil
import subprocess
import sys
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from bothways.cli import serve
from bothways.cli.demo import mark
from bothways.cli.running import Refusal
from bothways.core import environment

PEOPLE = 120


def run(arguments: argparse.Namespace) -> int:
    environment.give("BOTHWAYS_MODE", "demo")
    environment.give("BOTHWAYS_URL", f"http://localhost:{arguments.port}")
    data = Path(os.environ["BOTHWAYS_DATA"])
    refuse_what_is_no_demo(data)
    with alone_in(data):
        serve.refuse_taken_port("127.0.0.1", arguments.port)
        if arguments.fresh:
            clear(data)
        if code := fill(data, arguments.people):
            return code
        Thread(target=announce, args=[arguments.port, not arguments.no_open], daemon=True).start()
        return serve.serve("127.0.0.1", arguments.port)


def refuse_what_is_no_demo(data: Path) -> None:
    """The demo never touches an installation that people rely on."""
    if (data / "bothways.sqlite3").exists() and not mark.is_there(data):
        raise Refusal(f"{data} holds an installation that is no demo. Give another folder: --data ./demo")
    if environment.read("DATABASE_URL"):
        raise Refusal("the demo lives in a file of its own. Unset DATABASE_URL first.")


@contextmanager
def alone_in(data: Path) -> Iterator[None]:
    """One demo a folder: a second one would fill, or begin afresh, beneath the first one's feet."""
    with (data / ".demo.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise Refusal(
                f"a demo is running in {data} already, at {lock.read().strip() or 'another port'}. "
                "Look there, stop it, or give another folder: --data ./demo"
            ) from None
        lock.truncate(0)
        lock.write(os.environ["BOTHWAYS_URL"])
        lock.flush()
        yield


def clear(data: Path) -> None:
    (data / mark.NAME).unlink(missing_ok=True)
    for path in data.glob("bothways.sqlite3*"):
        path.unlink()
    shutil.rmtree(data / "media", ignore_errors=True)


def fill(data: Path, people: int | None) -> int:
    """What this version still needs, in a process of its own, for its memory; nothing where all is there."""
    found = mark.read(data) if (data / "bothways.sqlite3").exists() else None
    if found and people not in (None, found.people):
        print(f"{found.people} people live here already. For {people}, begin again: --fresh", flush=True)
    if found and found.version == mark.version() and (data / "static" / ".collected").exists():
        return 0
    count = found.people if found else people or PEOPLE
    command = [sys.executable, "-m", "bothways", "fill-demo", "--people", str(count)]
    return subprocess.run(command, env=serve.dies_with_me(), check=False).returncode


def announce(port: int, opens: bool) -> None:
    """Say where it is once it answers."""
    serve.wait_for_an_answer("127.0.0.1", port)
    address = os.environ["BOTHWAYS_URL"]
    print(f"\n  {address}\n\n  Step into anybody by one click. Ctrl-C stops it.\n", flush=True)
    if opens and (sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        webbrowser.open(address)
