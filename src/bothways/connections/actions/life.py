"""Everything of a connection that happens at a fixed time, in due order."""

from bothways.connections.actions import agreements, dues, fit_checks, meetings, quiet_spells, renewals
from bothways.connections.models import Due

What = Due.What

ACTS: dict[What, dues.Act] = {
    What.MEETING_OVER: meetings.hold,
    What.PICK_SOON: meetings.nudge_soon,
    What.PICK_LATE: meetings.nudge_late,
    What.FIT: fit_checks.ask,
    What.FIT_OVER: fit_checks.close,
    What.QUIET: quiet_spells.ask,
    What.QUIET_OVER: quiet_spells.close,
    What.REVIEW: agreements.bring_to_mind,
    What.RENEWAL: renewals.ask,
    What.AGREEMENT_OVER: renewals.close,
}


def advance() -> bool:
    """Work off what is due; says whether more is left."""
    return dues.work_off(ACTS)
