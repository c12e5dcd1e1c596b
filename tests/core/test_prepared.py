"""Prepared queries: compiled once, asked with other values."""

from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from bothways.core import time
from bothways.core.models import Organisation
from bothways.core.prepared import among, prepared
from bothways.people.models import Person
from tests.factories import people

pytestmark = pytest.mark.django_db


def test_each_asking_finds_what_its_own_values_find(organisation: Organisation) -> None:
    ada, ben = people.member(organisation), people.member(organisation)

    @prepared
    def by_key(key: Any) -> QuerySet[Person]:
        return Person.objects.filter(key=key)

    assert by_key(ada.key) == [ada]
    assert by_key(ben.key) == [ben]
    assert by_key("nobody") == []


def test_what_is_joined_annotated_and_left_out_comes_as_ever(organisation: Organisation) -> None:
    ada = people.member(organisation)

    @prepared
    def found(key: Any) -> QuerySet[Person]:
        others = Person.objects.filter(organisation=OuterRef("organisation")).exclude(pk=OuterRef("pk"))
        one = Person.objects.filter(key=key).select_related("organisation").defer("about")
        return one.annotate(has_others=Exists(others))

    with CaptureQueriesContext(connection) as captured:
        one = found(ada.key)[0]
        assert (one.organisation, vars(one)["has_others"]) == (organisation, False)
        assert len(captured) == 1
    people.member(organisation)
    assert vars(found(ada.key)[0])["has_others"]
    assert found(ada.key)[0].get_deferred_fields() == {"about"}


def test_values_and_sums_come_as_tuples(organisation: Organisation) -> None:
    ada = people.member(organisation)

    @prepared
    def counted(organisation: Any) -> QuerySet[Person, tuple[str, int]]:
        here = Person.objects.filter(organisation=organisation)
        return here.values_list("state").annotate(number=Count("pk")).order_by("state")

    assert counted(organisation.pk) == [(ada.state, 1)]


def test_moments_are_compared_as_moments(organisation: Organisation) -> None:
    ada = people.member(organisation)

    @prepared
    def made_by(now: Any) -> QuerySet[Person]:
        return Person.objects.filter(created_at__lte=now)

    assert made_by(ada.created_at) == [ada]
    assert made_by(ada.created_at - timedelta(microseconds=1)) == []


def test_lists_are_asked_for_in_whatever_length_they_come(organisation: Organisation) -> None:
    ada, ben, cleo = (people.member(organisation, name) for name in ("Ada", "Ben", "Cleo"))

    @prepared
    def found(keys: Any, organisations: Any) -> QuerySet[Person]:
        named = Person.objects.filter(among("organisation", organisations), key__in=keys)
        return named.order_by("name")

    here = [organisation.pk]
    assert found([ada.key, cleo.key], here) == [ada, cleo]
    assert found([ben.key, cleo.key], [0, organisation.pk]) == [ben, cleo]
    assert found([ben.key], here) == [ben]
    assert found([ben.key], [0]) == found([], here) == []


def test_a_clock_read_while_preparing_is_refused() -> None:
    @prepared
    def found(key: Any) -> QuerySet[Person]:
        return Person.objects.filter(key=key, created_at__lte=time.now())

    with pytest.raises(ValueError, match="stands for ever"):
        found("key")


@pytest.mark.django_db(transaction=True)
def test_a_thread_asks_over_its_own_connection(organisation: Organisation) -> None:
    ada, seen = people.member(organisation), list[Any]()

    @prepared
    def by_key(key: Any) -> QuerySet[Person]:
        return Person.objects.filter(key=key)

    assert by_key(ada.key) == [ada]

    def ask() -> None:
        seen.extend(by_key(ada.key))
        connection.close()

    thread = Thread(target=ask)
    thread.start()
    thread.join()
    assert seen == [ada]


@pytest.mark.django_db(transaction=True)
def test_a_lock_outside_a_transaction_is_refused_every_time() -> None:
    @prepared
    def locked(pk: Any) -> QuerySet[Organisation]:
        return Organisation.objects.select_for_update().filter(pk=pk)

    house = people.organisation()
    with transaction.atomic():
        assert locked(house.pk) == [house]
    with pytest.raises(TransactionManagementError):
        locked(house.pk)
