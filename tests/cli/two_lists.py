"""Two lists in the folder one stands in, and the commands that read them."""

import csv
from pathlib import Path

from bothways.cli.main import main

HEADINGS = "first name,last name,email address,both mentor and mentee,job title,grade,organisation,profession"
GRADES = ("AO", "EO", "HEO", "SEO", "Grade 7")
LADDER = """
[weights]
"same profession" = 30

[[above]]
field = "grade"
order = ["AO", "EO", "HEO", "SEO", "Grade 7"]
least = 1
most = 2
"""
SECRETS = ("Bisexual", "Transgender", "My name is")


def look_alikes(many: int = 20) -> None:
    """Lists as another program for matching has them: identity columns, and everybody either one or both."""
    seekers, givers = [f"{HEADINGS},match with similar identity,identity to match,biography"], []
    givers.append(f"{HEADINGS},characteristics,biography")
    for n in range(many):
        rest = f"yes,Some role,{GRADES[n % 4]},Department of {'JT'[n % 3 < 1]},{('Law', 'Sea')[n % 2]}"
        seekers.append(f'seeker,{n:02},s{n:02}@x.example,{rest},yes,Bisexual,"My name is s, {n}"')
        rest = rest.replace(GRADES[n % 4], GRADES[(n + 1) % 5])
        givers.append(f"giver,{n:02},g{n:02}@x.example,{rest},Transgender,My name is g")
    write("a.csv", "\n".join(seekers))
    write("b.csv", "\n".join(givers))


def write(name: str, text: str, encoding: str = "utf-8") -> None:
    Path(name).write_bytes(text.encode(encoding))


def match(*more: str) -> int:
    return main(["match", "--seekers", "a.csv", "--givers", "b.csv", *more])


def verify(*more: str) -> int:
    return main(["verify", "round.json", "--seekers", "a.csv", "--givers", "b.csv", *more])


def rows(name: str, delimiter: str = ",") -> list[list[str]]:
    with Path(name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=delimiter))[1:]


def made(seekers: str, givers: str, *more: str) -> tuple[list[list[str]], list[list[str]]]:
    """Pairs and not served, of two small lists."""
    write("a.csv", seekers)
    write("b.csv", givers)
    assert match("--out", "p.csv", *more) == 0
    return rows("p.csv"), rows("p-not-served.csv")
