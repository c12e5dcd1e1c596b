"""Whom to find."""

from functools import lru_cache
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bothways.people.queries.find import Wish
from bothways.people.rules import tongues


class LanguageList(forms.Select):
    """Draws a hundred options in one go, where Django's would take a template for each."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        box = flatatt({**self.build_attrs(self.attrs, attrs), "name": name})
        return format_html("<select{}>{}</select>", box, _options(str(value or ""), get_language()))


class Carried(forms.HiddenInput):
    """What an address narrows to, carried along; where it does not there is nothing to carry."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        return (
            format_html('<input type="hidden" name="{}" value="{}">', name, value)
            if value
            else SafeString("")
        )


def _spoken() -> list[tuple[str, str | Promise]]:
    return [("", _("Any language")), *tongues.languages().items()]


@lru_cache(maxsize=256)
def _options(chosen: str, _said_in: str) -> SafeString:
    """The same for everybody who reads in the same language."""
    rows = ((key, " selected" if key == chosen else "", label) for key, label in _spoken())
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)


class Find(forms.Form):
    says_what_is_optional = False

    q = forms.CharField(
        required=False,
        max_length=120,
        label=_("Name, work, team or topic"),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    language = forms.ChoiceField(
        required=False,
        choices=_spoken,
        label=_("Who speaks"),
        widget=LanguageList,
    )
    team = forms.CharField(required=False, max_length=120, widget=Carried)
    topic = forms.SlugField(required=False, max_length=80, widget=Carried)

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
