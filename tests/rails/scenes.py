"""For every address somebody who may come, and something there to see: with it a page can be visited.

Most addresses need nothing but the object that their row names (`objects`). Those here need more:
a moment in the life of two people, a link out of a mail, a sign-in half done.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.test import Client
from django.urls import reverse

from bothways.connections.actions import agreements, life, meetings
from bothways.connections.models import Connection
from bothways.connections.queries import answer_links
from bothways.core.time import Clock
from bothways.inbox.actions import feeds
from bothways.inbox.kinds import Setting
from bothways.inbox.queries import links
from bothways.people.actions import accounts, invitations
from bothways.people.models import Invitation, Person
from bothways.people.queries.invitations import path_of
from tests import factories
from tests.factories import connections as made
from tests.factories.accounts import PASSWORD
from tests.factories.rosters import LIST, listed
from tests.rails import objects
from tests.rails.routes import Route
from tests.rails.visitors import Cast

IN_RELATION = {
    "mine": "owner",
    "ours": "owner",
    "stewarded": "steward of the program",
    "looked after": "steward of the program",
}
IN_ROLE = {"stewards": "steward", "administrators": "administrator"}
ROLE_IN_THE_DEMO = "newcomer"


@dataclass(frozen=True)
class Scene:
    """Somebody before an address that they may open."""

    url: str
    visitor: str
    client: Client


Maker = Callable[[Cast, Clock, Client], str]


def visitor(route: Route) -> str:
    """Somebody for whom the row stands open."""
    assert route.row
    if not route.row.may.signed_in:
        return "anonymous"
    return IN_RELATION.get(route.row.relation.name) or IN_ROLE.get(route.row.may.name, "member")


def scene(route: Route, cast: Cast, clock: Clock, who: str = "") -> Scene:
    assert route.row
    _read_again(cast)
    who = who or (VISITORS.get(route.name) or visitor(route))
    client = cast.client(who)
    if route.name in MAKERS:
        return Scene(MAKERS[route.name](cast, clock, client), who, client)
    values = {"organisation": cast.harbour.slug} if route.below_organisation else {}
    if route.row.relation.model is not None:
        values["key"] = objects.of_model(route.row.relation.model._meta.label, cast).key
    return Scene(reverse(route.name, kwargs=values), who, client)


def _read_again(cast: Cast) -> None:
    """What an earlier scene did to people may have been undone since."""
    now = Person.objects.select_related("organisation", "account").in_bulk(
        [person.pk for person in cast.people.values()]
    )
    cast.people = {name: now[person.pk] for name, person in cast.people.items()}


def _below(cast: Cast, name: str, key: str) -> str:
    return reverse(name, kwargs={"organisation": cast.harbour.slug, "key": key})


def _front(cast: Cast, clock: Clock, client: Client) -> str:
    """With two organisations to choose from."""
    factories.member(cast.meadow, "Owner", account=cast.people["owner"].account)
    return reverse("front")


def _code(cast: Cast, clock: Clock, client: Client) -> str:
    client.post(reverse("account_request_login_code"), {"email": cast.people["member"].email})
    return reverse("account_confirm_login_code")


def _password(cast: Cast, clock: Clock, client: Client) -> str:
    account = cast.people["member"].account
    assert account
    account.set_password(PASSWORD)
    account.save()
    factories.sign_in(client, account)
    return reverse("account_change_password")


def _another_password(cast: Cast, clock: Clock, client: Client) -> str:
    """The link out of the mail leads on to an address without the secret."""
    account = cast.people["member"].account
    assert account
    values = {"uidb36": user_pk_to_url_str(account), "key": default_token_generator.make_token(account)}
    return client.get(reverse("account_reset_password_from_key", kwargs=values))["Location"]


def _sign_in_link(cast: Cast, clock: Clock, client: Client) -> str:
    account = cast.people["member"].account
    assert account
    return accounts.sign_in_link(account)


def _invitation(cast: Cast) -> Invitation:
    factories.topic(cast.harbour, "Sails")
    invitations.invite([cast.people["invited"]], by=cast.people["steward"])
    return Invitation.objects.get(person=cast.people["invited"])


def _join(cast: Cast, clock: Clock, client: Client) -> str:
    return path_of(_invitation(cast))


def _joined(cast: Cast, clock: Clock, client: Client) -> str:
    """Coming from the invitation's page, in the same browser."""
    person = factories.member(cast.harbour, "Just Joined", account=None, state=Person.State.INVITED)
    invitations.invite([person], by=cast.people["steward"])
    where = path_of(Invitation.objects.get(person=person))
    return client.post(where, {"minutes": "60", "others": ""})["Location"]


def _answer(cast: Cast, clock: Clock, client: Client) -> str:
    introduction = objects.of_model("connections.Introduction", cast)
    return answer_links.path_of(introduction, cast.people["owner"])


def _ics(cast: Cast, clock: Clock, client: Client) -> str:
    made.planned(objects.of_model("connections.Connection", cast))
    return reverse("inbox_ics", kwargs={"token": feeds.open(cast.people["owner"], details=True)})


def _unsubscribe(cast: Cast, clock: Clock, client: Client) -> str:
    return links.to_turn_off(cast.people["owner"], Setting.DIGEST)


def _roster(cast: Cast, clock: Clock, client: Client) -> str:
    """A list that was looked through."""
    roster = listed(LIST, of=cast.harbour, by=cast.people["administrator"])
    return _below(cast, "people_import", roster.key)


def _bring_in(cast: Cast, clock: Clock, client: Client) -> str:
    roster = listed(LIST, of=cast.harbour, by=cast.people["administrator"])
    return _below(cast, "people_import_bring_in", roster.key)


def _together(cast: Cast) -> Connection:
    return made.connected(cast.people["owner"], factories.member(cast.harbour))


def _after(days: float, name: str, *, agreed: bool = False) -> Maker:
    """What two are asked so long after they were connected."""

    def maker(cast: Cast, clock: Clock, client: Client) -> str:
        connection = _together(cast)
        if agreed:
            made.agreed(connection, months=3)
        clock.advance(timedelta(days=days))
        life.advance()
        return _below(cast, name, connection.key)

    return maker


def _planned(name: str) -> Maker:
    def maker(cast: Cast, clock: Clock, client: Client) -> str:
        return _below(cast, name, made.planned(_together(cast)).key)

    return maker


def _offered(name: str) -> Maker:
    """The other one has offered times."""

    def maker(cast: Cast, clock: Clock, client: Client) -> str:
        connection = _together(cast)
        times = [made.in_days(2), made.in_days(3)]
        return _below(cast, name, meetings.propose(connection, times, by=connection.second).key)

    return maker


def _over(name: str) -> Maker:
    def maker(cast: Cast, clock: Clock, client: Client) -> str:
        return _below(cast, name, made.held(_together(cast), clock).key)

    return maker


def _signature(cast: Cast, clock: Clock, client: Client) -> str:
    """The other one has written; one's own signature is missing."""
    connection = _together(cast)
    written = agreements.write(connection, made.words(), by=connection.second, upon=0)
    return _below(cast, "connections_signature", written.key)


VISITORS = {
    "front": "owner",
    "programs": "steward of the program",
    "programs_new": "steward of the program",
    "programs_program": "steward of the program",
}
MAKERS: dict[str, Maker] = {
    "account_change_password": _password,
    "account_confirm_login_code": _code,
    "account_reset_password_from_key": _another_password,
    "connections_answer": _answer,
    "connections_fit": _after(14, "connections_fit"),
    "connections_missed": _over("connections_missed"),
    "connections_move": _planned("connections_move"),
    "connections_pick": _offered("connections_pick"),
    "connections_place": _planned("connections_place"),
    "connections_quiet": _after(45, "connections_quiet"),
    "connections_reflection": _over("connections_reflection"),
    "connections_renewal": _after(72, "connections_renewal", agreed=True),
    "connections_signature": _signature,
    "demo_step": lambda cast, clock, client: reverse("demo_step", kwargs={"role": ROLE_IN_THE_DEMO}),
    "front": _front,
    "inbox_ics": _ics,
    "inbox_unsubscribe": _unsubscribe,
    "people_import": _roster,
    "people_import_bring_in": _bring_in,
    "people_join": _join,
    "people_joined": _joined,
    "people_sign_in_link": _sign_in_link,
}
