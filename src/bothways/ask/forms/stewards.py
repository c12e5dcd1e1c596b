"""Asking a steward quietly, and replying."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bothways.ask.matchmaking.suggesting import Suggested
from bothways.people.models import Person
from bothways.people.queries.confidants import Confidant

LONGEST = 2000


class StewardForm(forms.Form):
    text = forms.CharField(
        label=_("What would you like to tell them?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
        error_messages={"required": _("Write a sentence, so that they know what it is about.")},
    )

    def __init__(self, *args: Any, stewards: Sequence[Confidant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stewards = {steward.person.key: steward.person for steward in stewards}
        self.fields["steward"] = forms.ChoiceField(
            label=_("Whom would you like to ask?"),
            widget=forms.RadioSelect,
            choices=[(steward.person.key, str(steward)) for steward in stewards],
            error_messages={
                "required": _("Choose the person who will read it."),
                "invalid_choice": _("This person cannot be asked any more. Choose another one."),
            },
        )
        self.order_fields(["steward", "text"])
        self.fields["text"].__dict__["sees"] = _(
            "You and the one person you choose. It is confidential, not anonymous: whoever runs the server "
            "could find it there."
        )

    def chosen(self) -> Person:
        return self.stewards[self.cleaned_data["steward"]]


class ReplyForm(forms.Form):
    reply = forms.CharField(
        label=_("Your reply"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write a few words first.")},
    )

    def __init__(self, *args: Any, author: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sees = _("You and %(name)s.") % {"name": author.name}
        self.fields["reply"].__dict__["sees"] = sees


class IntroduceForm(forms.Form):
    """Whom the steward would introduce to somebody who asked, and why."""

    why = forms.CharField(
        label=_("Why these two? Both will read it"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("A sentence why makes it easier to say yes.")},
    )

    def __init__(self, *args: Any, found: Sequence[Suggested], author: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {each.person.key: each.person for each in found}
        self.fields["person"] = forms.ChoiceField(
            label=_("Introduce somebody"),
            widget=forms.RadioSelect,
            choices=[(each.person.key, _said_of(each)) for each in found],
            error_messages={
                "required": _("Choose whom to introduce."),
                "invalid_choice": _("This person cannot be introduced just now. Choose another one."),
            },
        )
        self.order_fields(["person", "why"])
        sees = _("%(name)s, the person you choose, and you.") % {"name": author.name}
        self.fields["why"].__dict__["sees"] = sees

    def chosen(self) -> Person:
        return self.people[self.cleaned_data["person"]]


def _said_of(found: Suggested) -> str:
    person = found.person
    named = f"{person.name}, {person.title}" if person.title else person.name
    return f"{named}. {found.why}" if found.why else named
