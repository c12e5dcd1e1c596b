"""A rehearsal as a file, for who runs the program. That somebody took it stands in the trail."""

from collections.abc import Iterator

from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from bothways.ask.queries.topics import index_of
from bothways.core.transactions import verb
from bothways.people.models import Person
from bothways.people.rules.roster import writing
from bothways.programs.actions import rounds
from bothways.programs.models import Entry, Pairing, Rehearsal
from bothways.programs.rules import pair_reasons

A_SLICE = 1_000


def take(rehearsal: Rehearsal, *, by: Person) -> Iterator[str]:
    """The lines of the file: who is introduced to whom, their addresses, and why."""
    _note(rehearsal, by=by)
    return writing.lines(_rows(rehearsal), columns())


@verb
def _note(rehearsal: Rehearsal, *, by: Person) -> None:
    rounds.note(rehearsal.round, Entry.What.EXPORTED, by=by, about={"number": rehearsal.number})


def columns() -> list[str]:
    return [
        *(_("Seeks: name"), _("Seeks: address"), _("Seeks: team")),
        *(_("Gives: name"), _("Gives: address"), _("Gives: team")),
        *(_("Points"), _("Hours in common"), _("Locked"), _("Why")),
    ]


def _rows(rehearsal: Rehearsal) -> Iterator[list[str]]:
    names = index_of(rehearsal.round.program.organisation_id).names
    found = Pairing.objects.filter(rehearsal=rehearsal, rank=1).select_related("seeker__team", "giver__team")
    for pairing in found.order_by(Lower("seeker__name"), "key").iterator(A_SLICE):
        seeker, giver = pairing.seeker, pairing.giver
        why = pair_reasons.in_words(pairing.parts, seeker.name, giver.name, names)
        yield [
            *(cell for one in (seeker, giver) for cell in (one.name, one.email, _team(one))),
            *(str(pairing.score), str(pairing.hours), _("yes") if pairing.locked else "", " ".join(why)),
        ]


def _team(person: Person) -> str:
    return person.team.name if person.team else ""
