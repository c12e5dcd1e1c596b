from django.urls import URLPattern

from bothways.connections.models import Introduction, MoreAsked, QueueEntry
from bothways.connections.views import introducing, introductions, questions
from bothways.core import policy

urlpatterns: list[URLPattern] = [
    policy.path(
        "introductions/",
        introductions.index,
        may=policy.MEMBERS,
        quiet=True,
        name="connections_introductions",
    ),
    policy.path(
        "introductions/<slug:key>/",
        introductions.introduction,
        may=policy.MEMBERS,
        relation=policy.ours(Introduction),
        methods=["GET", "POST"],
        quiet=True,
        name="connections_introduction",
    ),
    policy.path(
        "introductions/<slug:key>/told/",
        introductions.tell,
        may=policy.MEMBERS,
        relation=policy.ours(Introduction),
        methods=["POST"],
        quiet=True,
        name="connections_introduction_told",
    ),
    policy.path(
        "questions/<slug:key>/",
        questions.question,
        may=policy.MEMBERS,
        relation=policy.mine(MoreAsked),
        methods=["GET", "POST"],
        quiet=True,
        name="connections_question",
    ),
    policy.path(
        "suggested/<slug:key>/",
        questions.suggested,
        may=policy.MEMBERS,
        relation=policy.mine(QueueEntry),
        methods=["GET", "POST"],
        name="connections_suggested",
    ),
    policy.path(
        "introduce/",
        introducing.introduce,
        may=policy.MEMBERS,
        methods=["GET", "POST"],
        name="connections_introduce",
    ),
    policy.path(
        "introduce/passed-on/",
        introducing.passed_on,
        may=policy.MEMBERS,
        name="connections_passed_on",
    ),
]
