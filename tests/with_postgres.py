"""Runs a command with DATABASE_URL set to a PostgreSQL of its own, which is gone afterwards.

    python -m tests.with_postgres pytest …

Uses the system's binaries, on a socket in a temporary folder, as `nobody` where we are root.
"""

import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

IN_A_HURRY = (  # nothing of it outlives the tests
    *("-c fsync=off", "-c synchronous_commit=off", "-c full_page_writes=off", "-c autovacuum=off"),
    *("-c jit=off", "-c shared_buffers=256MB", "-c checkpoint_timeout=1h", "-c max_wal_size=4GB"),
)


class Missing(Exception):
    """PostgreSQL's server is not on this machine. The text says what brings it."""


def binaries() -> Path:
    """The folder of the newest PostgreSQL server here. Debian keeps one a version."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    if found:
        return found[-1].parent
    if initdb := shutil.which("initdb"):
        return Path(initdb).resolve().parent
    raise Missing("PostgreSQL is missing. One command brings it: sudo apt-get install -y postgresql")


def _version(initdb: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", initdb.parent.parent.name))


@contextmanager
def server() -> Iterator[str]:
    """A fresh cluster; yields its DATABASE_URL."""
    folder = Path(tempfile.mkdtemp(prefix="bothways-pg-"))
    data = folder / "data"
    owner = _owner()
    os.chown(folder, pwd.getpwnam(owner).pw_uid if owner else os.getuid(), -1)

    def run(name: str, *arguments: str) -> None:
        subprocess.run(
            [str(binaries() / name), *arguments],
            check=True,
            user=owner,
            cwd=folder,
            stdout=subprocess.DEVNULL,
        )

    try:
        run(
            "initdb",
            "-D",
            str(data),
            "-U",
            "bothways",
            "--auth=trust",
            "--no-sync",
            "--encoding=UTF8",
            "--no-locale",
        )
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} {' '.join(IN_A_HURRY)}"
        run("pg_ctl", "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start")
        try:
            yield f"postgresql://bothways@{str(folder).replace('/', '%2F')}/postgres"
        finally:
            run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _owner() -> str | None:
    return "nobody" if os.getuid() == 0 else None


def main() -> int:
    try:
        with server() as url:
            return subprocess.call(sys.argv[1:], env={**os.environ, "DATABASE_URL": url})
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 1


if __name__ == "__main__":
    raise SystemExit(main())
