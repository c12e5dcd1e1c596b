"""A real SMTP server on 127.0.0.1 that a test may make refuse."""

import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

OK = "250 OK"
logging.getLogger("mail.log").setLevel(
    logging.WARNING
)  # the server goes on talking after its test's log is closed


@dataclass
class Postbox:
    """What arrived; `at_rcpt` and `at_data` say what the server answers to an address, to a message."""

    arrived: list[EmailMessage] = field(default_factory=list)
    at_rcpt: Callable[[str], str] = lambda address: OK
    at_data: Callable[[EmailMessage], str] = lambda message: OK
    port: int = 0

    def __post_init__(self) -> None:
        vars(self).update(handle_RCPT=self._rcpt, handle_DATA=self._data)  # the library's own names

    async def _rcpt(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.at_rcpt(address)
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def _data(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, _class=EmailMessage, policy=policy.default)
        answer = self.at_data(message)
        if answer == OK:
            self.arrived.append(message)
        return answer

    def take(self) -> list[EmailMessage]:
        """What arrived since the last time."""
        taken, self.arrived = self.arrived, []
        return taken


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def listening(port: int = 0) -> Iterator[Postbox]:
    postbox = Postbox()
    postbox.port = port or free_port()
    controller = Controller(postbox, hostname="127.0.0.1", port=postbox.port)
    controller.start()
    try:
        yield postbox
    finally:
        controller.stop()


def part(message: EmailMessage, kind: str) -> str:
    """The text of the part of this kind."""
    for one in message.walk():
        if one.get_content_type() == kind:
            return str(one.get_content())
    return ""


def calendar_of(message: EmailMessage) -> tuple[str, str]:
    """The calendar part and the method its header names."""
    for one in message.walk():
        if one.get_content_type() == "text/calendar":
            return str(one.get_content()), str(one.get_param("method"))
    return "", ""
