"""Pages for those who look after an organisation."""

from django.urls import URLPattern

from bothways.core.policy import ADMINISTRATORS, STEWARDS, Relation, in_organisation, path
from bothways.people.models import Person, Topic
from bothways.people.views import members, supply, topics

BOTH = ("GET", "POST")
ON_RECORD = Relation("organisation", Person, "on_record")

urlpatterns: list[URLPattern] = [
    path("supply/", supply.wanted, may=STEWARDS, name="people_supply"),
    path("supply/not-reached/", supply.not_reached, may=STEWARDS, name="people_not_reached"),
    path("supply/invitations/", supply.invite, may=STEWARDS, methods=["POST"], name="people_invite"),
    path("topics/", topics.index, may=STEWARDS, methods=BOTH, name="people_topics"),
    path(
        "topics/<slug:key>/",
        topics.show,
        may=STEWARDS,
        relation=in_organisation(Topic),
        methods=BOTH,
        name="people_topic",
    ),
    path(
        "topics/<slug:key>/merge/",
        topics.merge,
        may=STEWARDS,
        relation=in_organisation(Topic),
        methods=["POST"],
        name="people_topic_merge",
    ),
    path("members/", members.index, may=STEWARDS, name="people_members"),
    path("members/add/", members.add, may=ADMINISTRATORS, methods=BOTH, name="people_add"),
    path("members/<slug:key>/", members.show, may=STEWARDS, relation=ON_RECORD, name="people_member"),
    path(
        "members/<slug:key>/details/",
        members.mend,
        may=ADMINISTRATORS,
        relation=ON_RECORD,
        methods=["POST"],
        name="people_member_mend",
    ),
    path(
        "members/<slug:key>/role/",
        members.change_role,
        may=ADMINISTRATORS,
        relation=ON_RECORD,
        methods=["POST"],
        name="people_member_role",
    ),
    path(
        "members/<slug:key>/manager/",
        members.set_manager,
        may=ADMINISTRATORS,
        relation=ON_RECORD,
        methods=["POST"],
        name="people_member_manager",
    ),
    path(
        "members/<slug:key>/suspension/",
        members.suspend,
        may=ADMINISTRATORS,
        relation=ON_RECORD,
        methods=BOTH,
        name="people_member_suspend",
    ),
    path(
        "members/<slug:key>/return/",
        members.take_back,
        may=ADMINISTRATORS,
        relation=ON_RECORD,
        methods=["POST"],
        name="people_member_return",
    ),
    path(
        "members/<slug:key>/leaving/",
        members.mark_left,
        may=STEWARDS,
        relation=ON_RECORD,
        methods=BOTH,
        name="people_member_leave",
    ),
]
