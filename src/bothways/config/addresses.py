"""What the addresses of a database and of a mail server say, option by option."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

import dj_database_url

from bothways.core.unsafe import UnsafeSetting

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_PORTS = {"smtp": 587, "smtps": 465}
_NO_MAIL_ADDRESS = (
    "BOTHWAYS_MAIL_URL is no address of a mail server, like smtp://user:password@mail.example.org:587 or "
    "smtps://…:465. What is special in the password is written %40 for @, %2F for /, and so on."
)


@dataclass(frozen=True)
class MailServer:
    """`smtps` is encrypted from the start, `smtp` by STARTTLS; `?tls=off` alone leaves that out."""

    host: str = ""
    port: int = 587
    user: str = ""
    password: str = ""
    from_the_start: bool = False
    starttls: bool = True

    @property
    def is_open(self) -> bool:
        """Whether mail to it can be read on its way, off this machine."""
        return bool(self.host) and not (self.from_the_start or self.starttls) and self.host not in LOCAL


def mail_server(url: str) -> MailServer:
    """The address may hold a password, so a refusal does not repeat it."""
    if not url:
        return MailServer()
    try:
        address = urlsplit(url)
        port = address.port
    except ValueError:
        raise UnsafeSetting(_NO_MAIL_ADDRESS) from None
    if address.scheme not in _PORTS or not address.hostname or address.path.strip("/"):
        raise UnsafeSetting(_NO_MAIL_ADDRESS)
    return MailServer(
        host=address.hostname,
        port=port or _PORTS[address.scheme],
        user=unquote(address.username or ""),
        password=unquote(address.password or ""),
        from_the_start=address.scheme == "smtps",
        starttls=address.scheme == "smtp" and _wants_tls(address),
    )


def _wants_tls(address: SplitResult) -> bool:
    options = parse_qs(address.query, keep_blank_values=True)
    if options not in ({}, {"tls": ["off"]}):
        raise UnsafeSetting("BOTHWAYS_MAIL_URL may say ?tls=off, for a mail server on this machine; no more.")
    return not options


def postgresql(url: str, options: Mapping[str, object]) -> dict[str, object]:
    """Django's words for it. What the address itself says, as `?sslmode=require`, counts before `options`."""
    parsed: dict[str, object] = {**dj_database_url.parse(url, conn_health_checks=True)}
    said = parsed.get("OPTIONS")
    parsed["OPTIONS"] = {**options, **(said if isinstance(said, dict) else {})}
    return parsed
