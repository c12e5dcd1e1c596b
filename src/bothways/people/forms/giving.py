"""The time budget: a few amounts in words, or one's own in minutes."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bothways.people.actions.budgets import MOST
from bothways.people.forms.answers import seen_by
from bothways.people.rules.giving import BUDGETS

OTHER = -1


class TimeBudget(forms.Form):
    amount = forms.TypedChoiceField(
        coerce=int,
        choices=(*BUDGETS, (OTHER, gettext_lazy("Another amount"))),
        widget=forms.RadioSelect,
        label=gettext_lazy("How much time can you give?"),
        help_text=gettext_lazy("All together, whatever it is for."),
    )
    minutes = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=MOST,
        label=gettext_lazy("Another amount, in minutes a month"),
        error_messages={
            "max_value": gettext_lazy("That is more than forty hours. Who would do your work?"),
            "min_value": gettext_lazy("Less than nothing is hard to give. Did you mean 0?"),
        },
    )

    def __init__(self, data: Any = None, *, minutes: int) -> None:
        named = any(minutes == amount for amount, _words in BUDGETS)
        begin = {"amount": minutes} if named else {"amount": OTHER, "minutes": minutes}
        super().__init__(data, initial=begin)
        seen_by(self.fields["amount"], _("Only you. A month that is full is simply not asked."))
        seen_by(self.fields["minutes"], _("Only you."))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("amount") == OTHER and cleaned.get("minutes") is None and "minutes" not in self.errors:
            self.add_error("minutes", _("How many minutes? 90 is an hour and a half."))
        return cleaned

    def chosen(self) -> int:
        amount = int(self.cleaned_data["amount"])
        return int(self.cleaned_data["minutes"]) if amount == OTHER else amount
