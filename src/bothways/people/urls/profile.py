"""People: find them, a person's page, and everything one says about oneself."""

from django.urls import URLPattern

from bothways.core.policy import MEMBERS, in_organisation, path
from bothways.people.models import Person
from bothways.people.views import absence, find, hours, not_wanted, photos, profile, subjects, time_budget

BOTH = ("GET", "POST")
COLLEAGUE = in_organisation(Person)

urlpatterns: list[URLPattern] = [
    path("people/", find.index, may=MEMBERS, name="people"),
    path("people/<slug:key>/", profile.show, may=MEMBERS, relation=COLLEAGUE, name="people_person"),
    path(
        "people/<slug:key>/photo/",
        photos.show,
        may=MEMBERS,
        relation=COLLEAGUE,
        quiet=True,
        name="people_photo",
    ),
    path("me/", profile.overview, may=MEMBERS, name="people_me"),
    path("me/about/", profile.about, may=MEMBERS, methods=BOTH, name="people_me_about"),
    path("me/words/", profile.words, may=MEMBERS, methods=BOTH, name="people_me_words"),
    path("me/photo/", photos.mine, may=MEMBERS, methods=BOTH, name="people_me_photo"),
    path("me/topics/", subjects.index, may=MEMBERS, name="people_me_topics"),
    path("me/offers/", subjects.offer, may=MEMBERS, methods=["POST"], name="people_me_offers"),
    path("me/wants/", subjects.want, may=MEMBERS, methods=["POST"], name="people_me_wants"),
    path("me/hours/", hours.mine, may=MEMBERS, methods=BOTH, name="people_me_hours"),
    path("me/time/", time_budget.mine, may=MEMBERS, methods=BOTH, name="people_me_time"),
    path("me/away/", absence.mine, may=MEMBERS, methods=BOTH, name="people_me_away"),
    path("me/back/", absence.come_back, may=MEMBERS, methods=["POST"], name="people_me_back"),
    path("me/rather-not/", not_wanted.index, may=MEMBERS, methods=BOTH, name="people_not_wanted"),
    path("me/leave/", absence.leave, may=MEMBERS, methods=BOTH, name="people_leave"),
]
