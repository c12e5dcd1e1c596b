"""Agreements: written, signed, looked at again, renewed, over."""

from bothways.connections import events
from bothways.connections.models import Agreement
from bothways.core.events import subscribe
from bothways.inbox.actions import messages
from bothways.people.models import Person


def _agreement(key: str) -> Agreement:
    return Agreement.objects.select_related("connection__first", "connection__second").get(key=key)


def _tell_both(agreement: Agreement, kind: str) -> None:
    for person in (agreement.connection.first, agreement.connection.second):
        messages.put(person, kind, agreement)


def _clear_all(agreement: Agreement, *kinds: str) -> None:
    messages.clear(*Agreement.objects.filter(connection=agreement.connection), kinds=kinds)


@subscribe(events.AgreementWritten)
def ask_to_read(event: events.AgreementWritten) -> None:
    """A new version takes the place of what was to be read before."""
    agreement = _agreement(event.agreement)
    _clear_all(agreement, "agreement", "review")
    messages.put(agreement.connection.other(Person.objects.get(key=event.by)), "agreement", agreement)


@subscribe(events.AgreementSigned)
def tell_of_both_signatures(event: events.AgreementSigned) -> None:
    agreement = _agreement(event.agreement)
    _clear_all(agreement, "agreement", "review")
    messages.clear(agreement.connection, kinds=("kind_agreed",))
    _tell_both(agreement, "agreed")


@subscribe(events.ReviewDue)
def remind_of_the_review(event: events.ReviewDue) -> None:
    _tell_both(_agreement(event.agreement), "review")


@subscribe(events.RenewalAsked)
def ask_to_go_on(event: events.RenewalAsked) -> None:
    _tell_both(_agreement(event.agreement), "renewal")


@subscribe(events.AgreementRenewed)
def tell_of_the_renewal(event: events.AgreementRenewed) -> None:
    agreement = _agreement(event.agreement)
    _clear_all(agreement, "renewal", "review")
    _tell_both(agreement, "renewed")


@subscribe(events.AgreementOver)
def tell_that_it_is_over(event: events.AgreementOver) -> None:
    agreement = _agreement(event.agreement)
    _clear_all(agreement, "renewal", "review")
    _tell_both(agreement, "agreement_over")
