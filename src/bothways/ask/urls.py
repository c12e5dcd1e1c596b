from django.urls import URLPattern

from bothways.ask.models import Ask, QuietOffer, StewardAsk
from bothways.ask.views import asking, asks, beginning, offers, stewards
from bothways.core import policy
from bothways.people.models import Person

MINE, BOTH = policy.mine(Ask), ["GET", "POST"]

urlpatterns: list[URLPattern] = [
    policy.path("ask/", asking.page, may=policy.MEMBERS, methods=BOTH, name="ask"),
    policy.path(
        "ask/suggestions/", asking.suggestions, may=policy.MEMBERS, methods=["POST"], name="ask_suggestions"
    ),
    policy.path("ask/begin/", beginning.page, may=policy.MEMBERS, methods=BOTH, name="ask_begin"),
    policy.path("ask/steward/", stewards.write, may=policy.MEMBERS, methods=BOTH, name="ask_steward"),
    policy.path(
        "people/<slug:key>/ask/",
        asking.one,
        may=policy.MEMBERS,
        relation=policy.in_organisation(Person),
        methods=BOTH,
        name="ask_person",
    ),
    policy.path("asks/", asks.index, may=policy.MEMBERS, name="asks"),
    policy.path("asks/<slug:key>/", asks.page, may=policy.MEMBERS, relation=MINE, name="ask_show"),
    policy.path("asks/<slug:key>/again/", asking.again, may=policy.MEMBERS, relation=MINE, name="ask_again"),
    policy.path(
        "asks/<slug:key>/withdrawal/",
        asks.withdraw,
        may=policy.MEMBERS,
        relation=MINE,
        methods=["POST"],
        name="ask_withdraw",
    ),
    policy.path(
        "asks/<slug:key>/open/",
        asks.keep,
        may=policy.MEMBERS,
        relation=MINE,
        methods=["POST"],
        name="ask_keep",
    ),
    policy.path(
        "asks/<slug:key>/away/",
        asks.put_away,
        may=policy.MEMBERS,
        relation=MINE,
        methods=["POST"],
        name="ask_put_away",
    ),
    policy.path(
        "asks/<slug:key>/steward/",
        stewards.write,
        may=policy.MEMBERS,
        relation=MINE,
        methods=BOTH,
        name="ask_steward_about",
    ),
    policy.path(
        "steward-asks/<slug:key>/",
        stewards.page,
        may=policy.MEMBERS,
        relation=policy.ours(StewardAsk),
        name="ask_steward_show",
    ),
    policy.path(
        "steward-asks/<slug:key>/reply/",
        stewards.reply,
        may=policy.MEMBERS,
        relation=policy.mine(StewardAsk),
        methods=["POST"],
        name="ask_steward_reply",
    ),
    policy.path(
        "steward-asks/<slug:key>/introduction/",
        stewards.introduce,
        may=policy.MEMBERS,
        relation=policy.mine(StewardAsk),
        methods=["POST"],
        name="ask_steward_introduce",
    ),
    policy.path(
        "offers/<slug:key>/decline/",
        offers.decline,
        may=policy.MEMBERS,
        relation=policy.mine(QuietOffer),
        methods=["POST"],
        name="ask_offer_decline",
    ),
    policy.path(
        "offers/<slug:key>/return/",
        offers.bring_back,
        may=policy.MEMBERS,
        relation=policy.mine(QuietOffer),
        methods=["POST"],
        name="ask_offer_return",
    ),
]
