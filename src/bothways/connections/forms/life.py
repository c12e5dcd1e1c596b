"""Messages, reflections and the small private answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bothways.connections.actions import fit_checks, quiet_spells
from bothways.connections.forms import sees
from bothways.connections.models import Reflection
from bothways.connections.rules import kind_texts
from bothways.people.models import Person

LONG = {"rows": 5}


class MessageForm(forms.Form):
    text = forms.CharField(
        label=_("Write a message"),
        max_length=8000,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("Links and lists work."),
        error_messages={
            "required": _("Write a few words first."),
            "max_length": _("That is more than 8,000 characters. Send it in two parts."),
        },
    )

    def __init__(self, *args: Any, other: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sees.by(self, sees.you_and(other), "text")


class ReflectionForm(forms.Form):
    learned = forms.CharField(
        label=_("What I learned"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("A sentence is plenty. It may be about you, the subject, or the other one's view."),
    )
    shared = forms.BooleanField(label=_("Share what I learned"), required=False)
    useful = forms.ChoiceField(
        label=_("Was it useful?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            (Reflection.Useful.YES, _("Yes")),
            (Reflection.Useful.SOMEWHAT, _("Somewhat")),
            (Reflection.Useful.NO, _("No")),
        ],
    )

    def __init__(self, *args: Any, other: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sees.by(self, _("Only you, unless you tick the box below."), "learned")
        sees.by(self, sees.you_and(other), "shared")
        sees.by(self, _("Only you, always."), "useful")

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if not self.errors and not found.get("learned") and not found.get("useful"):
            raise forms.ValidationError(_("Write a sentence, or say whether it was useful. One is enough."))
        return found


class FitForm(forms.Form):
    said = forms.ChoiceField(
        label=_("How is it so far?"),
        widget=forms.RadioSelect,
        choices=[
            *zip(fit_checks.ANSWERS, (_("Good"), _("Not sure")), strict=True),
            (fit_checks.STOP, _("I'd like to stop")),
        ],
        error_messages={"required": _("Choose one of the three, or leave this page as it is.")},
    )


class QuietForm(forms.Form):
    said = forms.ChoiceField(
        label=_("What would you like?"),
        widget=forms.RadioSelect,
        choices=[
            *zip(quiet_spells.ANSWERS, (_("Let it rest for now"), _("Meet again")), strict=True),
            (quiet_spells.END, _("End it kindly")),
        ],
        error_messages={"required": _("Choose one of the three, or leave this page as it is.")},
    )


class KindForm(forms.Form):
    """Something lasting to propose; the kind it is now is left out."""

    def __init__(self, *args: Any, now: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = kind_texts.described(now)
        self.fields["kind"] = forms.ChoiceField(
            label=_("Make this"), widget=forms.RadioSelect, choices=choices, initial=choices[0][0]
        )
