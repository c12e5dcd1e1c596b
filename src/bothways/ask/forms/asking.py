"""The one box, and the note that will be read."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bothways.ask.forms.keys import Keys
from bothways.ask.rules import notes
from bothways.ask.sources import Group, Inquiry
from bothways.connections.rules.kinds import Kind
from bothways.people.models import Person

LONGEST = 1200
NOTHING = "nothing"
Topics = Sequence[tuple[str, str]]  # keys and names


class SentenceForm(forms.Form):
    """What I would like help with. Posted, never in an address, stored only when its author presses."""

    sentence = forms.CharField(
        label=_("What would you like help with?"),
        max_length=LONGEST,
        widget=forms.Textarea(
            attrs={"rows": 3, "autocomplete": "off", "placeholder": _("In your own words. It may be clumsy.")}
        ),
        error_messages={
            "required": _("Write a few words, so that we know whom to suggest."),
            "max_length": _(
                "That is longer than we can read at once. %(limit_value)d characters say a lot; "
                "this has %(show_value)d."
            ),
        },
    )
    topics = Keys()
    struck = Keys()
    strike = Keys()
    with_line = forms.BooleanField(
        label=_("People in my reporting line may be suggested too"), required=False
    )

    def __init__(self, *args: Any, organisation: str, may_be_empty: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sentence"].required = not may_be_empty
        self.fields["sentence"].__dict__["sees"] = _("Only you. Not even the people we suggest.")
        self.fields["sentence"].widget.attrs |= {
            "data-hx-post": reverse_lazy("ask_suggestions", kwargs={"organisation": organisation}),
            "data-hx-trigger": "input changed delay:350ms",
            "data-hx-target": "#suggestions",
            "data-hx-include": "closest form",
            "data-hx-sync": "this:replace",
        }

    def inquiry(self, person: Person) -> Inquiry:
        cleaned = getattr(self, "cleaned_data", {})
        return Inquiry(
            person=person,
            sentence=cleaned.get("sentence", ""),
            topics=cleaned.get("topics", ()),
            struck=frozenset([*cleaned.get("struck", ()), *cleaned.get("strike", ())]),
            with_line=cleaned.get("with_line", False),
        )


class Told(forms.ChoiceField):
    """One of its choices always stands; whoever sends none of them tells nothing."""

    def clean(self, value: Any) -> str:
        return str(super().clean(value or NOTHING))


class NoteForm(forms.Form):
    """The note, whom we may ask, and how."""

    kind = forms.ChoiceField(
        label=_("What are you looking for?"),
        choices=Kind.choices,
        initial=Kind.CONVERSATION,
        widget=forms.RadioSelect,
    )
    alone = forms.BooleanField(
        label=_("Ask one person at a time"),
        required=False,
        help_text=_("It may take a little longer. Nobody else is asked while one person thinks about it."),
    )
    tell = Told()
    note = forms.CharField(
        label=_("The note that will be read"),
        max_length=notes.LONGEST,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        error_messages={"required": _("Write a line or two, so that they know what it is about.")},
    )
    people = Keys()

    def __init__(
        self, *args: Any, opening: str, only: Person | None = None, theirs: Topics = (), **kwargs: Any
    ) -> None:
        """`opening`: the note as it begins by itself. `theirs`: what the one who is asked offers."""
        super().__init__(*args, **kwargs)
        as_given = str(self["note"].value() or "").strip() == opening
        self.fields["tell"] = _told(as_given=as_given, only=only, theirs=theirs)
        self.fields["people"].label = Group.PEOPLE.label
        self.fields["people"].widget.attrs["id"] = Group.PEOPLE.anchor
        self.fields["note"].__dict__["sees"] = _sees(only)

    def settings(self) -> dict[str, Any]:
        """How to ask, as the verb wants it."""
        cleaned = self.cleaned_data
        return {
            "kind": cleaned["kind"],
            "note": cleaned["note"],
            "one_at_a_time": cleaned["alone"],
            "tell_topic": cleaned["tell"] != NOTHING,
        }

    def topic_said(self) -> str:
        """Which of their topics the author says to the one person they ask."""
        said = str(getattr(self, "cleaned_data", {}).get("tell", NOTHING))
        return "" if said in (NOTHING, "on") else said

    def clean_people(self) -> tuple[str, ...]:
        chosen: tuple[str, ...] = self.cleaned_data["people"]
        if not chosen:
            raise forms.ValidationError(_("Tick at least one person whom we may ask."))
        return chosen


def _sees(only: Person | None) -> str:
    if only:
        return gettext(
            "You and %(name)s, who also sees your name, photo, pronouns, title and team, and what you bring."
        ) % {"name": only.name}
    return gettext(
        "You, and each person we ask. "
        "They also see your name, photo, pronouns, title and team, and what you bring."
    )


def _told(*, as_given: bool, only: Person | None, theirs: Topics) -> Told:
    """The choice that stands before the button: nothing of the matter is said unless its author says so."""
    topics = [(key, gettext("Say that it is about %(topic)s") % {"topic": name}) for key, name in theirs]
    said: list[tuple[str, Any]] = topics if only else [("on", _("Say the topic"))]
    return Told(
        label=_("Do they read what it is about?"),
        choices=[*said, (NOTHING, _("Say nothing about it"))],
        initial=NOTHING,
        widget=forms.RadioSelect,
        help_text=_("Your note does not say it yet: without the topic they cannot tell.")
        if as_given
        else _("The topic is one that they offer themselves. Of what you typed above they read nothing."),
    )
