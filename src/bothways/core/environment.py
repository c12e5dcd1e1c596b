"""What an operator may set, each with its default and its meaning. `docs/operate/settings.md` shows it.

Any name may be given as NAME_FILE instead: the path of a file that holds the value (for secrets).
"""

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from pathlib import Path

from bothways.core.unsafe import UnsafeSetting

MOST_COUNTED = 64
OURS = "Bothways"  # who writes where the operator names nobody


@dataclass(frozen=True)
class Setting:
    name: str
    default: str
    meaning: str


SETTINGS = {
    setting.name: setting
    for setting in (
        Setting("BOTHWAYS_DATA", "./var", "Folder of the database, the photos and the generated secret."),
        Setting(
            "BOTHWAYS_MODE", "production", "`production`, or `demo` or `test`, which loosen what they must."
        ),
        Setting(
            "BOTHWAYS_URL", "http://localhost:8000", "The address people type; links in mail begin with it."
        ),
        Setting(
            "BOTHWAYS_HOSTS", "", "Further host names that are answered, with commas. The address's own is."
        ),
        Setting(
            "BOTHWAYS_SECRET_KEY",
            "",
            "Signs sessions and links. Left out: made once, kept in the data folder.",
        ),
        Setting(
            "DATABASE_URL",
            "",
            "`postgresql://user:password@host/name?sslmode=require`. Left out: SQLite in the data folder.",
        ),
        Setting(
            "BOTHWAYS_MAIL_URL",
            "",
            "`smtp://user:password@host:587` (STARTTLS) or `smtps://…:465`. Left out: no mail goes.",
        ),
        Setting(
            "BOTHWAYS_MAIL_FROM",
            f"{OURS} <bothways@localhost>",
            "The sender of all mail; where no other name stands here, under the organisation's.",
        ),
        Setting(
            "BOTHWAYS_PROXIES",
            "",
            "Addresses of proxies whose X-Forwarded headers are believed, with commas.",
        ),
        Setting("BOTHWAYS_LANGUAGE", "en", "The language of pages for people who have not chosen one."),
        Setting("BOTHWAYS_LOG_LEVEL", "INFO", "`DEBUG`, `INFO`, `WARNING` or `ERROR`."),
        Setting("BOTHWAYS_WEB_PROCESSES", "1", "Processes that serve pages. One needs about 100 MB."),
    )
}


def read(name: str) -> str:
    """The value from NAME, else from the file that NAME_FILE names, else the default."""
    setting = SETTINGS[name]
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text().strip()
        except OSError as problem:
            raise UnsafeSetting(
                f"{name}_FILE names {path}, which cannot be read: {problem.strerror}."
            ) from None
    return os.environ.get(name, setting.default).strip()


def sender() -> str:
    """Who mail comes from; Bothways itself where only an address is given."""
    name, address = parseaddr(read("BOTHWAYS_MAIL_FROM"))
    return formataddr((name or OURS, address))


def give(name: str, value: str) -> None:
    """Set for this process and its children, whatever NAME_FILE said before."""
    os.environ.pop(f"{name}_FILE", None)
    os.environ[name] = value


def count(name: str) -> int:
    text = read(name)
    if not text.isdecimal() or not 1 <= int(text) <= MOST_COUNTED:
        raise UnsafeSetting(f"{name} is {text!r}. Give a number from 1 to {MOST_COUNTED}.")
    return int(text)


def listed(name: str) -> list[str]:
    return [part.strip() for part in read(name).split(",") if part.strip()]


def secret_key(data: Path) -> str:
    """The given key, or one made at the first start and kept where only the owner may read it."""
    if given := read("BOTHWAYS_SECRET_KEY"):
        return given
    path = data / "secret_key"
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        fresh = data / f".secret_key.{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(60))
        with suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text().strip()
