"""`bothways doctor`: what each part says when it is well, and what to do when it is not."""

import argparse
import os
import shutil
import socket
import subprocess
import sys
from collections import namedtuple
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection
from django.test.utils import override_settings

from bothways.cli import doctor
from bothways.cli.doctor import Check, Finding
from bothways.cli.main import main
from bothways.cli.running import Refusal
from bothways.core import time
from bothways.core.models import Heartbeat

pytestmark = pytest.mark.django_db
Usage = namedtuple("Usage", "total used free")


def found(check: Check) -> Finding:
    """What is not well comes before what is."""
    return min(check())


@pytest.fixture
def secret(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "secret_key"
    path.touch(mode=0o600)
    with override_settings(DATA=tmp_path):
        yield path


@pytest.fixture
def listening() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def test_the_database_answers_and_is_of_this_version() -> None:
    assert list(doctor.database()) == [Finding(True, "database", f"{connection.vendor} answers")]


def test_a_database_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise DatabaseError("no route to host")

    monkeypatch.setattr(connection, "cursor", away)
    assert list(doctor.database()) == [
        Finding(False, "database", "does not answer (no route to host). Look at DATABASE_URL.")
    ]


def test_a_database_of_another_version() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'inbox'")
    assert found(doctor.database) == Finding(
        False, "database", "is of another version. Run: bothways migrate"
    )


def test_room_on_the_disk(monkeypatch: pytest.MonkeyPatch, secret: Path) -> None:
    well = found(doctor.folders)
    assert (well.well, str(secret.parent) in well.says) == (True, True)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10**9, 10**9, 100 * 2**20))
    assert not found(doctor.folders).well
    assert "100 MB free. Make room" in found(doctor.folders).says


def test_a_folder_that_others_look_into(secret: Path) -> None:
    folder = secret.parent
    folder.chmod(0o700)
    assert found(doctor.others) == Finding(True, "others", "cannot look into the folder")
    folder.chmod(0o755)
    says = f"anybody on this machine can look into {folder}. Run: chmod o= {folder}"
    assert found(doctor.others) == Finding(False, "others", says)


def test_what_a_command_makes_is_nobody_elses(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    subprocess.run(
        [sys.executable, "-m", "bothways", "migrate", "--data", str(folder)],
        env=os.environ | {"DATABASE_URL": "", "BOTHWAYS_MODE": "demo"},
        umask=0o022,
        check=True,
        capture_output=True,
    )
    made = [folder, folder / "bothways.sqlite3", folder / "secret_key"]
    assert [path.stat().st_mode & 0o077 for path in made] == [0, 0, 0]


def test_what_another_server_makes_is_nobody_elses_either(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    given = {"DATABASE_URL": "", "BOTHWAYS_MODE": "demo", "BOTHWAYS_DATA": str(folder)}
    given["DJANGO_SETTINGS_MODULE"] = "bothways.config.settings"
    subprocess.run(
        [sys.executable, "-c", "import bothways.config.wsgi as served; open('a photo', 'w').close()"],
        env={**os.environ, **given},
        cwd=tmp_path,
        umask=0o022,
        check=True,
        capture_output=True,
    )
    made = [folder, folder / "static", folder / "secret_key", tmp_path / "a photo"]
    assert [path.stat().st_mode & 0o077 for path in made] == [0, 0, 0, 0]


def test_a_folder_that_cannot_be_written_is_said_before_anything(capsys: pytest.CaptureFixture[str]) -> None:
    before = dict(os.environ)
    try:
        assert main(["doctor", "--data", "/proc/self"]) == 2
    finally:
        os.environ.clear()
        os.environ.update(before)
    assert "cannot be written" in capsys.readouterr().err


def test_a_secret_that_others_can_read(secret: Path) -> None:
    assert found(doctor.secret) == Finding(True, "secret", "kept from others")
    secret.chmod(0o644)
    assert found(doctor.secret) == Finding(
        False, "secret", f"others can read {secret}. Run: chmod 600 {secret}"
    )


@pytest.mark.parametrize(("mode", "well"), [("production", False), ("demo", True)])
def test_no_mail_goes_out(mode: str, well: bool) -> None:
    with override_settings(EMAIL_HOST="", MODE=mode):
        assert found(doctor.mail) == Finding(well, "mail", "no mail goes out. Set BOTHWAYS_MAIL_URL.")


def test_a_mail_server_that_answers_and_one_that_does_not(listening: int) -> None:
    with override_settings(EMAIL_HOST="127.0.0.1", EMAIL_PORT=listening):
        assert found(doctor.mail) == Finding(True, "mail", f"127.0.0.1:{listening} answers")
    port = closed_port()
    with override_settings(EMAIL_HOST="127.0.0.1", EMAIL_PORT=port):
        silent = found(doctor.mail)
    assert not silent.well
    assert silent.says.startswith(f"127.0.0.1:{port} does not answer")
    assert silent.says.endswith("Look at BOTHWAYS_MAIL_URL.")


def test_links_in_mail_that_only_this_machine_can_follow() -> None:
    with override_settings(MODE="production", BASE_URL="http://localhost:8000"):
        assert not found(doctor.hosts).well
        assert "Only this machine can follow links in mail: set BOTHWAYS_URL." in found(doctor.hosts).says
    with override_settings(
        MODE="production", BASE_URL="https://ways.example.org", ALLOWED_HOSTS=["ways.example.org"]
    ):
        says = "https://ways.example.org, answers to ways.example.org"
        assert found(doctor.hosts) == Finding(True, "address", says)


@pytest.mark.parametrize(
    ("beat", "finding"),
    [
        (None, (False, "worker", "Is `bothways serve` running?")),
        (timedelta(minutes=-3), (False, "worker", "Is `bothways serve` running?")),
        (timedelta(minutes=-1), (True, "worker", "is working")),
        (timedelta(minutes=5), (False, "clock", "Set it by NTP.")),
    ],
)
def test_worker_and_clock(beat: timedelta | None, finding: tuple[bool, str, str]) -> None:
    if beat is not None:
        Heartbeat.objects.create(worker="w", beat_at=time.now() + beat)
    well, about, says = found(doctor.worker)
    assert (well, about) == finding[:2]
    assert finding[2] in says


def run_with(monkeypatch: pytest.MonkeyPatch, start: Callable[[], None], *checks: Check) -> int:
    monkeypatch.setattr(doctor, "start_django", start)
    monkeypatch.setattr(doctor, "CHECKS", checks)
    monkeypatch.setattr(doctor, "IN_THE_DATABASE", ())
    return doctor.run(argparse.Namespace())


def test_its_exit_code_says_whether_all_is_well(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def well() -> Iterator[Finding]:
        yield Finding(True, "one", "is well")

    def unwell() -> Iterator[Finding]:
        yield Finding(False, "other", "is not. Mend it.")

    assert run_with(monkeypatch, lambda: None, well) == 0
    assert run_with(monkeypatch, lambda: None, well, unwell) == 1
    assert "  not well   other      is not. Mend it." in capsys.readouterr().out.splitlines()


def test_an_unsafe_setting_is_a_finding(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def unsafe() -> None:
        raise Refusal("BOTHWAYS_URL must begin with https.")

    assert run_with(monkeypatch, unsafe) == 1
    assert "not well   settings   BOTHWAYS_URL must begin with https." in capsys.readouterr().out


def told(folder: Path, url: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bothways", "doctor", "--data", str(folder)],
        env=os.environ | {"DATABASE_URL": url, "BOTHWAYS_MODE": "demo"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.sqlite
def test_the_real_command_goes_on_without_a_database(tmp_path: Path) -> None:
    (tmp_path / "bothways.sqlite3").touch()
    for url, says in (
        ("", "is of another version. Run: bothways migrate"),
        ("postgresql://nobody@127.0.0.1:1/none", "Look at DATABASE_URL."),
    ):
        done = told(tmp_path, url)
        assert done.returncode == 1
        assert any("not well   database" in line and says in line for line in done.stdout.splitlines())
        assert "kept from others" in done.stdout
        assert "Traceback" not in done.stderr


@pytest.mark.sqlite
def test_where_there_is_nothing_it_says_so_and_makes_nothing(tmp_path: Path) -> None:
    done = told(tmp_path, "")
    assert done.returncode == 2
    assert "There is no Bothways in" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_every_part_that_is_promised_is_looked_at() -> None:
    looked_at = [check.__name__ for check in (*doctor.CHECKS, *doctor.IN_THE_DATABASE)]
    assert looked_at == [
        *("database", "folders", "others", "secret", "mail", "hosts", "rounds"),
        *("worker", "line", "bounces"),
    ]
