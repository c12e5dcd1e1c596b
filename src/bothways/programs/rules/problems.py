"""Why there is no round, in words that say what to do."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Problem(models.TextChoices):
    NOBODY_SEEKS = "nobody_seeks", _("Nobody who takes part looks for somebody just now.")
    NOBODY_GIVES = "nobody_gives", _("Nobody who takes part has room for somebody just now.")
    TOO_LARGE = (
        "too_large",
        _(
            "There are more people than one round can take here. Split the program in two, or ask whoever "
            "runs this installation: its log says what would help."
        ),
    )
    TOO_HEAVY = "too_heavy", _("It was stopped half-way, perhaps for want of memory. Rehearse again.")
    STRANGE = (
        "strange",
        _("Something went wrong that should not. Whoever runs this installation finds it in the log."),
    )
