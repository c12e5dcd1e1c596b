from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bothways.connections.forms import sees


class WhyForm(forms.Form):
    why = forms.CharField(
        label=_("Why you think of these two"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One sentence is enough: what each of them brings that the other might like."),
        error_messages={
            "required": _("Write a sentence; it is all they have to go by."),
            "max_length": _("Keep it to 600 characters, please."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sees.by(self, _("Both of them, with your name."), "why")
