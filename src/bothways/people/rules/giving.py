"""What a month's time budget may be, in words, and when it is counted who has room."""

from django.utils.translation import gettext_lazy as _

NIGHT = 2  # o'clock, UTC
BUDGETS = (
    (0, _("Nothing for now: I may ask, and am not asked")),
    (30, _("Half an hour a month: one short talk")),
    (60, _("An hour a month: two short talks")),
    (120, _("Two hours a month: about four talks")),
    (240, _("Four hours a month: an hour a week")),
)
