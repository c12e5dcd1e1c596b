from django.urls import URLPattern

from bothways.core import policy
from bothways.inbox.models import Message
from bothways.inbox.views import inbox, settings

urlpatterns: list[URLPattern] = [
    policy.path("inbox/", inbox.inbox, may=policy.MEMBERS, name="inbox"),
    policy.path(
        "inbox/settings/", settings.mail, may=policy.MEMBERS, methods=["GET", "POST"], name="inbox_settings"
    ),
    policy.path(
        "inbox/calendar/", settings.feed, may=policy.MEMBERS, methods=["GET", "POST"], name="inbox_feed"
    ),
    policy.path(
        "inbox/calendar/revoke/",
        settings.revoke_feed,
        may=policy.MEMBERS,
        methods=["POST"],
        name="inbox_feed_revoke",
    ),
    policy.path(
        "inbox/<slug:key>/",
        inbox.open_message,
        may=policy.MEMBERS,
        relation=policy.mine(Message),
        name="inbox_open",
    ),
    policy.path(
        "inbox/<slug:key>/away/",
        inbox.put_away,
        may=policy.MEMBERS,
        relation=policy.mine(Message),
        methods=["POST"],
        name="inbox_put_away",
    ),
]
