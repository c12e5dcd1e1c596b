from django.urls import URLPattern

from bothways.core.policy import MEMBERS, STEWARDS, in_organisation, mine, path, stewarded
from bothways.programs.models import Participation, Program, Round
from bothways.programs.views import participations, programs, rounds

BOTH = ("GET", "POST")
POST = ("POST",)
PROGRAM, RUN, ROUND = in_organisation(Program), stewarded(Program), stewarded(Round)

urlpatterns: list[URLPattern] = [
    path("programs/", programs.index, may=MEMBERS, name="programs"),
    path("programs/new/", programs.new, may=STEWARDS, methods=BOTH, name="programs_new"),
    path("programs/<slug:key>/", programs.page, may=MEMBERS, relation=PROGRAM, name="programs_program"),
    path(
        "programs/<slug:key>/part/",
        participations.take_part,
        may=MEMBERS,
        relation=PROGRAM,
        methods=POST,
        name="programs_take_part",
    ),
    path(
        "participations/<slug:key>/again/",
        participations.look_again,
        may=MEMBERS,
        relation=mine(Participation),
        methods=POST,
        name="programs_look_again",
    ),
    path(
        "participations/<slug:key>/leaving/",
        participations.leave,
        may=MEMBERS,
        relation=mine(Participation),
        methods=BOTH,
        name="programs_leave",
    ),
    path(
        "programs/<slug:key>/change/",
        programs.change,
        may=STEWARDS,
        relation=RUN,
        methods=BOTH,
        name="programs_change",
    ),
    path(
        "programs/<slug:key>/stewards/",
        programs.hand_over,
        may=STEWARDS,
        relation=RUN,
        methods=BOTH,
        name="programs_stewards",
    ),
    path(
        "programs/<slug:key>/closing/",
        programs.close,
        may=STEWARDS,
        relation=RUN,
        methods=BOTH,
        name="programs_close",
    ),
    path(
        "programs/<slug:key>/opening/",
        programs.open_again,
        may=STEWARDS,
        relation=RUN,
        methods=POST,
        name="programs_open_again",
    ),
    path("programs/<slug:key>/people/", programs.people, may=STEWARDS, relation=RUN, name="programs_people"),
    path(
        "programs/<slug:key>/rounds/",
        rounds.open_one,
        may=STEWARDS,
        relation=RUN,
        methods=POST,
        name="programs_rounds",
    ),
    path("rounds/<slug:key>/", rounds.page, may=STEWARDS, relation=ROUND, name="programs_round"),
    path(
        "rounds/<slug:key>/terms/",
        rounds.settle,
        may=STEWARDS,
        relation=ROUND,
        methods=POST,
        name="programs_terms",
    ),
    path("rounds/<slug:key>/trail/", rounds.trail, may=STEWARDS, relation=ROUND, name="programs_trail"),
]
