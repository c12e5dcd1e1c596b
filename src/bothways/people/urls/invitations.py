from django.urls import URLPattern

from bothways.core.policy import ANYBODY, path
from bothways.people.views import invitations

urlpatterns: list[URLPattern] = [
    path("<str:token>/", invitations.join, may=ANYBODY, methods=["GET", "POST"], name="people_join"),
    path(
        "<str:token>/thanks/", invitations.joined, may=ANYBODY, methods=["GET", "POST"], name="people_joined"
    ),
]
