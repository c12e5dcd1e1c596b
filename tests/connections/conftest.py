"""What most tests of this folder begin with."""

import pytest

from bothways.connections.models import Connection
from bothways.core import time
from bothways.core.models import Organisation
from bothways.people.models import Person
from tests import factories
from tests.connections.relating import two
from tests.factories import connections as made
from tests.factories.introductions import several


@pytest.fixture
def ada(organisation: Organisation, clock: time.Clock) -> Person:
    return factories.member(organisation, "Ada")


@pytest.fixture
def others(organisation: Organisation, clock: time.Clock) -> list[Person]:
    return several(organisation, "Ben Cleo Dan Eve Finn")


@pytest.fixture
def connection(organisation: Organisation, clock: time.Clock) -> Connection:
    return made.connected(*two(organisation))
