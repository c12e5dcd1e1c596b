"""What two people may read, page by page and mail by mail, with names, dates and keys taken out."""

import re
from collections.abc import Iterable, Iterator
from difflib import ndiff
from html import unescape

from django.core import mail

from bothways.connections.models import Introduction
from bothways.core.models import Organisation
from bothways.people.models import Person, Topic
from bothways.programs.models import Program
from tests import factories

NO_TEXT = re.compile(
    r"<(script|style|svg|title)\b.*?</\1>|<!--.*?-->"
    r'|<span class="initials">.*?</span>'
    r'|<section\b[^>]*\bid="offer".*?</section>',  # whom Home offers follows from what else one wants
    re.DOTALL,
)
TAG = re.compile(r"<[^>]*>")
KEY = re.compile(r"(?<=/)[a-km-z2-79]{16}[\w.:-]*(?=/)")  # with what signs it
WEEKDAY, DATE = r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w*,? ", r"\d{1,2} [A-Z][a-z]+( \d{4})?"
DAY = re.compile(rf"\b({WEEKDAY})?{DATE}|\b\d\d:\d\d\b")


def differing(one: dict[str, str], other: dict[str, str]) -> dict[str, str]:
    """The words that only one of the two reads, by where."""
    there = {name: (one.get(name, ""), other.get(name, "")) for name in one | other}
    return {name: _apart(*texts) for name, texts in there.items() if texts[0] != texts[1]}


def _apart(one: str, other: str) -> str:
    return " ".join(word for word in ndiff(one.split(), other.split()) if word[0] in "+-")


class Reader:
    """Reads with somebody's eyes. Names of people, topics, titles, teams and places become one word."""

    def __init__(self, of: Organisation, program: Program) -> None:
        self.of, self.program = of, program
        self.names = _any_of(_names(of))

    def reads(self, person: Person) -> dict[str, str]:
        """By where it stands: Home, Inbox, the program, the introductions, each of these; and the mails."""
        client = factories.signed_in(person)
        found = {}
        for name, address in self._addresses(person):
            answer = client.get(address)
            assert answer.status_code == 200, address
            found[name] = self._bare(_text(answer.content.decode()))
        for number, (subject, body) in enumerate(_letters(person)):
            found[f"mail {number}"] = self._bare(f"{subject} {body}")
        return found

    def _addresses(self, person: Person) -> Iterator[tuple[str, str]]:
        home = f"/{self.of.slug}/"
        yield "home", home
        yield "inbox", f"{home}inbox/"
        yield "program", f"{home}programs/{self.program.key}/"
        yield "introductions", f"{home}introductions/"
        yield "connections", f"{home}connections/"
        mine = Introduction.objects.ours(person).order_by("opens_at", "key")
        for number, key in enumerate(mine.values_list("key", flat=True)):
            yield f"introduction {number}", f"{home}introductions/{key}/"

    def _bare(self, text: str) -> str:
        text = KEY.sub("KEY", text)
        text = DAY.sub("DAY", self.names.sub("NAME", text))
        return " ".join(text.split())


def _names(of: Organisation) -> Iterator[str]:
    for cells in Person.objects.filter(organisation=of).values_list(
        "name", "email", "title", "team__name", "place"
    ):
        yield from filter(None, cells)
        yield cells[0].split()[0]
    yield from Topic.objects.filter(organisation=of, offers__isnull=False).values_list("name", flat=True)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted({re.escape(word) for word in words}, key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(longest_first)})\b", re.IGNORECASE)


def _text(page: str) -> str:
    return unescape(TAG.sub(" ", NO_TEXT.sub(" ", page)))


def _letters(person: Person) -> Iterator[tuple[str, str]]:
    return ((str(letter.subject), str(letter.body)) for letter in mail.outbox if person.email in letter.to[0])
