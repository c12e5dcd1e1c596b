"""`bothways serve`: one small parent, the web server and the worker as its children.

The parent knows no Django, so that it costs little memory. Children die with it, even by SIGKILL; a
child that dies is started again: in a moment where it was killed, more slowly each time where it fails.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from http.client import BAD_REQUEST, HTTPConnection, HTTPException
from threading import Thread
from types import FrameType
from urllib.parse import urlsplit

from bothways.cli.running import Refusal
from bothways.core import environment

STOPS_WITHIN = 4.0
LIVES_WELL = 3.0
A_MOMENT = 0.5
FROM_OUTSIDE = (-signal.SIGKILL, -signal.SIGTERM)
LOOKS_FIRST, LOOKS_LAST = 0.1, 30.0  # seconds between two looks whether the pages answer
PARENT = "BOTHWAYS_PARENT"


class Child:
    """A process that is started, watched and stopped."""

    def __init__(self, name: str, *command: str) -> None:
        self.name, self.command = name, [sys.executable, "-m", "bothways", *command]
        self.process: subprocess.Popen[bytes] | None = None
        self.deaths, self.start_at, self.started_at = 0, 0.0, 0.0

    def start(self) -> None:
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(self.command, env=dies_with_me(), start_new_session=True)

    def look_after(self) -> None:
        """Start it again where it has died; after a pause that grows where it fails at once.

        Whatever was killed from outside has not failed, and its pause is always the same.
        """
        if self.process is not None and self.process.poll() is not None:
            print(
                f"The {self.name} ended with {self.process.returncode}; starting it again.", file=sys.stderr
            )
            lived = time.monotonic() - self.started_at
            if lived > LIVES_WELL:
                self.deaths = 0
            elif self.process.returncode not in FROM_OUTSIDE:
                self.deaths += 1
            self.process = None
            self.start_at = time.monotonic() + (min(2.0**self.deaths, 30) if self.deaths else A_MOMENT)
        if self.process is None and time.monotonic() >= self.start_at:
            self.start()

    def send(self, number: int) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)

    def kill_all(self) -> None:
        """The child and whatever it has started itself."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                return


def dies_with_me() -> dict[str, str]:
    """An environment that tells a child whose it is, so that it also ends where its parent died at once."""
    return {**os.environ, PARENT: str(os.getpid())}


def my_parent() -> int | None:
    """Who has started this process, where that was one of us."""
    return int(os.environ.get(PARENT, "0")) or None


def run(arguments: argparse.Namespace) -> int:
    refuse_taken_port(arguments.host, arguments.port)
    if not {"BOTHWAYS_URL", "BOTHWAYS_URL_FILE"} & os.environ.keys():
        environment.give("BOTHWAYS_URL", f"http://localhost:{arguments.port}")
    migrated = subprocess.run([sys.executable, "-m", "bothways", "migrate"], check=False)
    if migrated.returncode:
        return migrated.returncode
    Thread(target=announce, args=[arguments.host, arguments.port], daemon=True).start()
    return serve(arguments.host, arguments.port)


def announce(host: str, port: int) -> None:
    """Say where it is once it answers."""
    url = environment.read("BOTHWAYS_URL")
    wait_for_an_answer(host, port, urlsplit(url).hostname or "localhost")
    print(f"Bothways is ready: {url}, from {host} port {port}.", flush=True)


def wait_for_an_answer(host: str, port: int, name: str = "localhost") -> None:
    """Looks ever more seldom: each look at a house that does not answer is a line in its log."""
    pause = LOOKS_FIRST
    while not answers(host, port, name):
        time.sleep(pause)
        pause = min(pause * 1.2, LOOKS_LAST)


def answers(host: str, port: int, name: str = "localhost") -> bool:
    """Whether the pages answer; a way on to HTTPS is an answer too."""
    asking = HTTPConnection(host, port, timeout=5)
    try:
        asking.request("GET", "/healthz", headers={"Host": name})
        return asking.getresponse().status < BAD_REQUEST
    except (HTTPException, OSError):
        return False
    finally:
        asking.close()


def refuse_taken_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise Refusal(
                f"port {port} on {host} cannot be used ({problem.strerror}). Try --port 8001."
            ) from None


def serve(host: str, port: int) -> int:
    """Run until SIGTERM or Ctrl-C; then stop both within five seconds."""
    children = [
        Child("web server", "web", "--host", host, "--port", str(port)),
        Child("worker", "worker"),
    ]
    stopping = []

    def stop(signum: int, frame: FrameType | None) -> None:
        stopping.append(signum)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not stopping:
        for child in children:
            child.look_after()
        time.sleep(0.2)
    _stop(children)
    return 0


def _stop(children: list[Child]) -> None:
    for child in children:
        child.send(signal.SIGTERM)
    ends_at = time.monotonic() + STOPS_WITHIN
    for child in children:
        if child.process is not None:
            try:
                child.process.wait(max(0.1, ends_at - time.monotonic()))
            except subprocess.TimeoutExpired:
                print(f"The {child.name} did not stop in time and is ended.", file=sys.stderr)
        child.kill_all()
