"""Whom to find."""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from bothways.people.queries.find import Wish
from bothways.people.rules import tongues


class LongList(forms.Select):
    """Draws a hundred options in one go, where Django's would take a template for each."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = str(value or "")
        rows = ((key, " selected" if str(key) == chosen else "", label) for key, label in self.choices)
        options = format_html_join("", '<option value="{}"{}>{}</option>', rows)
        box = flatatt({**self.build_attrs(self.attrs, attrs), "name": name})
        return format_html("<select{}>{}</select>", box, options)


class Find(forms.Form):
    q = forms.CharField(
        required=False,
        max_length=120,
        label=_("Name, work, team or topic"),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    language = forms.ChoiceField(
        required=False,
        choices=[("", _("Any language")), *tongues.languages().items()],
        label=_("Who speaks"),
        widget=LongList,
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
