"""Everything from "connected" on. All of it belongs to the two people; concerns to teller and told."""

from django.urls import URLPattern

from bothways.connections.models import Agreement, Concern, Connection, Meeting
from bothways.connections.views import agreements, concerns, connections, meetings, private, reflections
from bothways.core.policy import MEMBERS, NOTHING, Relation, View, ours, path

GET, BOTH, POST = ["GET"], ["GET", "POST"], ["POST"]


def _ours(route: str, view: View, relation: Relation, methods: list[str], *, name: str) -> URLPattern:
    return path(route, view, may=MEMBERS, relation=relation, methods=methods, name=name)


def _one(rest: str, view: View, methods: list[str], *, name: str) -> URLPattern:
    """Below one connection."""
    return _ours(f"connections/<slug:key>/{rest}", view, ours(Connection), methods, name=name)


def _meeting(rest: str, view: View, methods: list[str], *, name: str) -> URLPattern:
    """Below one meeting."""
    return _ours(f"meetings/<slug:key>/{rest}", view, ours(Meeting), methods, name=name)


urlpatterns: list[URLPattern] = [
    _ours("connections/", connections.index, NOTHING, GET, name="connections"),
    _ours("learnings/", reflections.index, NOTHING, GET, name="connections_learnings"),
    _ours("concerns/", concerns.index, NOTHING, GET, name="connections_concerns"),
    _ours("concerns/<slug:key>/", concerns.page, ours(Concern), BOTH, name="connections_told"),
    _one("", connections.page, GET, name="connections_connection"),
    _one("messages/", connections.letters, BOTH, name="connections_messages"),
    _one("times/", meetings.propose, BOTH, name="connections_times"),
    _one("meetings/", meetings.index, GET, name="connections_meetings"),
    _one("cannot/", meetings.cannot, BOTH, name="connections_cannot"),
    _one("kind/", private.kind, BOTH, name="connections_kind"),
    _one("agreement/", agreements.page, GET, name="connections_agreement"),
    _one("agreement/new/", agreements.write, BOTH, name="connections_agreement_write"),
    _one("fit/", private.fit, BOTH, name="connections_fit"),
    _one("quiet/", private.quiet, BOTH, name="connections_quiet"),
    _one("renewal/", private.renewal, BOTH, name="connections_renewal"),
    _one("rest/", connections.rest, BOTH, name="connections_rest"),
    _one("ending/", connections.ending, BOTH, name="connections_ending"),
    _one("concern/", concerns.tell, BOTH, name="connections_concern"),
    _ours(
        "agreements/<slug:key>/signature/",
        agreements.sign,
        ours(Agreement),
        POST,
        name="connections_signature",
    ),
    _meeting("", meetings.page, GET, name="connections_meeting"),
    _meeting("pick/", meetings.pick, POST, name="connections_pick"),
    _meeting("place/", meetings.place, POST, name="connections_place"),
    _meeting("move/", meetings.move, BOTH, name="connections_move"),
    _meeting("cancellation/", meetings.cancel, BOTH, name="connections_cancel"),
    _meeting("missed/", meetings.missed, POST, name="connections_missed"),
    _meeting("agenda/", meetings.agenda, GET, name="connections_agenda"),
    _meeting("reflection/", reflections.write, BOTH, name="connections_reflection"),
]
