"""Two at a time: a steward's double click, a link opened twice, two administrators who demote each other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from bothways.people.actions import invitations, roles
from bothways.people.models import Invitation, Person
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 6


def at_once(act: Callable[[int], object]) -> list[object]:
    """What came of six calls made in the same moment, each on a connection of its own."""
    gate = Barrier(AT_ONCE)

    def one(number: int) -> object:
        try:
            gate.wait()
            return act(number)
        except Exception as refusal:
            return type(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def test_a_double_click_invites_once() -> None:
    of = factories.organisation()
    steward = factories.member(of, role=Person.Role.STEWARD)
    nina = Person.objects.create(organisation=of, name="Nina", email="nina@x.example")
    results = at_once(lambda _number: invitations.invite([nina], by=steward))
    assert sorted(map(str, results)) == sorted(map(str, [1] + [invitations.TooSoon] * (AT_ONCE - 1)))
    assert Invitation.objects.count() == 1


def test_an_invitation_is_answered_once() -> None:
    of = factories.organisation()
    nina = Person.objects.create(organisation=of, name="Nina", email="nina@x.example")
    invitations.invite([nina], by=factories.member(of, role=Person.Role.STEWARD))
    invitation = nina.invitations.get()
    results = at_once(lambda number: invitations.confirm(invitation, offers=[], minutes=30 * number))
    assert results.count(invitations.Over) == AT_ONCE - 1
    assert Person.objects.get(pk=nina.pk).account is not None


def test_administrators_who_demote_each_other_leave_one() -> None:
    of = factories.organisation()
    all_of_them = [factories.member(of, role=Person.Role.ADMINISTRATOR) for _ in range(AT_ONCE)]
    results = at_once(lambda number: roles.change(all_of_them[number], to=Person.Role.MEMBER))
    assert results.count(roles.LastAdministrator) == 1
    assert Person.objects.filter(role=Person.Role.ADMINISTRATOR).count() == 1
