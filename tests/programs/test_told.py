"""What a rehearsal's end and a sent round lead to elsewhere: a message, and the operator's certificate."""

from argparse import Namespace
from pathlib import Path

import pytest

from bothways.cli import certificate
from bothways.cli.running import Refusal
from bothways.core import events, time
from bothways.inbox.models import Message
from bothways.inbox.queries import messages
from bothways.matching import Certificate
from bothways.people.models import Person
from bothways.programs.actions import rehearsals
from bothways.programs.models import Program, Round
from bothways.programs.rules.problems import Problem
from bothways.programs.tasks import rehearse
from tests import factories
from tests.factories.introductions import pass_time
from tests.factories.programs import giver, rehearsed, seeker, sent

pytestmark = pytest.mark.usefixtures("at_once")


@pytest.fixture(autouse=True)
def two(pairs_of_us: Program) -> None:
    knots = factories.topic(pairs_of_us.organisation, "Knots")
    seeker(pairs_of_us, "Ada", knots)
    giver(pairs_of_us, "Gus", knots)


def test_who_waited_long_for_a_rehearsal_is_told_of_it(
    round_: Round, steward: Person, clock: time.Clock
) -> None:
    rehearsed(round_, steward)
    events.deliver()
    assert not Message.objects.exists()
    made = rehearse(round_, by=steward)
    pass_time(clock, minutes=3)
    rehearsals.run(made)
    events.deliver()
    message = Message.objects.get()
    assert (message.person, message.kind, message.about) == (
        steward,
        "rehearsal_done",
        f"rehearsal:{made.key}",
    )
    (shown,) = messages.shown(steward, [message])
    assert shown.title == "A rehearsal is worked out"
    assert messages.link_to(message, steward, made).endswith(f"/rehearsals/{made.key}/")


def test_who_waited_long_for_a_rehearsal_that_failed_is_told_that_it_did(
    round_: Round, steward: Person, clock: time.Clock
) -> None:
    made = rehearse(round_, by=steward)
    pass_time(clock, minutes=3)
    rehearsals.fail(made, Problem.TOO_HEAVY)
    events.deliver()
    message = Message.objects.get()
    assert (message.person, message.kind) == (steward, "rehearsal_failed")
    (shown,) = messages.shown(steward, [message])
    assert shown.title == "A rehearsal came to nothing"
    assert messages.link_to(message, steward, made).endswith(f"/rehearsals/{made.key}/")


def test_the_operator_gets_the_certificate_of_what_was_sent(
    round_: Round, steward: Person, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = rehearsed(round_, steward)
    with pytest.raises(Refusal, match="no round has the key nothing"):
        write_out("nothing")
    with pytest.raises(Refusal, match="not sent"):
        write_out(round_.key)
    sent(made, steward)
    out = tmp_path / "round.json"
    assert write_out(round_.key, out) == 0
    assert Certificate.from_json(out.read_text()).served == 1
    assert write_out(round_.key) == 0
    assert capsys.readouterr().out == out.read_text()
    with pytest.raises(Refusal, match="cannot be written"):
        write_out(round_.key, tmp_path)
    assert steward.email not in out.read_text()


def write_out(round_: str, out: Path | None = None) -> int:
    return certificate.run(Namespace(round=round_, out=out))
