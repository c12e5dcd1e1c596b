"""No event of the lower apps goes unheard without a reason."""

import pytest

from bothways.core import events
from bothways.inbox.kinds import KINDS, Kind, Setting
from bothways.inbox.subscribers import SILENT


def test_every_event_is_told_or_silent_for_a_reason() -> None:
    of_ours = {name for name, event in events.known().items() if event.__module__.startswith("bothways.")}
    heard = {name for name in of_ours if any("inbox." in who for who in events.subscribers_of(name))}
    assert of_ours - heard - set(SILENT) == set()


def test_silence_is_not_claimed_for_what_is_told_or_gone() -> None:
    names = set(events.known())
    assert set(SILENT) <= names
    assert [name for name in SILENT if any("inbox." in who for who in events.subscribers_of(name))] == []
    assert all(len(reason) > 20 for reason in SILENT.values())


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_a_kind_is_whole_and_its_subject_says_nothing_private(kind: Kind) -> None:
    values = {"other": "OTHER", "kind": "KIND", "when": "WHEN", "question": "QUESTION", "round": "ROUND"}
    values |= {"reader": "READER", "organisation": "ORGANISATION"}
    assert str(kind.title) % values
    assert str(kind.text) % values
    assert "mail" not in str(kind.text)  # pages show it too
    assert str(kind.label)
    assert kind.setting in Setting
    assert "%" not in str(kind.subject).replace("%(organisation)s", "")
    assert bool(str(kind.subject)) == kind.at_once, "what is mailed at once has a subject of its own"
    assert "!" not in f"{kind.title}{kind.text}{kind.mail_text}{kind.label}{kind.subject}"


def test_every_kind_leads_to_a_page_that_exists() -> None:
    from django.urls import get_resolver

    names = {name for name in _names(get_resolver())}
    assert {kind.page for kind in KINDS.values()} - names == set()


def _names(resolver: object) -> set[str]:
    found: set[str] = set()
    for pattern in getattr(resolver, "url_patterns", []):
        found |= _names(pattern) | ({pattern.name} if getattr(pattern, "name", None) else set())
    return found
