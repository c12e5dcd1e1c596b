"""What the demo's people are called, do, write and ask: data, read from the CSV files beside this."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TypeVar

AnyValue = TypeVar("AnyValue")

HERE = Path(__file__).parent
DOMAIN = "demo.example"

PLACES = (
    ("Harbour office", "Europe/London", 62),
    ("Northside", "Europe/London", 24),
    ("Porto hub", "Europe/Lisbon", 8),
    ("Remote, Nova Scotia", "America/Halifax", 4),
    ("Remote, Pune", "Asia/Kolkata", 2),
)
OTHER_LANGUAGES = ("cy", "pl", "pt", "hi", "fr", "es", "ur", "de")
INITIALS = "ABCDEFGHJKLMNOPRSTW"
KNOWN = {"leader": 0, "manager": 2, "steward": 3, "giver": 6}
OWN_TEXTS = {"newcomer": 10, "giver": 9, "manager": 0, "steward": 1, "leader": 8}  # rows of abouts.csv
NEWCOMER = 119  # or the last one, where there are fewer


def weighted(dice: Random, table: Sequence[tuple[AnyValue, int]]) -> AnyValue:
    """One of the values, drawn by their weights."""
    values, weights = [value for value, _ in table], [weight for _, weight in table]
    return dice.choices(values, weights)[0]


def rows(name: str) -> list[dict[str, str]]:
    """The lines of one CSV file."""
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@dataclass
class Figure:
    """One of the demo's people, before they are a person of the organisation."""

    number: int
    name: str
    pronouns: str
    email: str
    title: str
    team: str
    manager: "Figure | None" = field(repr=False)
    place: str
    time_zone: str
    languages: list[str]
    started_on: date
    texts: dict[str, str]
    topics: list[str]
    reports: list["Figure"] = field(default_factory=list, repr=False)


def figures(count: int, *, seed: int, today: date) -> list[Figure]:
    """`count` people: one leader, a head for each team, team leads for every eight, then everybody else."""
    dice = Random(f"figures/{seed}")
    found: list[Figure] = []
    teams = _teams(count, dice)
    called = names(dice)
    roles = {number: role for role, number in KNOWN.items()} | {min(NEWCOMER, count - 1): "newcomer"}
    for number in range(count):
        team, role = teams[number], roles.get(number, "")
        boss = _boss(found, number, team["team"])
        found.append(_figure(number, next(called), team, boss, role=role, dice=dice, today=today))
        if boss is not None:
            boss.reports.append(found[-1])
    return found


def _teams(count: int, dice: Random) -> list[dict[str, str]]:
    kinds = rows("teams")
    heads = [kinds[0], *kinds]
    weights = [int(kind["weight"]) for kind in kinds]
    return (heads + dice.choices(kinds, weights, k=max(0, count - len(heads))))[:count]


def names(dice: Random) -> Iterator[tuple[str, str]]:
    """Names and pronouns, each pair of names once, for as long as there are any."""
    people = rows("names")
    firsts = [(row["first"], row["pronouns"]) for row in people]
    lasts = [row["last"] for row in people]
    every = [(f"{first} {last}", pronouns) for first, pronouns in firsts for last in lasts]
    dice.shuffle(every)
    own = [(f"{row['first']} {row['last']}", row["pronouns"]) for row in people]
    dice.shuffle(own)
    yield from own
    yield from (each for each in every if each not in set(own))
    for initial in INITIALS:
        yield from ((name.replace(" ", f" {initial}. ", 1), pronouns) for name, pronouns in every)
    number = 2
    while True:
        yield from ((f"{name} {number}", pronouns) for name, pronouns in every)
        number += 1


def address(name: str, number: int) -> str:
    """A mail address of that name, which nobody else has."""
    plain = name.lower().replace(".", "").replace(" ", ".").encode("ascii", "ignore").decode()
    return f"{plain}.{number}@{DOMAIN}"


def _boss(found: list[Figure], number: int, team: str) -> Figure | None:
    if not found:
        return None
    heads = len(rows("teams"))
    if number <= heads:
        return found[0]
    own = [figure for figure in found[1:] if figure.team == team]
    leads = [figure for figure in own if len(figure.reports) < 8]
    return leads[0] if leads else own[0]


def _figure(
    number: int,
    name: tuple[str, str],
    team: dict[str, str],
    boss: Figure | None,
    *,
    role: str,
    dice: Random,
    today: date,
) -> Figure:
    titles = team["titles"].split("|")
    title = (
        "Director of services"
        if boss is None
        else titles[-1]
        if boss.number == 0
        else dice.choice(titles[:-1])
    )
    place, zone, _share = dice.choices(PLACES, [share for _place, _zone, share in PLACES])[0]
    return Figure(
        number=number,
        name=name[0],
        pronouns=name[1] if dice.random() < 0.6 else "",
        email=f"{role}@{DOMAIN}" if role else address(name[0], number),
        title=title,
        team="" if boss is None else team["team"],
        manager=boss,
        place=place,
        time_zone=zone,
        languages=["en", *([dice.choice(OTHER_LANGUAGES)] if dice.random() < 0.3 else [])],
        started_on=_start(role, boss, dice, today),
        texts=_texts(role, dice),
        topics=team["topics"].split("|"),
    )


def _texts(role: str, dice: Random) -> dict[str, str]:
    """Whoever is stepped into stands beside the others on one page, so each says something else."""
    abouts = rows("abouts")
    drawn = dice.choice(abouts)
    return abouts[OWN_TEXTS[role]] if role in OWN_TEXTS else drawn


def _start(role: str, boss: Figure | None, dice: Random, today: date) -> date:
    """Nobody starts before their manager; whoever leads a team has been here for over a year."""
    if role == "newcomer":
        return today - timedelta(days=20)
    least = 400 if boss is None or boss.number == 0 else 40
    day = today - timedelta(days=int(least + 4000 * dice.random() ** 2))
    return max(day, boss.started_on) if boss else day
