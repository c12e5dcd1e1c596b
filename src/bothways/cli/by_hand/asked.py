"""`rules.toml`: what counts and what rules out, in plain words. Errors name the line and say what to do."""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

from bothways.cli.running import Refusal
from bothways.matching import DEFAULT_RULES, BadMarket, Rule, RuleKind, Weights, above

Objective = Literal["total", "served_then_total", "served_then_fairest_then_total"]

WEIGHTS = {
    "shared topic": "shared_topic",
    "what you both give": "both_give",
    "hours in common": "hour_in_common",
    "different team": "different_team",
    "different organisation": "different_organisation",
    "most topics": "most_topics",
    "most hours": "most_hours",
}
OBJECTIVES: Mapping[str, Objective] = {
    "served, then total": "served_then_total",
    "served, then fairest, then total": "served_then_fairest_then_total",
    "total": "total",
}
FOR_GOOD = (RuleKind.THEMSELVES, RuleKind.ASKED_NOT)
SWITCHES = tuple(kind for kind in RuleKind if kind not in (*FOR_GOOD, RuleKind.ABOVE))
TABLES = ("objective", "week", "weights", "rules", "above", "places", "columns")
SAME = "same "


@dataclass(frozen=True)
class Asked:
    """What a rules file asks for; without one, what stands here. `week`: in which hours are met."""

    weights: Weights = field(default_factory=Weights)
    rules: tuple[Rule, ...] = DEFAULT_RULES
    objective: Objective = "served_then_total"
    seek: int = 1
    give: int = 1
    week: date = date(2026, 1, 5)
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def fields(self) -> tuple[str, ...]:
        """Columns of the lists that are read only because they stand here."""
        named = [rule.field for rule in self.rules if rule.kind is RuleKind.ABOVE]
        return tuple(dict.fromkeys([*self.weights.same, *named]))


def quoted(text: str) -> str:
    """As TOML writes it."""
    return json.dumps(text, ensure_ascii=False)


def read(path: str | None) -> Asked:
    """Raises `Refusal`."""
    if path is None:
        return Asked()
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
        told = tomllib.loads(text)
    except OSError as problem:
        raise Refusal(f"{path} cannot be read: {problem.strerror}.") from None
    except ValueError as problem:
        raise Refusal(f"{path} is no TOML: {problem}. Mend that place.") from None
    except RecursionError:
        raise Refusal(f"{path} is no rules file: its brackets go too deep.") from None
    return _Reading(path, text, told).asked()


class _Reading:
    def __init__(self, path: str, text: str, told: Mapping[str, Any]) -> None:
        self.path, self.text, self.told = path, text, told

    def refused(self, key: str, what: str) -> Refusal:
        """Names the line on which a key stands."""
        there = re.compile(rf"""^\s*(\[+\s*)?["']?{re.escape(key)}["']?\s*[=\].]""")
        lines = [number for number, line in enumerate(self.text.splitlines(), 1) if there.match(line)]
        where = f", line {lines[0]}" if lines else ""
        return Refusal(f"{self.path}{where}: “{key}” {what}")

    def asked(self) -> Asked:
        self._known(self.told, TABLES)
        places = self._table("places")
        self._known(places, ("seek", "give"))
        default = Asked()
        return Asked(
            weights=self._weights(),
            rules=(*self._switched(), *self._above()),
            objective=self._objective(),
            seek=self._whole(places, "seek", default.seek),
            give=self._whole(places, "give", default.give),
            week=self._week(default.week),
            columns=self._columns(),
        )

    def _known(self, table: Mapping[str, Any], names: Iterable[str]) -> None:
        for key in table:
            if key not in names:
                raise self.refused(key, f"is not known here. There are: {', '.join(names)}.")

    def _table(self, name: str) -> Mapping[str, Any]:
        table = self.told.get(name, {})
        if not isinstance(table, dict):
            raise self.refused(name, f"must be a table: write [{name}] and its lines below.")
        return table

    def _whole(self, table: Mapping[str, Any], key: str, default: int) -> int:
        number = table.get(key, default)
        if type(number) is not int or number < 0:
            raise self.refused(key, f"must be a whole number from 0, not {number!r}.")
        return number

    def _weights(self) -> Weights:
        table = self._table("weights")
        same = {key.removeprefix(SAME): points for key, points in table.items() if key.startswith(SAME)}
        plain = {key: points for key, points in table.items() if not key.startswith(SAME)}
        self._known(plain, (*WEIGHTS, "same …, such as same profession"))
        if not all(name.strip() for name in same):
            raise self.refused(SAME, 'needs the name of a column, as in "same profession".')
        for key, points in table.items():
            if type(points) is not int:
                raise self.refused(key, f"must be a whole number of points, not {points!r}.")
        try:
            return Weights(**{WEIGHTS[key]: points for key, points in plain.items()}, same=same)
        except BadMarket as bad:
            raise Refusal(f"{self.path}: {bad}") from None

    def _switched(self) -> list[Rule]:
        table = self._table("rules")
        self._known(table, [kind.value for kind in SWITCHES])
        for key, on in table.items():
            if type(on) is not bool:
                raise self.refused(key, f"must be true or false, not {on!r}.")
        wanted = {rule.kind: True for rule in DEFAULT_RULES} | {
            RuleKind(key): on for key, on in table.items()
        }
        return [Rule(kind) for kind, on in wanted.items() if on]

    def _above(self) -> list[Rule]:
        given = self.told.get("above", [])
        if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
            raise self.refused("above", "must be written as [[above]], with its lines below.")
        return [self._one_above(one) for one in given]

    def _one_above(self, one: Mapping[str, Any]) -> Rule:
        self._known(one, ("field", "order", "least", "most"))
        name, order = one.get("field"), one.get("order")
        if not isinstance(name, str) or not name.strip():
            raise self.refused("above", 'needs the name of a column: field = "grade".')
        if not isinstance(order, list) or not all(isinstance(step, str) for step in order):
            raise self.refused("order" if "order" in one else "above", "needs its steps, lowest first.")
        try:
            return above(name, order, one.get("least", 1), one.get("most"))
        except BadMarket as bad:
            raise self.refused("above", f"cannot be used. {bad}") from None

    def _objective(self) -> Objective:
        said = self.told.get("objective", "served, then total")
        if not isinstance(said, str) or said not in OBJECTIVES:
            raise self.refused("objective", f"is one of: {'; '.join(OBJECTIVES)}.")
        return OBJECTIVES[said]

    def _week(self, default: date) -> date:
        said = self.told.get("week", default)
        if type(said) is not date:
            raise self.refused("week", "must be a day, such as week = 2026-07-06.")
        return said

    def _columns(self) -> Mapping[str, str]:
        table = self._table("columns")
        for key, name in table.items():
            if not isinstance(name, str):
                raise self.refused(key, 'must be what the column is, such as "offers".')
        return table
