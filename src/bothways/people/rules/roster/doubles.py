"""The same person on several lines."""

from collections.abc import Iterable
from dataclasses import fields

from bothways.people.rules.roster.entries import Entry
from bothways.people.rules.roster.remarks import Remark

_SAID = tuple(field.name for field in fields(Entry) if field.name not in {"line", "bad", "unusable"})


def settle(entries: Iterable[Entry]) -> tuple[list[Entry], list[Remark]]:
    """Each address once. Lines that say the same count once; lines that differ are all bad and named."""
    first: dict[str, Entry] = {}
    kept, remarks = [], []
    for entry in entries:
        other = first.setdefault(entry.email, entry) if entry.email else entry
        if other is entry:
            kept.append(entry)
        elif all(getattr(entry, name) == getattr(other, name) for name in _SAID):
            remarks.append(Remark(entry.line, "same_again", "", {"other": str(other.line)}))
        else:
            kept.append(entry)
            remarks += _differ(entry, other)
    return kept, remarks


def _differ(entry: Entry, other: Entry) -> list[Remark]:
    """Both are bad; the earlier line is named once, with the first that contradicts it."""
    pairs = [(entry, other)] if other.bad else [(other, entry), (entry, other)]
    entry.bad = other.bad = True
    return [
        Remark(one.line, "conflict", "email", {"found": one.email, "other": str(another.line)})
        for one, another in pairs
    ]
