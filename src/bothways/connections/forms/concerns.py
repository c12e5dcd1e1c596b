"""Something is wrong: whom to tell, and what."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bothways.connections.forms import sees
from bothways.people.models import Person
from bothways.people.queries.confidants import Confidant

LIMIT = 4000


class ConcernForm(forms.Form):
    text = forms.CharField(
        label=_("What is wrong"),
        max_length=LIMIT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("In your own words, as much or as little as you like."),
        error_messages={"required": _("Write a sentence, so that they know what it is about.")},
    )

    def __init__(self, *args: Any, listeners: Sequence[Confidant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.listeners = {listener.person.key: listener.person for listener in listeners}
        self.fields["to"] = forms.ChoiceField(
            label=_("Whom would you like to tell?"),
            widget=forms.RadioSelect,
            choices=[(listener.person.key, str(listener)) for listener in listeners],
            error_messages={
                "required": _("Choose the person who will read it."),
                "invalid_choice": _("This person can no longer be told. Choose somebody else."),
            },
        )
        self.order_fields(["to", "text"])
        sees.by(self, _("You and the one person you choose here."), "text")

    def listener(self) -> Person:
        return self.listeners[self.cleaned_data["to"]]


class ReplyForm(forms.Form):
    reply = forms.CharField(
        label=_("Your reply"),
        max_length=LIMIT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write a few words first.")},
    )

    def __init__(self, *args: Any, teller: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sees.by(self, sees.you_and(teller), "reply")
