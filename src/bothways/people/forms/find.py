"""Whom to find."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bothways.people.queries.find import Wish
from bothways.people.rules import tongues


class Find(forms.Form):
    q = forms.CharField(
        required=False,
        max_length=120,
        label=_("Name, work, team or topic"),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    language = forms.ChoiceField(
        required=False, choices=[("", _("Any language")), *tongues.languages().items()], label=_("Who speaks")
    )
    team = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)
    topic = forms.SlugField(required=False, max_length=80, widget=forms.HiddenInput)

    def wish(self) -> Wish:
        """What is valid of it; a wish that makes no sense narrows nothing."""
        self.is_valid()
        said = self.cleaned_data
        return Wish(
            words=said.get("q", ""),
            team=said.get("team", ""),
            topic=said.get("topic", ""),
            language=said.get("language", ""),
        )
