from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bothways.core.models import Organisation
from bothways.people.models import Person

DEMO = "demo"
DEMO_PEOPLE: dict[str, tuple[str, str | Promise]] = {
    "newcomer": (
        "newcomer@demo.example",
        _("Three weeks here, full of questions, would rather not ask them aloud."),
    ),
    "giver": ("giver@demo.example", _("Gives two hours a month, and learns from it.")),
    "manager": ("manager@demo.example", _("Opens doors for a team of eight, and never looks behind them.")),
    "steward": ("steward@demo.example", _("Looks after mentorship here without a spreadsheet.")),
    "leader": ("leader@demo.example", _("Answers for a department, and goes first.")),
    "administrator": ("administrator@demo.example", _("Brings people in, and names stewards.")),
}


class DemoRole(NamedTuple):
    role: str
    person: Person
    about: str | Promise


def demo_roles() -> list[DemoRole]:
    """The six people whom a visitor of the demo may step into."""
    addresses = [address for address, _about in DEMO_PEOPLE.values()]
    found = {
        person.email: person
        for person in Person.objects.filter(organisation__slug=DEMO, email__in=addresses).select_related(
            "account", "organisation", "team"
        )
    }
    return [
        DemoRole(role, found[address], about)
        for role, (address, about) in DEMO_PEOPLE.items()
        if address in found
    ]


def organisations_of(account: Any) -> list[Organisation]:
    """Where this account is somebody, by name."""
    return list(
        Organisation.objects.filter(persons__account=account, persons__state=Person.State.ACTIVE).order_by(
            "name"
        )
    )
