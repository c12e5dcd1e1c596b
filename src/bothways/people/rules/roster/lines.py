"""Who manages whom: addresses in any order, names where they are one person's, circles."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bothways.people.rules.roster.entries import Entry
from bothways.people.rules.roster.remarks import Remark


@dataclass(frozen=True)
class Known:
    """Who is in the organisation already: addresses and names, and each one's manager's address."""

    here: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    managers: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


def connect(entries: Iterable[Entry], known: Known) -> list[Remark]:
    """Put addresses where managers were given by name; report those that cannot be. Changes the entries."""
    listed = list(entries)
    good = {entry.email: entry for entry in listed if not entry.bad}
    bad = {entry.email for entry in listed if entry.bad and entry.email}
    names = _by_name(good.values(), known)
    remarks = []
    for entry in good.values():
        remark = _manager_of(entry, good, bad, names, known)
        if remark:
            remarks.append(remark)
            entry.manager = ""
            if remark.code != "own_manager":
                entry.unusable |= {"manager"}
    while found := _circles(good, known):
        remarks += found
    return remarks


def _by_name(entries: Iterable[Entry], known: Known) -> dict[str, set[str]]:
    names: dict[str, set[str]] = {}
    for address, name in known.names.items():
        names.setdefault(name.casefold(), set()).add(address)
    for entry in entries:
        names.setdefault(entry.name.casefold(), set()).add(entry.email)
    return names


def _manager_of(
    entry: Entry, good: Mapping[str, Entry], bad: set[str], names: Mapping[str, set[str]], known: Known
) -> Remark | None:
    """Settle the manager's address; a remark where there is none."""
    given = entry.manager
    if not given or "manager" in entry.unusable:
        return None
    if "@" not in given:
        meant = names.get(given.casefold(), set())
        if len(meant) != 1:
            code = "namesakes" if meant else "bad_manager"
            return Remark(entry.line, code, "manager", {"found": given})
        entry.manager = given = next(iter(meant))
    if given == entry.email:
        return Remark(entry.line, "own_manager", "manager")
    if given in good or given in known.here:
        return None
    code = (
        "manager_left_out" if given in bad else "manager_left" if given in known.gone else "no_such_manager"
    )
    return Remark(entry.line, code, "manager", {"found": given})


def _circles(good: Mapping[str, Entry], known: Known) -> list[Remark]:
    """One remark for each circle, at its first line; all its entries lose their manager."""
    remarks = []
    settled: set[str] = set()
    for start in good:
        path: dict[str, None] = {}
        at = start
        while at and at not in settled and at not in path:
            path[at] = None
            at = _manager(at, good, known)
        if at in path:
            circle = list(path)[list(path).index(at) :]
            if any(_from_list(address, good) for address in circle):
                remarks.append(_break(circle, good))
        settled.update(path)
    return remarks


def _from_list(address: str, good: Mapping[str, Entry]) -> bool:
    """Whether the list, not what is here already, says who manages this person."""
    return address in good and "manager" not in good[address].unusable


def _manager(address: str, good: Mapping[str, Entry], known: Known) -> str:
    return good[address].manager if _from_list(address, good) else known.managers.get(address, "")


def _break(circle: list[str], good: Mapping[str, Entry]) -> Remark:
    said = [address for address in circle if _from_list(address, good)]
    first = circle.index(min(said, key=lambda address: good[address].line))
    chain = [*circle[first:], *circle[:first], circle[first]]
    for address in said:
        good[address].manager = ""
        good[address].unusable |= {"manager"}
    return Remark(good[circle[first]].line, "circle", "manager", {"found": " → ".join(chain)})
