"""What production refuses to start with, each with a sentence that names the setting and says what to do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bothways.cli import running
from bothways.config import safety
from bothways.core import environment
from bothways.core.unsafe import UnsafeSetting
from tests.inbox.postbox import free_port

SECRET = "s" * safety.SHORTEST_SECRET
HOME = "https://mentoring.example.org"


@pytest.fixture(autouse=True)
def nothing_else_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BOTHWAYS_HOSTS", "BOTHWAYS_PROXIES", "DATABASE_URL", "BOTHWAYS_MAIL_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("mode", ["production", "demo", "test"])
@pytest.mark.parametrize("url", [HOME, "http://localhost:8000", "http://127.0.0.1", "http://[::1]:8000"])
def test_what_is_safe_starts(mode: str, url: str) -> None:
    safety.refuse_unsafe(mode, url, SECRET)


@pytest.mark.parametrize("mode", ["", "prod", "Production", "debug"])
def test_a_mode_that_is_none(mode: str) -> None:
    with pytest.raises(UnsafeSetting, match=rf"BOTHWAYS_MODE is '{mode}'.*production, demo or test"):
        safety.refuse_unsafe(mode, HOME, SECRET)


@pytest.mark.parametrize(
    "url", ["", "mentoring.example.org", "//mentoring.example.org", "ftp://mentoring.example.org", "https://"]
)
def test_an_address_that_is_not_whole(url: str) -> None:
    with pytest.raises(UnsafeSetting, match=r"BOTHWAYS_URL is .*the whole address, like https://"):
        safety.refuse_unsafe("production", url, SECRET)


@pytest.mark.parametrize("mode", ["production", "demo", "test"])
@pytest.mark.parametrize("secret", ["", "changeme", SECRET[1:]])
def test_a_secret_that_can_be_guessed(mode: str, secret: str) -> None:
    with pytest.raises(UnsafeSetting, match=r"BOTHWAYS_SECRET_KEY is shorter than 50.*Leave it out"):
        safety.refuse_unsafe(mode, HOME, secret)


@pytest.mark.parametrize("host", ["mentoring.example.org", "10.0.0.7", "localhost.example.org", "127.0.0.2"])
def test_what_people_write_does_not_travel_in_the_open(host: str) -> None:
    with pytest.raises(UnsafeSetting, match=rf"BOTHWAYS_URL begins with http:// and {host} is not this"):
        safety.refuse_unsafe("production", f"http://{host}", SECRET)
    safety.refuse_unsafe("demo", f"http://{host}", SECRET)


@pytest.mark.parametrize(
    ("name", "harm"), [("BOTHWAYS_HOSTS", "forge links in mail"), ("BOTHWAYS_PROXIES", "forge addresses")]
)
@pytest.mark.parametrize("value", ["*", "10.0.0.1, *", " * ,mentoring.example.org"])
def test_a_list_that_names_everybody(
    name: str, harm: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UnsafeSetting, match=rf"{name} holds \*, so anybody could {harm}"):
        safety.refuse_unsafe("production", HOME, SECRET)
    safety.refuse_unsafe("demo", HOME, SECRET)
    monkeypatch.setenv(name, "10.0.0.1")
    safety.refuse_unsafe("production", HOME, SECRET)


@pytest.mark.parametrize("url", ["sqlite:////tmp/elsewhere.sqlite3", "mysql://db/bothways", "db.example.org"])
def test_a_database_that_would_lose_what_was_acknowledged(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite stands in the data folder, where its journal and its syncing are set; nothing else was tried."""
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(UnsafeSetting, match=r"DATABASE_URL .*postgresql://.*Leave it out"):
        safety.refuse_unsafe("production", HOME, SECRET)
    for address in ("postgresql://bothways@db/bothways", "postgres://bothways@db/bothways"):
        monkeypatch.setenv("DATABASE_URL", address)
        safety.refuse_unsafe("production", HOME, SECRET)


def test_mail_does_not_travel_in_the_open(monkeypatch: pytest.MonkeyPatch) -> None:
    for host in ("mail", "10.0.0.7"):
        monkeypatch.setenv("BOTHWAYS_MAIL_URL", f"smtp://{host}:25?tls=off")
        with pytest.raises(UnsafeSetting, match=r"BOTHWAYS_MAIL_URL says tls=off.*sign-in codes.*STARTTLS"):
            safety.refuse_unsafe("production", HOME, SECRET)
    for url in ("smtp://mail:587", "smtps://mail", "smtp://localhost:25?tls=off", "smtp://[::1]?tls=off"):
        monkeypatch.setenv("BOTHWAYS_MAIL_URL", url)
        safety.refuse_unsafe("production", HOME, SECRET)


def test_a_file_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BOTHWAYS_SECRET_KEY_FILE", str(tmp_path / "gone"))
    with pytest.raises(UnsafeSetting, match=r"BOTHWAYS_SECRET_KEY_FILE names .*gone, which cannot be read"):
        environment.read("BOTHWAYS_SECRET_KEY")


def test_a_secret_is_made_once_and_kept_from_others(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("BOTHWAYS_SECRET_KEY", raising=False)
    made = environment.secret_key(tmp_path / "data")
    assert len(made) >= safety.SHORTEST_SECRET
    assert environment.secret_key(tmp_path / "data") == made
    assert (tmp_path / "data" / "secret_key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("text", ["two", "0", "-1", "1.5", "999", "²"])
def test_a_number_that_is_none(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("BOTHWAYS_WEB_PROCESSES", text)
    with pytest.raises(UnsafeSetting, match=r"BOTHWAYS_WEB_PROCESSES is .*a number from 1 to 64"):
        safety.refuse_unsafe("demo", HOME, SECRET)


def test_a_number_may_stand_in_a_file_like_anything(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "processes").write_text("3\n")
    monkeypatch.setenv("BOTHWAYS_WEB_PROCESSES_FILE", str(tmp_path / "processes"))
    assert environment.count("BOTHWAYS_WEB_PROCESSES") == 3


def test_the_folder_of_the_command_comes_before_that_of_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "says").write_text(str(tmp_path / "of-the-file"))
    monkeypatch.setenv("BOTHWAYS_DATA", str(tmp_path / "neither"))
    monkeypatch.setenv("BOTHWAYS_DATA_FILE", str(tmp_path / "says"))
    running.prepare(None)
    assert environment.read("BOTHWAYS_DATA") == str(tmp_path / "of-the-file")
    monkeypatch.setenv("BOTHWAYS_DATA_FILE", str(tmp_path / "says"))
    running.prepare(tmp_path / "given")
    assert environment.read("BOTHWAYS_DATA") == str(tmp_path / "given")


def test_a_command_ends_with_the_sentence_and_starts_nothing(tmp_path: Path) -> None:
    """The real one, in production: nothing is served, migrated or traced, and the exit says so."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BOTHWAYS_")}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "bothways.config.settings",
        "BOTHWAYS_URL": "http://mentoring.example.org",
        "BOTHWAYS_DATA": str(tmp_path),
    }
    command = [sys.executable, "-m", "bothways", "serve", "--port", str(free_port())]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 2
    assert ended.stderr.startswith("bothways: BOTHWAYS_URL begins with http://")
    assert "Traceback" not in ended.stderr
    assert list(tmp_path.glob("*.sqlite3")) == []
