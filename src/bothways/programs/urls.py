from django.urls import URLPattern

from bothways.core.policy import MEMBERS, STEWARDS, in_organisation, looked_after, mine, path, stewarded
from bothways.programs.models import Pairing, Participation, Program, Rehearsal, Round
from bothways.programs.views import pairs, participations, programs, rehearsals, rounds, sending

BOTH = ("GET", "POST")
POST = ("POST",)
PROGRAM, RUN, LOOK_AFTER = in_organisation(Program), stewarded(Program), looked_after(Program)
ROUND, REHEARSAL, PAIRING = stewarded(Round), stewarded(Rehearsal), stewarded(Pairing)

urlpatterns: list[URLPattern] = [
    path("programs/", programs.index, may=MEMBERS, name="programs"),
    path("programs/new/", programs.new, may=STEWARDS, methods=BOTH, name="programs_new"),
    path("programs/how/", programs.how, may=STEWARDS, name="programs_how"),
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
        relation=LOOK_AFTER,
        methods=BOTH,
        name="programs_stewards",
    ),
    path(
        "programs/<slug:key>/closing/",
        programs.close,
        may=STEWARDS,
        relation=LOOK_AFTER,
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
    path("rounds/<slug:key>/compare/", rounds.compare, may=STEWARDS, relation=ROUND, name="programs_compare"),
    path(
        "rounds/<slug:key>/rehearsals/",
        rehearsals.begin,
        may=STEWARDS,
        relation=ROUND,
        methods=POST,
        name="programs_rehearse",
    ),
    path("rounds/<slug:key>/by-hand/", pairs.pins, may=STEWARDS, relation=ROUND, name="programs_pins"),
    path(
        "rounds/<slug:key>/free/",
        pairs.free,
        may=STEWARDS,
        relation=ROUND,
        methods=POST,
        name="programs_free",
    ),
    path(
        "pairings/<slug:key>/by-hand/",
        pairs.settle,
        may=STEWARDS,
        relation=PAIRING,
        methods=POST,
        name="programs_pin",
    ),
    path(
        "pairings/<slug:key>/swap/",
        pairs.swap,
        may=STEWARDS,
        relation=PAIRING,
        methods=BOTH,
        name="programs_swap",
    ),
    path(
        "rehearsals/<slug:key>/", rehearsals.page, may=STEWARDS, relation=REHEARSAL, name="programs_rehearsal"
    ),
    path(
        "rehearsals/<slug:key>/progress/",
        rehearsals.progress,
        may=STEWARDS,
        relation=REHEARSAL,
        name="programs_progress",
    ),
    path(
        "rehearsals/<slug:key>/left-out/",
        rehearsals.left_out,
        may=STEWARDS,
        relation=REHEARSAL,
        name="programs_left_out",
    ),
    path(
        "rehearsals/<slug:key>/why-not/",
        rehearsals.why_not,
        may=STEWARDS,
        relation=REHEARSAL,
        methods=BOTH,
        name="programs_why_not",
    ),
    path(
        "rehearsals/<slug:key>/file/",
        rehearsals.file,
        may=STEWARDS,
        relation=REHEARSAL,
        methods=POST,
        name="programs_file",
    ),
    path(
        "rehearsals/<slug:key>/sending/",
        sending.send,
        may=STEWARDS,
        relation=REHEARSAL,
        methods=BOTH,
        name="programs_send",
    ),
]
