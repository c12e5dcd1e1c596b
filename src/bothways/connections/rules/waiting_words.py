"""What waits for one of two connected people, in one line each: on their page and in the inbox alike."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bothways.connections.rules.next_step import Step

TITLES: dict[Step, Promise] = {
    Step.RENEW: _("Your agreement with %(other)s ends soon"),
    Step.REST_MEET_OR_END: _("You and %(other)s have not met for a while"),
    Step.PICK: _("%(other)s named times that suit"),
    Step.PICK_OTHER: _("%(other)s would like to move %(when)s"),
    Step.REFLECT: _("What did you take away from meeting %(other)s?"),
    Step.FIT: _("Is it going well with %(other)s?"),
    Step.SIGN: _("%(other)s wrote down what you two agree"),
    Step.AGREE_KIND: _("%(other)s proposes to make it %(kind)s"),
}
