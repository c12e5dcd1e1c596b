"""People at real browsers, so to speak: they write over HTTP, and remember what was acknowledged."""

import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from random import Random
from urllib.parse import urlencode

from django.db import connection as database
from django.urls import reverse

from bothways.connections.models import Connection, Introduction
from bothways.people.models import Person
from tests import factories

PATIENCE, PAUSE = 30.0, 0.2  # seconds
CSRF = "c" * 32


class Visitor:
    """Somebody signed in. `post` says what was answered, None where nothing was: then nobody knows."""

    def __init__(self, person: Person, port: int) -> None:
        self.person, self.port, self.speaking = person, port, False
        session = factories.signed_in(person).cookies["sessionid"].value
        self.headers = {
            "Host": f"localhost:{port}",
            "Cookie": f"sessionid={session}; csrftoken={CSRF}",
            "X-CSRFToken": CSRF,
            "Connection": "close",
        }

    def post(self, name: str, key: str = "", **fields: str) -> int | None:
        body = urlencode(fields).encode()
        return self.send(self._address(name, key), body, "application/x-www-form-urlencoded")

    def upload(self, name: str, content: bytes) -> int | None:
        mark = b"a-line-that-is-in-no-list"
        head = b'Content-Disposition: form-data; name="file"; filename="list.csv"\r\n\r\n'
        body = b"--%b\r\n%b%b\r\n--%b--\r\n" % (mark, head, content, mark)
        return self.send(self._address(name), body, f"multipart/form-data; boundary={mark.decode()}")

    def _address(self, name: str, key: str = "") -> str:
        slug = {"organisation": self.person.organisation.slug}
        return reverse(name, kwargs=slug | ({"key": key} if key else {}))

    def send(self, address: str, body: bytes, kind: str) -> int | None:
        """Knocks again for as long as nobody opens: then nothing was said."""
        asking = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            self._knock(asking)
            self.speaking = True
            asking.request("POST", address, body, self.headers | {"Content-Type": kind})
            return asking.getresponse().status
        except (OSError, HTTPException):
            return None
        finally:
            self.speaking = False
            asking.close()

    def _knock(self, asking: HTTPConnection) -> None:
        ends_at = time.monotonic() + PATIENCE
        while True:
            try:
                asking.connect()
                return
            except ConnectionRefusedError:
                if time.monotonic() > ends_at:
                    raise
                time.sleep(PAUSE)


@dataclass
class Said:
    """What one life was told: words that are kept by now, and answers that nobody should get."""

    asks: list[str] = field(default_factory=list)
    yeses: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    cut_off: int = 0


class Life(threading.Thread):
    """Some people who ask, say yes and write to each other, until told to stop."""

    def __init__(self, number: int, authors: list[Visitor], givers: list[Visitor]) -> None:
        super().__init__(daemon=True)
        self.number, self.dice, self.said = number, Random(number), Said()
        self.over = threading.Event()
        self.visitors = [*authors, *givers]
        self.silent = dict(zip(authors, givers, strict=False))
        self.pairs = [(author, giver) for giver in givers[len(authors) :] for author in authors]
        self.dice.shuffle(self.pairs)

    @property
    def speaks(self) -> bool:
        """Whether one of them waits for an answer right now."""
        return any(visitor.speaking for visitor in self.visitors)

    def run(self) -> None:
        try:
            for number, (author, giver) in enumerate(self.pairs):
                if number % 4 == 0 and self.silent:
                    self._ask(*self.silent.popitem(), number + 1000)
                self._meet(author, giver, number)
                if self.over.is_set():
                    return
            self.said.wrong.append("There was nobody left to ask: give this life more people.")
        finally:
            database.close()

    def _meet(self, author: Visitor, giver: Visitor, number: int) -> None:
        """From an ask to some messages; whatever stays unanswered is tried again or left."""
        self._ask(author, giver, number)
        introduction = Introduction.objects.filter(first=author.person, second=giver.person).first()
        if introduction is None:
            return
        self._say_yes(giver, introduction)
        connection = Connection.objects.filter(first=author.person, second=giver.person).first()
        if connection is None:
            return
        for line in range(self.dice.randint(1, 3)):
            word = f"message-{self.number}-{number}-{line}"
            self._note(self.said.messages, word, self._message(author, giver, connection, word))

    def _ask(self, author: Visitor, giver: Visitor, number: int) -> None:
        word = f"ask-{self.number}-{number}"
        status = author.post(
            "ask_person",
            giver.person.key,
            do="ask",
            kind="conversation",
            note=word,
            sentence=f"private {word}",
        )
        self._note(self.said.asks, word, status)

    def _say_yes(self, giver: Visitor, introduction: Introduction) -> None:
        """Pressed again for as long as nothing is answered; 409 says that it had been heard before."""
        while not self.over.is_set():
            status = giver.post("connections_introduction", introduction.key, answer="yes")
            if status == 409:
                return
            self._note(self.said.yeses, introduction.key, status)
            if status is not None:
                return

    def _message(self, one: Visitor, other: Visitor, connection: Connection, word: str) -> int | None:
        writer = self.dice.choice([one, other])
        return writer.post("connections_messages", connection.key, text=word)

    def _note(self, kept: list[str], word: str, status: int | None) -> None:
        if status is None:
            self.said.cut_off += 1
        elif 200 < status < 400:
            kept.append(word)
        else:
            self.said.wrong.append(f"{word}: {status}")
        time.sleep(PAUSE)
