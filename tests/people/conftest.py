"""Somebody who looks after the organisation, and somebody who belongs to it."""

import pytest

from bothways.core.models import Organisation
from bothways.people.models import Person
from tests import factories


@pytest.fixture
def boss(organisation: Organisation) -> Person:
    return factories.member(organisation, "Boss", role=Person.Role.ADMINISTRATOR)


@pytest.fixture
def ada(organisation: Organisation) -> Person:
    return factories.member(organisation, "Ada")
