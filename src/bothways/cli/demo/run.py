"""Makes the demo's database where there is none, then serves it."""

import argparse
import os
import shutil
import subprocess
import sys
import webbrowser
from pathlib import Path
from threading import Timer

from bothways.cli import serve
from bothways.cli.running import Refusal

MARK = ".demo"
OPENS_AFTER = 2.0  # seconds


def run(arguments: argparse.Namespace) -> int:
    os.environ["BOTHWAYS_MODE"] = "demo"
    os.environ["BOTHWAYS_URL"] = address = f"http://localhost:{arguments.port}"
    data = Path(os.environ["BOTHWAYS_DATA"])
    refuse_what_is_no_demo(data)
    serve.refuse_taken_port("127.0.0.1", arguments.port)
    if arguments.fresh:
        clear(data)
    filled = subprocess.run(
        [sys.executable, "-m", "bothways", "fill-demo", "--people", str(arguments.people)], check=False
    )
    if filled.returncode:
        return filled.returncode
    print(f"\n  {address}\n\n  Step into anybody by one click. Ctrl-C stops it.\n", flush=True)
    if not arguments.no_open:
        Timer(OPENS_AFTER, webbrowser.open, [address]).start()
    return serve.serve("127.0.0.1", arguments.port)


def refuse_what_is_no_demo(data: Path) -> None:
    """The demo never touches an installation that people rely on."""
    if (data / "bothways.sqlite3").exists() and not (data / MARK).exists():
        raise Refusal(f"{data} holds an installation that is no demo. Give another folder: --data ./demo")
    if os.environ.get("DATABASE_URL"):
        raise Refusal("the demo lives in a file of its own. Unset DATABASE_URL first.")


def clear(data: Path) -> None:
    for path in data.glob("bothways.sqlite3*"):
        path.unlink()
    shutil.rmtree(data / "media", ignore_errors=True)
