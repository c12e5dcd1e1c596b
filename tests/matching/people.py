"""Made-up people for a round, with everything that counts or rules out."""

import random
from typing import Any

from bothways.matching import DEFAULT_RULES, Market, Participant, Rule, RuleKind, Weights, above

TOPICS = ("listening", "budgets", "slides", "welding", "grief")
GRADES = ("low", "middle", "high")
ALL_RULES = (
    *DEFAULT_RULES,
    Rule(RuleKind.SAME_ORGANISATION),
    Rule(RuleKind.OTHER_ORGANISATION),
    above("grade", GRADES, 0, 2),
)


def person(key: str, **said: Any) -> Participant:
    sets: dict[str, Any] = {name: frozenset(of) if isinstance(of, set) else of for name, of in said.items()}
    return Participant(key=key, **sets)


def anybody(chance: random.Random, key: str, keys: list[str]) -> Participant:
    def some(of: Any, most: int) -> frozenset[Any]:
        return frozenset(chance.sample(list(of), chance.randint(0, most)))

    return Participant(
        key=key,
        wants=some(TOPICS, 4),
        offers=some(TOPICS, 4),
        languages=some(("en", "pt", "de"), 2),
        hours=some(range(30, 40), 6),
        team=chance.choice(("", "docks", "office")),
        organisation=chance.choice(("", "harbour", "museum")),
        line=some(keys, 1),
        never=some(keys, 1),
        before=some(keys, 1),
        places=chance.randint(0, 2),
        fields={"grade": chance.choice(("", *GRADES)), "profession": chance.choice(("", "law", "sea"))},
    )


def random_market(number: int) -> Market:
    chance = random.Random(number)
    n, m = chance.randint(1, 9), chance.randint(1, 7)
    keys = [f"p{place}" for place in range(n + m)]
    seekers = tuple(anybody(chance, key, keys) for key in keys[:n])
    givers = tuple(anybody(chance, key, keys) for key in chance.sample(keys, m))
    weights = Weights(
        shared_topic=chance.randint(-5, 100),
        both_give=chance.randint(0, 60),
        hour_in_common=chance.randint(0, 3),
        different_team=chance.randint(-20, 20),
        same={"profession": chance.randint(-9, 30)},
        most_topics=chance.randint(0, 3),
        most_hours=chance.randint(0, 5),
    )
    rules = tuple(chance.sample(ALL_RULES, chance.randint(0, 5)))
    return Market(seekers, givers, weights, rules)
