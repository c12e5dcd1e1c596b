from django.urls import URLPattern

from bothways.core.policy import MEMBERS, path
from bothways.people.views import first_visit

BOTH = ("GET", "POST")

urlpatterns: list[URLPattern] = [
    path("welcome/", first_visit.bring, may=MEMBERS, methods=BOTH, name="people_welcome"),
    path("welcome/hopes/", first_visit.hope, may=MEMBERS, methods=BOTH, name="people_welcome_hopes"),
    path("welcome/time/", first_visit.give, may=MEMBERS, methods=BOTH, name="people_welcome_time"),
    path("welcome/done/", first_visit.done, may=MEMBERS, name="people_welcome_done"),
]
