"""Readers of public instances: OR-Library's costs, PrefLib's orders and bids."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

Known = dict[str, Any]  # what `known_optima.json` says of one
Instance = tuple[Any, Any, Any, Any]  # scores, capacities, demands, excluded
BIDS = {"yes": 4, "maybe": 2, "no answer": 1, "no": 0}


def costs(file: Path, about: Known) -> Instance:
    """OR-Library: n, then n rows of n costs, or each pair that may be with its cost; to be minimised."""
    n, *numbers = (int(word) for word in file.read_text().split())
    if len(numbers) == n * n:
        return -np.array(numbers).reshape(n, n), 1, 1, None
    scores, excluded = np.zeros((n, n), dtype=np.int64), np.ones((n, n), dtype=np.bool_)
    one, other, cost = np.array(numbers).reshape(-1, 3).T
    scores[one - 1, other - 1] = -cost
    excluded[one - 1, other - 1] = False
    return scores, 1, 1, excluded


def strict_orders(file: Path, about: Known) -> Instance:
    """PrefLib .soi: each student's projects in order."""
    rows = [order for count, order in lines(file) for _ in range(count)]
    ranked = [[int(number) - 1 for number in order.split(",")] for order in rows]
    scores = np.zeros((len(ranked), int(heading(file, "NUMBER ALTERNATIVES"))), dtype=np.int64)
    excluded = np.ones(scores.shape, dtype=np.bool_)
    for student, projects in enumerate(ranked):
        scores[student, projects] = 20 - np.arange(len(projects))
        excluded[student, projects] = False
    return scores, about.get("project_capacity", 1), about.get("student_demand", 1), excluded


def bids(file: Path, about: Known) -> Instance:
    """PrefLib .cat: reviewers' yes, maybe, no answer, no; a category without a weight keeps the two apart."""
    reviewers = list(lines(file))
    categories = int(heading(file, "NUMBER CATEGORIES"))
    names = [heading(file, f"CATEGORY NAME {number + 1}").lower() for number in range(categories)]
    weights = about.get("weight", BIDS)
    if len(weights) == categories and not weights.keys() >= set(names):
        names = list(weights)  # the same under other words, in order
    scores = np.zeros((int(heading(file, "NUMBER ALTERNATIVES")), len(reviewers)), dtype=np.int64)
    excluded = np.zeros(scores.shape, dtype=np.bool_)
    for reviewer, (_, said) in enumerate(reviewers):
        for name, (many, one) in zip(names, re.findall(r"\{([^}]*)\}|(\d+)", said), strict=False):
            papers = [int(number) - 1 for number in (many or one).split(",") if number.strip()]
            scores[papers, reviewer] = weights.get(name, 0)
            excluded[papers, reviewer] = name not in weights
    return scores, about.get("reviewer_capacity", 10), about.get("paper_demand", 3), excluded


READERS: dict[str, Callable[[Path, Known], Instance]] = {".txt": costs, ".soi": strict_orders, ".cat": bids}


def lines(file: Path) -> Iterator[tuple[int, str]]:
    for line in file.read_text().splitlines():
        if line and not line.startswith("#"):
            count, said = line.split(":", 1)
            yield int(count), said


def heading(file: Path, name: str) -> str:
    found = re.search(rf"# {name}: (.+)", file.read_text())
    if found is None:
        raise SystemExit(f"{file} does not say its {name}.")
    return found[1].strip()
