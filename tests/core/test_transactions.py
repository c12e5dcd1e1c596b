"""A verb inside another is part of it: what it refuses undoes both, unless somebody means to go on."""

from contextlib import suppress

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError

from bothways.core.models import Organisation
from bothways.core.transactions import Swallowed, verb
from tests import factories

pytestmark = pytest.mark.django_db


class Refused(Exception):
    pass


@verb
def named(organisation: Organisation, name: str, *, refuses: bool = False) -> None:
    Organisation.objects.filter(pk=organisation.pk).update(name=name)
    if refuses:
        raise Refused


@verb
def goes_on(organisation: Organisation) -> None:
    try:
        with transaction.atomic():
            named(organisation, "Of the inner one", refuses=True)
    except Refused:
        Organisation.objects.filter(pk=organisation.pk, name="Harbour").update(name="Of the outer one")


@verb
def cannot_go_on(organisation: Organisation) -> None:
    try:
        named(organisation, "Of the inner one", refuses=True)
    except Refused:
        Organisation.objects.get(pk=organisation.pk)


def test_who_means_to_go_on_after_a_refusal_begins_a_transaction_of_their_own() -> None:
    house = factories.organisation(name="Harbour")
    goes_on(house)
    house.refresh_from_db()
    assert house.name == "Of the outer one"
    with transaction.atomic(), pytest.raises(TransactionManagementError):
        cannot_go_on(house)


@verb
def swallows(organisation: Organisation) -> None:
    with suppress(Refused):
        named(organisation, "Of the inner one", refuses=True)


def test_a_refusal_that_is_swallowed_is_not_taken_for_done() -> None:
    house = factories.organisation(name="Harbour")
    with transaction.atomic(), pytest.raises(Swallowed):
        swallows(house)


def test_what_a_verb_refuses_undoes_the_one_around_it() -> None:
    house = factories.organisation(name="Harbour")

    @verb
    def both() -> None:
        Organisation.objects.filter(pk=house.pk).update(name="Of the outer one")
        named(house, "Of the inner one", refuses=True)

    with pytest.raises(Refused):
        both()
    house.refresh_from_db()
    assert house.name == "Harbour"
