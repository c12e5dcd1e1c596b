"""A steward who rehearses a round: the worker dies under it, and its child with it."""

from django_tasks_db.models import DBTaskResult

from bothways.people.models import Person
from bothways.programs.models import LeftOut, Pairing, Rehearsal
from tests import factories
from tests.factories.programs import giver, program, round_of, seeker
from tests.rails.kills.clients import Visitor
from tests.rails.kills.installation import Installation, eventually

PAIRS = 25


class Rehearsing:
    def __init__(self, house: Installation) -> None:
        of = factories.organisation("rehearsing")
        steward = factories.member(of, "Steward", role=Person.Role.STEWARD)
        self.visitor = Visitor(steward, house.port)
        knots = factories.topic(of, "Knots")
        together = program(steward)
        for number in range(PAIRS):
            seeker(together, f"Seeker {number}", knots)
            giver(together, f"Giver {number}", knots)
        self.round = round_of(together, steward)

    def press(self) -> None:
        assert self.visitor.post("programs_rehearse", self.round.key) == 302

    def is_at_work(self) -> bool:
        running = DBTaskResult.objects.filter(status="RUNNING", task_path__endswith="work_out")
        return running.exists() and Rehearsal.objects.get().state == Rehearsal.State.RUNNING

    def assert_not_half(self) -> None:
        """What is not ready has nothing yet."""
        made = Rehearsal.objects.filter(state=Rehearsal.State.READY)
        assert not Pairing.objects.exclude(rehearsal__in=made).exists()

    def end(self) -> None:
        eventually(lambda: Rehearsal.objects.get().state == "ready", "the rehearsal is worked out")

    def assert_whole(self) -> None:
        assert Pairing.objects.filter(rank=1).count() == PAIRS
        assert not LeftOut.objects.exists()
        task = DBTaskResult.objects.get(task_path__endswith="work_out")
        assert (task.status, len(task.worker_ids)) == ("SUCCESSFUL", 2), "it was taken up by another worker"
