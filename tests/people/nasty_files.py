"""Files as they really come. Each is a name, bytes, and what is to become of it.

`Refused(part)`: the whole file, with a sentence that holds this part. `Reads(people, report)`: so many people
can be brought in, and the report holds exactly these lines with these codes.
"""

import codecs
from dataclasses import dataclass, field

PLAIN = "Name,Email,Team\nAda Lovelace,ada@x.example,Engines\nZoë Ångström,zoe@x.example,Physics\n"
ADA = "Ada Lovelace,ada@x.example"


@dataclass(frozen=True)
class Refused:
    part: str


@dataclass(frozen=True)
class Reads:
    people: int
    report: list[tuple[int, str]] = field(default_factory=list)
    names: tuple[str, ...] = ()


BOTH = Reads(2, names=("Ada Lovelace", "Zoë Ångström"))


def wide(text: str, order: str) -> bytes:
    return text.encode(f"utf-16-{order}", "surrogatepass")


def circle(length: int) -> bytes:
    rows = [f"P {at},p{at}@x.example,p{(at + 1) % length}@x.example" for at in range(length)]
    return ("Name,Email,Manager\n" + "\n".join(rows) + "\n").encode()


ENCODINGS: dict[str, tuple[bytes, Reads | Refused]] = {
    "utf-8": (PLAIN.encode(), BOTH),
    "utf-8 with a mark": (codecs.BOM_UTF8 + PLAIN.encode(), BOTH),
    "windows-1252": (PLAIN.encode("windows-1252"), BOTH),
    "windows-1252 with its own quotes": (
        "Name,Email\n“Zoë” Ångström,zoe@x.example\n".encode("windows-1252"),
        Reads(1, names=("“Zoë” Ångström",)),
    ),
    "utf-16 le with a mark": (codecs.BOM_UTF16_LE + wide(PLAIN, "le"), BOTH),
    "utf-16 be with a mark": (codecs.BOM_UTF16_BE + wide(PLAIN, "be"), BOTH),
    "utf-16 le without a mark": (wide(PLAIN, "le"), BOTH),
    "utf-16 be without a mark": (wide(PLAIN, "be"), BOTH),
    "utf-16 le without a mark, cyrillic": (
        wide("Имя;Почта\nАда Лавлейс;ada@x.example\n", "le"),
        Reads(1, names=("Ада Лавлейс",)),
    ),
    "utf-32 with a mark": (codecs.BOM_UTF32_LE + PLAIN.encode("utf-32-le"), BOTH),
    "utf-16 cut in the middle of a letter": (
        codecs.BOM_UTF16_LE + wide(PLAIN, "le")[:-1],
        Refused("cut off"),
    ),
    "a lone surrogate in utf-16": (
        codecs.BOM_UTF16_LE + wide(f"Name,Email\n{ADA}\nBo\ud800b,bob@x.example\n", "le"),
        Reads(1, [(3, "broken")]),
    ),
    "a surrogate in utf-8": (
        b"Name,Email\nZo\xc3\xab,zoe@x.example\nBo\xed\xa0\x80b,bob@x.example\nJos\xc3\xa9,jo@x.example\n\xc3\x89va,eva@x.example\nS\xc3\xb8ren,s@x.example\n",
        Reads(4, [(3, "broken")]),
    ),
    "nearly all utf-8, one broken byte": (
        "Name,Email\nZoë Åé,zoe@x.example\nBo".encode() + b"\xff" + b"b,bob@x.example\n",
        Reads(1, [(3, "broken")]),
    ),
}

SEPARATED: dict[str, tuple[bytes, Reads | Refused]] = {
    "semicolons": (PLAIN.replace(",", ";").encode(), BOTH),
    "tabs": (PLAIN.replace(",", "\t").encode(), BOTH),
    "bars": (PLAIN.replace(",", "|").encode(), BOTH),
    "excel says sep=;": (b"sep=;\r\n" + PLAIN.replace(",", ";").encode(), BOTH),
    "excel says sep=, in quotes": (b'"sep=,"\r\n' + PLAIN.encode(), BOTH),
    "excel says sep=tab": (b"sep=\t\n" + PLAIN.replace(",", "\t").encode(), BOTH),
    "semicolons and commas in cells": (
        b"Name;Email;Job title\nAda;ada@x.example;Engines, looms, and more\nBob;b@x.example;a,b,c,d,e\n",
        Reads(2),
    ),
    "carriage returns and line feeds": (PLAIN.replace("\n", "\r\n").encode(), BOTH),
    "carriage returns alone": (PLAIN.replace("\n", "\r").encode(), BOTH),
    "line ends of three kinds": (
        b"Name,Email\rAda,ada@x.example\r\nBob,bob@x.example\nCy,cy@x.example",
        Reads(3),
    ),
    "no line end at the end": (PLAIN.rstrip("\n").encode(), BOTH),
    "empty lines everywhere": (("\n\n" + PLAIN.replace("\n", "\n\n \n,,\n")).encode(), BOTH),
    "spaces around everything": (
        b" Name , Email \n Ada  Lovelace ,  ada@x.example \n",
        Reads(1, names=("Ada Lovelace",)),
    ),
    "everything in quotes": (b'"Name","Email"\n"Ada","ada@x.example"\n', Reads(1)),
    "quotes after a space": (
        b'Name, "Email"\n"Love, Ada", "ada@x.example"\n',
        Reads(1, names=("Love, Ada",)),
    ),
    "quotes within quotes": (
        b'Name,Email\n"Ada ""the"" Countess",ada@x.example\n',
        Reads(1, names=('Ada "the" Countess',)),
    ),
    "a line end in a quoted cell": (
        b'Name,Email,Job title\nAda,ada@x.example,"Maker of\nengines"\nBob,nonsense,x\n',
        Reads(1, [(4, "bad_email")]),
    ),
    "a quotation mark never closed": (
        b'Name,Email\nAda,ada@x.example\n"Bob,bob@x.example\nCy,cy@x.example\n',
        Refused("Line 3 opens a quotation mark"),
    ),
    "a quotation mark inside a cell": (b'Name,Email\nAda 5" Love,ada@x.example\nBob,b@x.example\n', Reads(2)),
    "title lines above the headings": (
        b"Staff list\nExported 2 March 2026\n\nName,Email\nAda,ada@x.example\n",
        Reads(1),
    ),
}

SHAPES: dict[str, tuple[bytes, Reads | Refused]] = {
    "nothing": (b"", Refused("empty")),
    "nothing but a mark": (codecs.BOM_UTF8, Refused("empty")),
    "nothing but line ends": (b"\r\n\n \t\n", Refused("empty")),
    "headings alone": (b"Name,Email\n", Refused("nobody is in it")),
    "no headings": (b"Ada,ada@x.example\nBob,bob@x.example\n", Refused("must name the columns")),
    "a workbook": (b"PK\x03\x04" + bytes(200), Refused("workbook")),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(200), Refused("workbook")),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), Refused("not a list of people")),
    "a document": (b"%PDF-1.7\n" + bytes(range(256)), Refused("not a list of people")),
    "noise": (bytes(range(1, 32)) * 400, Refused("not a list of people")),
    "too many columns": (
        b"Name,Email" + b",x" * 300 + b"\nAda,a@x.example\n",
        Refused("more than 200 columns"),
    ),
    "short rows": (b"Name,Email,Team,Place\nAda,ada@x.example\nBob,bob@x.example,Nets\n", Reads(2)),
    "a long row": (
        b"Name,Email\nAda,ada@x.example,what\nBob,bob@x.example\n",
        Reads(1, [(2, "too_many_cells")]),
    ),
    "empty cells too many": (b"Name,Email\nAda,ada@x.example,,,\n", Reads(1)),
    "the same heading twice": (b"Name,Email,Email\nAda,ada@x.example,other@x.example\n", Reads(1)),
    "a heading without a name": (b"Name,,Email\nAda,x,ada@x.example\n", Reads(1)),
    "headings in capitals and with asides": (b"FULL NAME*,E-MAIL (work):\nAda,ada@x.example\n", Reads(1)),
    "headings in camel case": (
        b"firstName,lastName,emailAddress\nAda,Lovelace,ada@x.example\n",
        Reads(1, names=("Ada Lovelace",)),
    ),
    "german headings": (
        "Vorname;Nachname;E-Mail;Führungskraft\nAda;Löwe;ada@x.example;\n".encode("windows-1252"),
        Reads(1, names=("Ada Löwe",)),
    ),
    "french headings": (
        "Nom;Prénom;Adresse e-mail\nCurie;Irène;irene@x.example\n".encode(),
        Reads(1, names=("Irène Curie",)),
    ),
    "japanese headings": (
        "氏名,メールアドレス\n山田 花子,hanako@x.example\n".encode(),
        Reads(1, names=("山田 花子",)),
    ),
    "a cell of ten megabytes": (
        b"Name,Email,Job title\nAda,ada@x.example," + b"x" * 10_000_000 + b"\nBob,bob@x.example,\n",
        Reads(2, [(2, "long")]),
    ),
    "a name of ten megabytes": (
        b"Name,Email\n" + b"x" * 10_000_000 + b",ada@x.example\n",
        Reads(0, [(2, "long_name")]),
    ),
}

CELLS: dict[str, tuple[bytes, Reads | Refused]] = {
    "a nought byte in a name": (
        b"Name,Email\nAda\x00,ada@x.example\nBob,bob@x.example\n",
        Reads(1, [(2, "broken")]),
    ),
    "a nought byte in a title": (
        b"Name,Email,Title\nAda,ada@x.example,x\x00y\n",
        Reads(1, [(2, "bad_cell")]),
    ),
    "no address": (b"Name,Email\nAda,\nBob,bob@x.example\n", Reads(1, [(2, "no_email")])),
    "no name": (b"Name,Email\n,ada@x.example\n", Reads(0, [(2, "no_name")])),
    "an address for a name": (b"Name,Email\nada@x.example,ada@x.example\n", Reads(0, [(2, "bad_name")])),
    "two addresses in one cell": (
        b"Name,Email\nAda,ada@x.example; a@x.example\n".replace(b";", b" "),
        Reads(0, [(2, "bad_email")]),
    ),
    "an address in angle brackets": (
        b"Name,Email\nAda,Ada Lovelace <ADA@X.example>\nBob,mailto:bob@x.example\n",
        Reads(2),
    ),
    "formulas": (
        b"Name,Email,Title\n=cmd|' /C calc'!A0,ada@x.example,+1+1\n'@SUM(A1),bob@x.example,-2\n",
        Reads(1, [(3, "bad_name")], names=("=cmd|' /C calc'!A0",)),
    ),
    "right to left": (
        "Name,Email\nمريم \u202eevil\u202c,m@x.example\nדנה,d@x.example\n".encode(),
        Reads(2, names=("דנה", "مريم evil")),
    ),
    "emoji": (
        "Name,Email,Title\nAda 👩‍💻,ada@x.example,🚀 lead\n🦄🦄,u@x.example,\n".encode(),
        Reads(1, [(3, "bad_name")]),
    ),
    "the same line twice": (f"Name,Email\n{ADA}\n{ADA}\n".encode(), Reads(1, [(3, "same_again")])),
    "the same person in two spellings": (
        b"Name,Email\nAda,ada@x.example\nAda,ADA@x.example\n",
        Reads(1, [(3, "same_again")]),
    ),
    "two lines that differ": (
        f"Name,Email\n{ADA}\nBob,bob@x.example\nAda King,ada@x.example\n".encode(),
        Reads(1, [(2, "conflict"), (4, "conflict")]),
    ),
    "a circle of two": (circle(2), Reads(2, [(2, "circle")])),
    "a circle of fifty": (circle(50), Reads(50, [(2, "circle")])),
    "their own manager": (
        b"Name,Email,Manager\nAda,ada@x.example,Ada@x.example\n",
        Reads(1, [(2, "own_manager")]),
    ),
    "a manager nobody knows": (
        b"Name,Email,Manager\nAda,ada@x.example,boss@x.example\n",
        Reads(1, [(2, "no_such_manager")]),
    ),
    "a manager who is left out": (
        b"Name,Email,Manager\nAda,ada@x.example,bob@x.example\n,bob@x.example,\n",
        Reads(1, [(2, "manager_left_out"), (3, "no_name")]),
    ),
    "a manager by name": (b"Name,Email,Manager\nAda,ada@x.example,Bob\nBob,bob@x.example,\n", Reads(2)),
    "a manager by a name of two": (
        b"Name,Email,Manager\nAda,ada@x.example,Bob\nBob,bob@x.example,\nBob,b2@x.example,\n",
        Reads(3, [(2, "namesakes")]),
    ),
    "a manager further down": (
        b"Name,Email,Manager\nAda,ada@x.example,cy@x.example\nCy,cy@x.example,\n",
        Reads(2),
    ),
    "no date": (b"Name,Email,Start date\nAda,ada@x.example,soon\n", Reads(1, [(2, "bad_date")])),
    "the thirtieth of february": (
        b"Name,Email,Start date\nAda,ada@x.example,2024-02-30\n",
        Reads(1, [(2, "bad_date")]),
    ),
    "a year that cannot be": (
        b"Name,Email,Start date\nAda,ada@x.example,0204-03-05\n",
        Reads(1, [(2, "odd_date")]),
    ),
    "dates in both orders": (
        b"Name,Email,Start date\nAda,ada@x.example,13/02/2020\nBob,b@x.example,14/02/2020\n"
        b"Cy,c@x.example,02/15/2020\n",
        Reads(3, [(4, "two_orders")]),
    ),
    "no time zone": (b"Name,Email,Time zone\nAda,ada@x.example,Middle Earth\n", Reads(1, [(2, "bad_zone")])),
    "no language": (
        b"Name,Email,Languages\nAda,ada@x.example,English and Sindarin\n",
        Reads(1, [(2, "language_unknown")]),
    ),
}

NASTY = ENCODINGS | SEPARATED | SHAPES | CELLS
