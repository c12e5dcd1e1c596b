"""A round that was made: what was asked, who takes part, the pairs and why others have none."""

from dataclasses import dataclass

from bothways.cli.by_hand.asked import Asked
from bothways.cli.by_hand.lists import People
from bothways.matching import Assignment, Market, Unserved


@dataclass(frozen=True)
class Round:
    """`whys`: of everybody who lacks somebody, in their order."""

    asked: Asked
    seekers: People
    givers: People
    market: Market
    made: Assignment
    whys: tuple[Unserved, ...]
