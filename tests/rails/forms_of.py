"""The forms of a page, as a browser finds them: their address and what one may fill in."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

SECRET = "password"
WORDS = {"text", "search", "email", "url", "tel", "textarea", SECRET}
FIGURES = {"number", "date", "time", "datetime-local"}
PLAUSIBLE = {
    "email": "somebody@harbour.example",
    "number": "60",
    "date": "2026-03-20",
    "time": "10:00",
    "datetime-local": "2026-03-04T10:00",
    "url": "https://harbour.example/",
    SECRET: "a heron over the harbour",
}


@dataclass
class Box:
    """One name in a form: how it is filled in, what stands in it, what may be chosen."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)

    @property
    def is_typed(self) -> bool:
        return self.kind in WORDS | FIGURES

    @property
    def sort(self) -> str:
        """Which sort of nasty thing belongs into it."""
        if self.kind in {"submit", "file"}:
            return self.kind
        return "words" if self.kind in WORDS else "figures" if self.kind in FIGURES else "choices"

    def likely(self) -> list[str]:
        """What somebody would send who fills it in."""
        if self.is_typed:
            return [self.values[0] if self.values and self.values[0] else PLAUSIBLE.get(self.kind, "Nets")]
        return self.values or [choice for choice in self.choices if choice][:1]


@dataclass
class Form:
    action: str
    method: str
    multipart: bool = False
    boxes: dict[str, Box] = field(default_factory=dict)


def forms_of(page: str) -> list[Form]:
    reader = _Reader()
    reader.feed(page)
    return reader.forms


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.form: Form | None = None
        self.writing: Box | None = None
        self.choosing: Box | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            multipart = "multipart" in said.get("enctype", "")
            self.form = Form(said.get("action", ""), said.get("method", "get").lower(), multipart)
            self.forms.append(self.form)
        elif self.form is not None and tag in {"input", "textarea", "select", "button"} and said.get("name"):
            self._box(tag, said)
        elif tag == "option" and self.choosing is not None:
            self._choice(self.choosing, said, "selected")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "textarea" and self.writing is not None:
            written = "".join(self.writing.values)
            self.writing.values, self.writing = [written.removeprefix("\r").removeprefix("\n")], None
        elif tag == "select":
            self.choosing = None

    def handle_data(self, data: str) -> None:
        if self.writing is not None:
            self.writing.values.append(data)

    def _box(self, tag: str, said: dict[str, str]) -> None:
        assert self.form
        kind = (
            said.get("type", "submit" if tag == "button" else "text") if tag in {"input", "button"} else tag
        )
        box = self.form.boxes.setdefault(said["name"], Box(said["name"], kind))
        if tag == "textarea":
            self.writing = box
        elif tag == "select":
            self.choosing = box
        elif kind in {"radio", "checkbox", "submit"}:
            self._choice(box, said, "checked")
        elif "value" in said:
            box.values.append(said["value"])

    def _choice(self, box: Box, said: dict[str, str], picked: str) -> None:
        box.choices.append(said.get("value", "on"))
        if picked in said:
            box.values.append(box.choices[-1])
