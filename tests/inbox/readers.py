"""Two real calendar programs: khal over a folder, and a Radicale server read through caldav."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from caldav.collection import Principal
from caldav.davclient import DAVClient
from icalendar import Calendar

from tests.inbox.postbox import free_port

_KHAL = """\
[calendars]
  [[mine]]
    path = {folder}/calendar
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {folder}/khal.db
"""


@dataclass
class Khal:
    folder: Path

    def run(self, *arguments: str) -> str:
        """Run its command and return what it prints."""
        done = subprocess.run(
            [sys.executable, "-m", "khal", "-c", str(self.folder / "config"), *arguments],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env={**os.environ, "HOME": str(self.folder), "XDG_CONFIG_HOME": str(self.folder)},
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def take(self, calendar: str) -> None:
        """Import a calendar, as pressing on a mail's attachment does."""
        path = self.folder / "given.ics"
        path.write_text(calendar, newline="")
        self.run("import", "--batch", "-a", "mine", str(path))

    def shows(self, start: str = "2026-03-01", days: str = "30d") -> list[str]:
        listed = self.run(
            "list", "--format", "{start-date} {start-time}-{end-time} {cancelled}{title}", start, days
        )
        return [line for line in listed.splitlines() if "-" in line and ":" in line]


def khal(folder: Path) -> Khal:
    (folder / "calendar").mkdir(parents=True)
    (folder / "config").write_text(_KHAL.format(folder=folder))
    return Khal(folder)


@contextmanager
def radicale(folder: Path) -> Iterator[Any]:
    """A calendar of somebody's on a Radicale server, which is gone afterwards."""
    port = free_port()
    (folder / "radicale").write_text(
        f"[server]\nhosts = 127.0.0.1:{port}\n[auth]\ntype = none\n"
        f"[storage]\nfilesystem_folder = {folder}/collections\n[logging]\nlevel = error\n"
    )
    server = subprocess.Popen([sys.executable, "-m", "radicale", "--config", str(folder / "radicale")])
    try:
        _wait_for(port)
        with DAVClient(f"http://127.0.0.1:{port}/", username="ben", password="ben") as client:
            home: Any = Principal(client=client)
            yield home.make_calendar(name="Mine")
    finally:
        server.terminate()
        server.wait(timeout=10)


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"Nothing answers on port {port}.")


def stored(invitation: str) -> str:
    """What a calendar program stores of an invitation: the same without its method (RFC 4791, 4.1)."""
    calendar = Calendar.from_ical(invitation)
    calendar.pop("METHOD")
    return str(calendar.to_ical().decode())
