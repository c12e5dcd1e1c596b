"""What the addresses of database and mail server say."""

import pytest

from bothways.config import addresses
from bothways.config.addresses import MailServer
from bothways.core.unsafe import UnsafeSetting

POOL: dict[str, object] = {"pool": {"max_size": 8}}


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("", MailServer()),
        (
            "smtp://ada%40example.org:p%2Fw%3A%25@mail.example.org",
            MailServer("mail.example.org", 587, "ada@example.org", "p/w:%", False, True),
        ),
        ("smtp://mail:587", MailServer("mail", 587, starttls=True)),
        ("smtp://mail:25?tls=off", MailServer("mail", 25, starttls=False)),
        ("smtps://mail", MailServer("mail", 465, from_the_start=True, starttls=False)),
    ],
)
def test_a_mail_server(url: str, server: MailServer) -> None:
    assert addresses.mail_server(url) == server


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.org:587",
        "http://mail",
        "smtp://u:secret@",
        "smtp://u:secret@mail:many",
        "smtp://u:se/t@mail",
    ],
)
def test_an_address_that_is_none_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(UnsafeSetting, match="BOTHWAYS_MAIL_URL is no address") as refused:
        addresses.mail_server(url)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("options", ["tls=on", "tls=", "tls=off&more=1", "starttls=no"])
def test_an_option_that_is_none(options: str) -> None:
    with pytest.raises(UnsafeSetting, match=r"may say \?tls=off"):
        addresses.mail_server(f"smtp://mail?{options}")


def test_what_the_database_address_says_stands_beside_what_we_say() -> None:
    url = "postgresql://ada:p%40w@db:6432/ways?sslmode=require&options=-c%20statement_timeout%3D9s"
    parsed = addresses.postgresql(url, POOL)
    assert parsed["OPTIONS"] == {"sslmode": "require", "options": "-c statement_timeout=9s", **POOL}
    assert (parsed["PASSWORD"], parsed["HOST"], parsed["PORT"]) == ("p@w", "db", 6432)
    assert parsed["CONN_HEALTH_CHECKS"]
    assert addresses.postgresql("postgresql://db/ways", POOL)["OPTIONS"] == POOL
