"""A real installation, `bothways serve` on the database of the test, and the death of its parts."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

from bothways.core.models import Heartbeat

PATIENCE = 40.0  # seconds, for what takes one or two


def eventually(
    what: Callable[[], object], why: str, *, within: float = PATIENCE, pause: float = 0.05
) -> None:
    ends_at = time.monotonic() + within
    while not what():
        assert time.monotonic() < ends_at, f"Not within {within:.0f} seconds: {why}."
        time.sleep(pause)


class Installation:
    """`bothways serve` with its three other processes: web (the master), server (its child) and worker."""

    def __init__(self, folder: Path, *, port: int, mail_port: int) -> None:
        self.port, self.log = port, folder / "log"
        self.data = folder / "data"
        self.data.mkdir()
        self.environment = self._environment(mail_port)

    def _environment(self, mail_port: int) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("BOTHWAYS_")}
        kept.pop("PYTHONDONTWRITEBYTECODE", None)  # compiled once, each start costs a third
        return (
            kept
            | self._database()
            | {
                "DJANGO_SETTINGS_MODULE": "bothways.config.settings",
                "BOTHWAYS_MODE": "production",
                "BOTHWAYS_DATA": str(self.data),
                "BOTHWAYS_URL": f"http://localhost:{self.port}",
                "BOTHWAYS_SECRET_KEY": settings.SECRET_KEY,
                "BOTHWAYS_MAIL_URL": f"smtp://127.0.0.1:{mail_port}?tls=off",
                "BOTHWAYS_MAIL_FROM": "Bothways <bothways@localhost>",
            }
        )

    def _database(self) -> dict[str, str]:
        """The test's own: a file that stands where a production's stands, or its address."""
        name = str(connection.settings_dict["NAME"])
        if connection.vendor == "sqlite":
            (self.data / "bothways.sqlite3").symlink_to(name)
            return {"DATABASE_URL": ""}
        return {"DATABASE_URL": urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=quote(name)))}

    @contextmanager
    def running(self) -> Iterator[None]:
        command = [sys.executable, "-m", "bothways", "serve", "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.serve = subprocess.Popen(
                command, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        try:
            eventually(self.is_well, "web and worker are up")
            yield
            self.serve.terminate()
            assert self.serve.wait(6) == 0
        finally:
            self.serve.kill()
            self.serve.wait()

    def pid(self, part: str) -> int | None:
        """Of "web", "server" or "worker", where it lives."""
        if part == "server":
            web = self.pid("web")
            return next(iter(_children(web)), None) if web else None
        return next((pid for pid in _children(self.serve.pid) if part in _command(pid)), None)

    def kill(self, part: str) -> int:
        """SIGKILL to the real pid, once it lives; returns it."""
        eventually(lambda: self.pid(part), f"there is a {part}")
        pid = self.pid(part)
        assert pid
        os.kill(pid, signal.SIGKILL)
        return pid

    def is_well(self) -> bool:
        """Pages are served, and a worker that lives has said so."""
        return self.serve.poll() is None and self._answers() and self._works()

    def _answers(self) -> bool:
        asking = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            asking.request("GET", "/healthz", headers={"Host": f"localhost:{self.port}"})
            return asking.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            asking.close()

    def _works(self) -> bool:
        worker = self.pid("worker")
        return bool(worker) and Heartbeat.objects.filter(worker__contains=f"-{worker}-").exists()


def _children(parent: int) -> list[int]:
    try:
        return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
    except OSError:
        return []


def _command(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    except OSError:
        return []
