"""Answering by a link from a mail, without signing in."""

from django.urls import URLPattern

from bothways.connections.views import answer_links
from bothways.core import policy

urlpatterns: list[URLPattern] = [
    policy.path(
        "answer/<str:token>/",
        answer_links.answer,
        may=policy.ANYBODY,
        methods=["GET", "POST"],
        quiet=True,
        name="connections_answer",
    ),
]
