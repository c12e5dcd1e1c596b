"""Whom to find."""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from bothways.people.queries.find import Wish
from bothways.people.rules import tongues

Languages = tuple[tuple[str, str], ...]
ANY = _("Any language")


class LanguageList(forms.Select):
    """The languages that somebody here speaks; another one only while it is chosen."""

    spoken: Languages = ()

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen, said = str(value or ""), dict(self.spoken)
        if chosen and chosen not in said:
            said |= {chosen: tongues.language_name(chosen)}
        rows = ((key, " selected" if key == chosen else "", label) for key, label in said.items())
        box = flatatt({**self.build_attrs(self.attrs, attrs), "name": name})
        options = format_html_join("", '<option value="{}"{}>{}</option>', rows)
        return format_html('<select{}><option value="">{}</option>{}</select>', box, ANY, options)


class Carried(forms.HiddenInput):
    """What an address narrows to, carried along; where it does not there is nothing to carry."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        return (
            format_html('<input type="hidden" name="{}" value="{}">', name, value)
            if value
            else SafeString("")
        )


def _known() -> list[tuple[str, str | Promise]]:
    return [("", ANY), *tongues.languages().items()]


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
        choices=_known,
        label=_("Who speaks"),
        widget=LanguageList,
    )
    team = forms.CharField(required=False, max_length=120, widget=Carried)
    topic = forms.SlugField(required=False, max_length=80, widget=Carried)

    def __init__(self, data: Any, *, spoken: Languages) -> None:
        super().__init__(data)
        self.several_languages = len(spoken) > 1
        self.fields["language"].widget.__dict__["spoken"] = spoken

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
