from django import forms
from django.utils.translation import gettext_lazy as _

from bothways.people.models import Person


class Sought(forms.Form):
    """Whom to show."""

    q = forms.CharField(required=False, max_length=120, label=_("Name or address"))
    state = forms.ChoiceField(
        required=False, choices=[("", _("Everybody")), *Person.State.choices], label=_("Who is")
    )


class Role(forms.Form):
    """What somebody may do for the organisation."""

    role = forms.ChoiceField(
        choices=[
            (Person.Role.MEMBER, _("Member: themself, as everybody")),
            (Person.Role.STEWARD, _("Steward: invites, keeps topics, sees what is missing")),
            (Person.Role.ADMINISTRATOR, _("Administrator: a steward who also changes roles and suspends")),
        ],
        widget=forms.RadioSelect,
        label=_("Role"),
    )
