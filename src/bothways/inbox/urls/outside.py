"""Addresses outside of any organisation: their token says whose they are."""

from django.urls import URLPattern

from bothways.core import policy
from bothways.inbox.views import outside

urlpatterns: list[URLPattern] = [
    policy.path("feeds/<slug:token>.ics", outside.feed, may=policy.ANYBODY, quiet=True, name="inbox_ics"),
    policy.path(
        "unsubscribe/<str:token>/",
        outside.unsubscribe,
        may=policy.ANYBODY,
        methods=["GET", "POST"],
        quiet=True,
        name="inbox_unsubscribe",
    ),
]
