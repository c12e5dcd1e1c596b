"""Whoever leaves lets go of everybody."""

import pytest

from bothways.connections.actions import connections, locks
from bothways.connections.actions.refusals import HasEnded
from bothways.connections.models import Connection
from bothways.core import time
from bothways.core.models import Organisation
from bothways.people.models import Person
from tests import factories
from tests.factories.connections import connected

pytestmark = pytest.mark.django_db


def test_who_leaves_lets_go_of_everybody_also_where_one_ended_it_meanwhile(
    organisation: Organisation, clock: time.Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between reading which there are and locking the first of them."""
    ada = factories.member(organisation, "Ada")
    first, second = (connected(ada, factories.member(organisation, name)) for name in ("Ben", "Cleo"))
    alive = locks.alive

    def ended_meanwhile(given: Connection) -> Connection:
        if given.pk == first.pk:
            raise HasEnded
        return alive(given)

    monkeypatch.setattr(locks, "alive", ended_meanwhile)
    Person.objects.filter(pk=ada.pk).update(state=Person.State.LEFT)
    connections.let_go(Person.objects.get(pk=ada.pk))
    second.refresh_from_db()
    assert second.state == Connection.State.ENDED
