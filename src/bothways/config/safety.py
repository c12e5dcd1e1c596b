"""Refuses to start in production with a setting that would betray people's trust."""

from urllib.parse import urlsplit

from bothways.config.addresses import LOCAL, mail_server
from bothways.core import environment
from bothways.core.unsafe import UnsafeSetting

SHORTEST_SECRET = 50


def refuse_unsafe(mode: str, url: str, secret: str) -> None:
    if mode not in {"production", "demo", "test"}:
        raise UnsafeSetting(f"BOTHWAYS_MODE is {mode!r}. It may be production, demo or test.")
    address = urlsplit(url)
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise UnsafeSetting(
            f"BOTHWAYS_URL is {url!r}. Give the whole address, like https://mentoring.example.org."
        )
    if len(secret) < SHORTEST_SECRET:
        raise UnsafeSetting(
            f"BOTHWAYS_SECRET_KEY is shorter than {SHORTEST_SECRET} characters. "
            "Leave it out and one is made for you."
        )
    _refuse_other_databases(environment.read("DATABASE_URL"))
    environment.count("BOTHWAYS_WEB_PROCESSES")
    if mode == "production":
        _refuse_unsafe_production(address.scheme, address.hostname)


def _refuse_other_databases(url: str) -> None:
    """Its address may hold a password, so it is not repeated."""
    if url and urlsplit(url).scheme not in {"postgresql", "postgres"}:
        raise UnsafeSetting(
            "DATABASE_URL is no address of PostgreSQL, like postgresql://user:password@host/name. "
            "Leave it out, and SQLite is used in the data folder, where it is set to lose nothing."
        )


def _refuse_unsafe_production(scheme: str, host: str) -> None:
    if scheme == "http" and host not in LOCAL:
        raise UnsafeSetting(
            f"BOTHWAYS_URL begins with http:// and {host} is not this machine: what people write "
            "would travel in the open. Put a proxy with a certificate in front and say https://."
        )
    if "*" in environment.listed("BOTHWAYS_HOSTS"):
        raise UnsafeSetting("BOTHWAYS_HOSTS holds *, so anybody could forge links in mail. Name the hosts.")
    if "*" in environment.listed("BOTHWAYS_PROXIES"):
        raise UnsafeSetting("BOTHWAYS_PROXIES holds *, so anybody could forge addresses. Name the proxies.")
    if mail_server(environment.read("BOTHWAYS_MAIL_URL")).is_open:
        raise UnsafeSetting(
            "BOTHWAYS_MAIL_URL says tls=off, and its host is not this machine: sign-in codes would travel in "
            "the open. Leave tls=off out; smtp:// then begins with STARTTLS."
        )
