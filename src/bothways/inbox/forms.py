from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bothways.core import time
from bothways.inbox.kinds import Setting


class MailSettings(forms.Form):
    """Which mail a person would like, of what they can get."""

    wanted = forms.MultipleChoiceField(
        label=_("Mail me about"),
        help_text=_("Whatever you turn off still waits for you here, in your inbox."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, data: Any = None, *, roles: frozenset[str], off: set[str]) -> None:
        shown = Setting.of(roles)
        super().__init__(data, initial={"wanted": [setting.value for setting in shown if setting not in off]})
        self.kept = {setting.value for setting in Setting if setting not in shown} - off
        wanted = self.fields["wanted"]
        if isinstance(wanted, forms.MultipleChoiceField):
            wanted.choices = [(setting.value, setting.label) for setting in shown]
        wanted.__dict__["sees"] = _("Only you.")

    def on(self) -> set[str]:
        """What is on from now: what was ticked, and as it was what is not shown."""
        return {*self.cleaned_data["wanted"], *self.kept}


def _opened() -> str:
    """When the form was opened: the address follows from it, and from a secret."""
    return time.now().isoformat()


class FeedChoice(forms.Form):
    """How much a calendar that reads the feed may show."""

    details = forms.ChoiceField(
        label=_("What your calendar shows"),
        choices=[
            ("busy", _("“Busy”, and nothing else")),
            ("details", _("Whom you meet, and where")),
        ],
        initial="busy",
        widget=forms.RadioSelect,
    )

    once = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput, initial=_opened)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["details"].__dict__["sees"] = _("Whoever can see that calendar.")
