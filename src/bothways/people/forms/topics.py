from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bothways.people.models import Topic
from bothways.people.queries.topics import of_name
from bothways.ui.forms import Line


class Sought(forms.Form):
    """Which topics to show."""

    says_what_is_optional = False

    q = forms.CharField(required=False, max_length=80, label=_("Name or word"))
    group = forms.ChoiceField(
        required=False, choices=[("", _("All of them")), *Topic.Group.choices], label=_("Kind")
    )


class Named(forms.Form):
    """A topic's name, its kind, and the words that people really use for it."""

    name = Line(max_length=120, label=_("Name"))
    group = forms.ChoiceField(choices=Topic.Group.choices, label=_("Kind"))
    aliases = forms.CharField(
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 6}),
        label=_("What people say"),
        help_text=_("One a line: words and phrases by which somebody who needs it would look for it."),
    )

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_aliases(self) -> list[str]:
        lines = (" ".join(line.split()) for line in self.cleaned_data["aliases"].splitlines())
        return list(dict.fromkeys(line[:120] for line in lines if line))


class Merged(forms.Form):
    """The topic that takes another one's place, by its name."""

    into = forms.CharField(max_length=120, label=_("Make it one with"))

    def __init__(self, *args: Any, topic: Topic, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topic = topic
        self.fields["into"].widget.attrs["list"] = "topics"

    def clean_into(self) -> Topic:
        into = of_name(self.topic.organisation_id, self.cleaned_data["into"], but=self.topic.pk)
        if into is None:
            raise forms.ValidationError(
                _("No other topic is called that. Begin to type, and pick one of the names.")
            )
        return into
