"""What nobody should send, and somebody will."""

from collections.abc import Callable, Iterable
from urllib.parse import urlencode

from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.rails.forms_of import Form
from tests.rails.visitors import Cast

PLAIN = "application/x-www-form-urlencoded"
MARK = "<script>nasty("
Value = str | bytes
Pairs = list[tuple[str, Value]]
Body = tuple[bytes, str]

# Written into every box that one types into.
WORDS: dict[str, Value] = {
    "nul": "a\x00b",
    "nul alone": "\x00",
    "control characters": "".join(map(chr, range(1, 32))),
    "a lone surrogate": b"a\xed\xa0\x80b",
    "an overlong slash": b"\xc0\xaf\xe0\x80\xaf",
    "broken utf-8": b"caf\xe9 \xff\xfe \xf0\x9f",
    "no characters": "\uffff\U0010ffff\ufdd0",
    "a megabyte": "a" * 1_000_000,
    "a book": "net " * 30_000,
    "spaces": " \t\r\n ",
    "invisible": "\u200b\u2060\u200d" * 5,
    "right to left": "\u202egnp.exe\u202d",
    "isolates never closed": "\u2066\u2067\u2068" * 50,
    "a family": "👩\u200d👩\u200d👧\u200d👦🏳️\u200d🌈" * 20,
    "a combining flood": "Z" + "\u0337\u0489" * 3_000,
    "letters that grow": "İﷺßŉ" * 150,
    "a script": f"{MARK}1)</script>",
    "out of an attribute": "\"'><img src=x onerror=nasty(2)>" + MARK,
    "out of a textarea": f"</textarea></title></style>{MARK}3)</script>",
    "a drawing that runs": "<svg/onload=nasty(4)><math><mtext></form><form>" + MARK,
    "an address that runs": "javascript:nasty(5)",
    "prose that runs": f"[a](javascript:nasty(6)) ![b](data:text/html,{MARK}7)) <b onclick=nasty(8)>",
    "prose in prose": ">" * 400 + "- " * 400,
    "brackets": "[" * 1_100,
    "stars": "*a_" * 390,
    "a table dropped": "'; DROP TABLE people_person; --",
    "search operators": '"a" OR * NEAR(b c) AND NOT ^d : -e (',
    "search operators of postgres": "a & | ! <-> :* ( '",
    "wildcards": "%_%\\",
    "a template": "{{ 7919|add:7919 }}{{ 7919*2 }}{% debug %}{{ settings.SECRET_KEY }}",
    "a format": "%(name)s %s %d {0.__class__} ${jndi:ldap://x.example/a}",
    "a formula that runs": "@SUM(1+1)*cmd|' /C calc'!A0",
    "another mail's head": "Nets\r\nBcc: everybody@x.example\r\n\r\nHello",
    "a way out": "../../../../etc/passwd",
    "an entity": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
    "a long address": "a" * 300 + "@" + "b" * 300 + ".example",
    "an odd address": '"<script>nasty(9)</script>"@x.example',
}
# Written into every box for a number, a day or a time.
FIGURES: dict[str, Value] = {
    "no figure": f"12{MARK}1)\x00",
    "a hundred thousand digits": "9" * 100_000,
    "a surrogate": b"1\xed\xa0\x80",
    "a huge number": "9" * 400,
    "beyond a column": "9223372036854775808",
    "less than nothing": "-1",
    "nought": "0",
    "a fraction": "1.5e-7",
    "not a number": "NaN",
    "for ever": "Infinity",
    "other digits": "６０",
    "a digit that is none": "²",
    "underscores": "6_0",
    "the first day": "0001-01-01",
    "the last day": "9999-12-31",
    "31 February": "2026-02-31",
    "the first moment": "0001-01-01T00:00:00+23:59",
    "the last moment": "9999-12-31T23:59:59-23:59",
    "the first moment of all": "0001-01-01T00:00:00+00:00",
    "the last moment of all": "9999-12-31T23:59:59+00:00",
    "the first local moment": "0001-01-01T00:00",
    "the last local moment": "9999-12-31T23:59",
    "an hour that is jumped over": "2026-03-29T02:30",
    "midnight plus": "24:00",
}
# Written into every box that one chooses from, and into what is hidden.
CHOICES: dict[str, Callable[[Cast], Value]] = {
    "nul": lambda cast: "a\x00b",
    "broken utf-8": lambda cast: b"\xed\xa0\x80\xff",
    "a script": lambda cast: f"{MARK}1)</script>",
    "nothing": lambda cast: "",
    "beyond a column": lambda cast: "9" * 40,
    "a row": lambda cast: str(cast.people["owner"].pk),
    "oneself": lambda cast: cast.people["owner"].key,
    "somebody who left": lambda cast: cast.people["ex-member"].key,
    "somebody beyond the wall": lambda cast: cast.people["foreign member"].key,
    "a hundred thousand letters": lambda cast: "k" * 100_000,
    "the last moment": lambda cast: "9999-12-31T23:59:59-23:59",
    "the first moment of all": lambda cast: "0001-01-01T00:00:00+00:00",
    "the last moment of all": lambda cast: "9999-12-31T23:59:59+00:00",
    "a moment without a zone": lambda cast: "2026-03-04T10:00",
}

# What PostgreSQL may take otherwise than SQLite does; the rest it takes alike.
TO_A_DATABASE = frozenset(
    {
        *("nul", "nul alone", "a lone surrogate", "broken utf-8", "no characters", "a combining flood"),
        *("letters that grow", "a book", "a table dropped", "wildcards", "search operators"),
        *("search operators of postgres", "a huge number", "beyond a column", "less than nothing", "nought"),
        *("the first day", "the last day", "the first moment", "the last moment", "an odd address"),
    }
)


def filled(form: Form, sort: str = "", value: Value = "") -> Pairs:
    """The form as somebody would fill it in, but for all boxes of one sort."""
    pairs: Pairs = []
    for box in form.boxes.values():
        pairs += [(box.name, value)] if box.sort == sort else [(box.name, each) for each in box.likely()]
    return pairs


def sent(form: Form, pairs: Pairs) -> Body:
    return multipart(pairs) if form.multipart else (urlencode(pairs).encode(), PLAIN)


def multipart(pairs: Iterable[tuple[str, Value]]) -> Body:
    several: dict[str, list[Value]] = {}
    for name, value in pairs:
        several.setdefault(name, []).append(value)
    return encode_multipart(BOUNDARY, several), MULTIPART_CONTENT


def _file(form: Form, name: str, content: bytes, kind: str = "image/png", *, most: int = 4) -> Body:
    """This file wherever there is a place for one, or else for words."""
    head = '--{}\r\nContent-Disposition: form-data; name="{}"; filename="{}"\r\nContent-Type: {}\r\n\r\n'
    places = [box.name for box in form.boxes.values() if box.sort in {"file", "words"}]
    parts = [head.format(BOUNDARY, place, name, kind).encode() + content + b"\r\n" for place in places[:most]]
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode(), MULTIPART_CONTENT


def _huge_file(form: Form) -> Body:
    """Where files are taken; elsewhere it is only said to be huge."""
    if form.multipart:
        return _file(form, "x.csv", b"Name,Email\n" + b"a," * 7_000_000, "text/csv", most=1)
    return b"text=" + b"a" * 13_000_000, PLAIN


# A whole body that is not what a browser would send.
SHAPES: dict[str, Callable[[Form], Body]] = {
    "nothing": lambda form: (b"", PLAIN),
    "nothing at all": lambda form: (b"", ""),
    "everything two hundred times": lambda form: sent(form, (filled(form) * 200)[:499]),
    "lists": lambda form: sent(form, [(f"{name}[]", value) for name, value in filled(form)]),
    "names of no letters": lambda form: sent(form, [("", "x"), ("\x00", "x"), ("%00", "x")]),
    "a name of a megabyte": lambda form: sent(form, [("n" * 1_000_000, "x"), *filled(form)]),
    "ten thousand fields": lambda form: (b"&".join(b"f%d=1" % n for n in range(10_000)), PLAIN),
    "ten thousand parts": lambda form: multipart((f"f{n}", "1") for n in range(10_000)),
    "more fields than asked for": lambda form: sent(
        form, [*filled(form), ("role", "administrator"), ("organisation", "meadow"), ("id", "1")]
    ),
    "broken percents": lambda form: (b"&=%&%zz=%e&;;=&" + urlencode(filled(form)).encode(), PLAIN),
    "json": lambda form: (b'{"text": ["x", {"y": null}]}', "application/json"),
    "a form in utf-16": lambda form: ("text=x".encode("utf-16"), f"{PLAIN}; charset=utf-16"),
    "a form in no charset": lambda form: (b"text=x", f"{PLAIN}; charset=nonsense"),
    "parts without a boundary": lambda form: (b"--x\r\n\r\n", "multipart/form-data"),
    "parts with a boundary that is none": lambda form: (b"--x\r\n", "multipart/form-data; boundary=\xe9"),
    "parts of another boundary": lambda form: (multipart(filled(form))[0], "multipart/form-data; boundary=y"),
    "parts that break off": lambda form: (multipart(filled(form))[0][:-20], MULTIPART_CONTENT),
    "files for words": lambda form: _file(form, "x.txt", b"\xff\xfe\x00"),
    "a file that is none": lambda form: _file(form, "../../x.png", b"\x89PNG\r\n\x1a\nno"),
    "a file with a name that runs": lambda form: _file(form, f"{MARK}1)", b"Name,Email\n=1+1,x"),
    "an empty file": lambda form: _file(form, "x.csv", b"", "text/csv"),
    "a huge file": _huge_file,
}
FOR_FILES = {"a file that is none", "a file with a name that runs", "an empty file", "ten thousand parts"}
HEADS: dict[str, dict[str, str]] = {
    "a cookie that is none": {"HTTP_COOKIE": "sessionid=" + "a" * 9_000 + "; csrftoken=\x01; ;=;"},
    "a language that is none": {"HTTP_ACCEPT_LANGUAGE": "x" * 9_000 + ";q=nan,*,../../etc"},
    "headers of htmx that are none": {
        "HTTP_HX_REQUEST": "true",
        "HTTP_HX_CURRENT_URL": "http://[::1",
        "HTTP_HX_CURRENT_URL_URI_AUTOENCODED": "true",
        "HTTP_HX_TARGET": "%ed%a0%80",
    },
}
