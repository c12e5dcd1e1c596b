"""Counts for rate limits: a flood of common ones never forgets how often a password was guessed."""

from itertools import count

import pytest
from django.core.cache import cache, caches
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from tests.factories.accounts import PASSWORD, account

pytestmark = pytest.mark.django_db

WRONG = "wrong, though long"


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("common", "kept"):
        monkeypatch.setattr(caches[name], "_max_entries", 20)


def guess(password: str, place: int) -> str:
    values = {"login": "ada@harbour.example", "password": password}
    place_of = f"2001:db8:0:{place:x}::1"
    return Client().post(reverse("account_login"), values, REMOTE_ADDR=place_of).content.decode()


def test_a_flood_of_other_counts_gives_a_guesser_no_new_tries(settings: Settings) -> None:
    limits = {"login_failed": "10/m/ip,5/300s/key", "login_failed_anywhere": "4/h/key"}
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | limits
    account(password=PASSWORD)
    places = count(1)
    while "tried too often" not in guess(WRONG, next(places)):
        assert next(places) < 20
    for number in range(300):
        cache.set(f"allauth:rl:account:reset_from_here:{number}", [1.0], 3600)
        cache.set(f"zzz:{number}", [1.0], 3600)
    assert cache.get("allauth:rl:account:reset_from_here:0") is None, "common counts make room"
    assert "tried too often" in guess(PASSWORD, next(places))


def test_a_flood_of_guesses_forgets_none_of_them() -> None:
    for number in range(60):
        cache.set(f"allauth:rl:account:login_failed:{number}", [1.0], 3600)
    assert all(cache.get(f"allauth:rl:account:login_failed:{number}") for number in range(60))


def test_guesses_are_forgotten_when_they_are_over() -> None:
    for number in range(60):
        cache.set(f"allauth:rl:account:login_failed:{number}", [1.0], -10)
    cache.set("allauth:rl:account:login_failed:last", [1.0], 3600)
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM core_cache_kept")
        assert cursor.fetchone()[0] <= 21


@pytest.mark.parametrize("key", ["a:login_failed:x", "a:reset_from_here:x"])
def test_it_is_a_cache_like_any_other(key: str) -> None:
    assert cache.add(key, 1)
    assert not cache.add(key, 2)
    assert cache.incr(key) == 2
    assert cache.touch(key, 60)
    assert key in cache
    assert cache.delete(key)
    assert cache.get(key, "none") == "none"
    cache.set(key, 1)
    cache.clear()
    assert key not in cache
