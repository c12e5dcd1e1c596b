"""Reporting lines stay right when somebody moves, and never close into a circle."""

from contextlib import suppress

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bothways.core.models import Organisation
from bothways.people.actions import reporting
from bothways.people.models import Person
from tests import factories


def line_by_walking(person: Person) -> str:
    above = []
    current = person.manager
    while current:
        above.append(str(current.pk))
        current = current.manager
    return "/" + "".join(f"{pk}/" for pk in reversed(above))


def below(person: Person) -> set[Person]:
    return set(Person.objects.filter(line__contains=f"/{person.pk}/"))


def assert_all_lines_right() -> None:
    for person in Person.objects.select_related("manager"):
        assert person.line == line_by_walking(person), person.name


def test_everybody_below_moves_along(organisation: Organisation) -> None:
    top, side, middle, low, lowest = (factories.member(organisation) for _ in range(5))
    for person, manager in ((middle, top), (low, middle), (lowest, low)):
        reporting.set_manager(person, manager)
    assert below(top) == {middle, low, lowest}
    reporting.set_manager(middle, side)
    assert_all_lines_right()
    assert below(side) == {middle, low, lowest}
    assert not below(top)
    reporting.set_manager(middle, None)
    assert_all_lines_right()


def test_a_circle_is_refused_at_any_distance(organisation: Organisation) -> None:
    top, middle, low = (factories.member(organisation) for _ in range(3))
    reporting.set_manager(middle, top)
    reporting.set_manager(low, middle)
    for person, manager in ((top, top), (top, middle), (top, low)):
        with pytest.raises(reporting.Circle):
            reporting.set_manager(person, manager)
    assert_all_lines_right()


def test_nobody_reports_beyond_the_wall(organisation: Organisation) -> None:
    stranger = factories.member(factories.organisation("meadow"))
    with pytest.raises(reporting.Foreign):
        reporting.set_manager(factories.member(organisation), stranger)


def test_numbers_that_begin_alike_are_not_confused(organisation: Organisation) -> None:
    short, longer, longest = (factories.member(organisation, pk=10**8 * times) for times in (1, 10, 100))
    child = factories.member(organisation)
    reporting.set_manager(child, longer)
    reporting.set_manager(short, longest)
    assert_all_lines_right()


def test_a_move_costs_the_same_however_many_are_below(organisation: Organisation) -> None:
    def cost(below: int) -> int:
        top, middle = factories.member(organisation), factories.member(organisation)
        for _ in range(below):
            factories.member(organisation, manager=middle)
        with CaptureQueriesContext(connection) as queries:
            reporting.set_manager(middle, top)
        return len(queries)

    assert cost(1) == cost(20)
    assert_all_lines_right()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 5), st.none() | st.integers(0, 5)), max_size=15))
def test_any_order_of_moves_keeps_every_line(
    organisation: Organisation, moves: list[tuple[int, int | None]]
) -> None:
    people = [factories.member(organisation) for _ in range(6)]
    for who, whom in moves:
        with suppress(reporting.Circle):
            reporting.set_manager(people[who], None if whom is None else people[whom])
    assert_all_lines_right()
    Person.objects.all().delete()
