"""What a program says of itself, who runs it, and how somebody takes part."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bothways.connections.rules.kind_texts import TEXTS
from bothways.connections.rules.kinds import Kind
from bothways.core import time
from bothways.people.forms.answers import seen_by
from bothways.people.models import Person
from bothways.programs.models import Participation, Program
from bothways.programs.queries import programs
from bothways.ui.forms import DateBox, Line

EARLIEST = timedelta(days=2 * 365)
LATEST = timedelta(days=10 * 365)


def _kinds() -> list[tuple[str, str]]:
    """Each with what it is, in words."""
    return [(kind.value, f"{capfirst(kind.label)}. {TEXTS[kind].about}") for kind in Kind]


class ProgramForm(forms.Form):
    name = Line(
        max_length=80,
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("As people will call it."),
        error_messages={"required": gettext_lazy("Give it a name first.")},
    )
    purpose = forms.CharField(
        max_length=1200,
        label=gettext_lazy("What it is for"),
        help_text=gettext_lazy("What people can expect of it, and what it asks of them. A few sentences."),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Say in a sentence what it is for.")},
    )
    kind = forms.ChoiceField(
        choices=_kinds,
        label=gettext_lazy("What people are introduced for"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Pick one; people may make something else of it later.")},
    )
    starts_on = forms.DateField(
        label=gettext_lazy("Begins on"),
        widget=DateBox,
        help_text=gettext_lazy("People may take part before it begins."),
        error_messages={
            "required": gettext_lazy("Pick the day it begins."),
            "invalid": gettext_lazy("Pick a day."),
        },
    )
    ends_on = forms.DateField(
        required=False,
        label=gettext_lazy("Ends on"),
        widget=DateBox,
        help_text=gettext_lazy("Nobody joins after this day. What people have found in each other goes on."),
        error_messages={"invalid": gettext_lazy("Pick a day, or leave it open.")},
    )

    def __init__(self, data: Any = None, *, by: Person, program: Program | None = None) -> None:
        kept = ("name", "purpose", "kind", "starts_on", "ends_on")
        self.today = time.today(by.organisation.time_zone)
        usual = {"kind": Kind.MENTORING, "starts_on": self.today}
        known = {field: getattr(program, field) for field in kept} if program else usual
        super().__init__(data, initial=known)
        everybody = _("Everybody in %(organisation)s.") % {"organisation": by.organisation.name}
        for name in ("name", "purpose"):
            seen_by(self.fields[name], everybody)

    def clean_starts_on(self) -> date:
        return self._sensible("starts_on")

    def clean_ends_on(self) -> date | None:
        return self._sensible("ends_on") if self.cleaned_data["ends_on"] else None

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        starts, ends = said.get("starts_on"), said.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("That is before it begins. Pick a later day, or leave it open."))
        return said

    def _sensible(self, name: str) -> date:
        day: date = self.cleaned_data[name]
        if not self.today - EARLIEST <= day <= self.today + LATEST:
            raise forms.ValidationError(_("That is far from today. Look at the year once more."))
        return day


class StewardsForm(forms.Form):
    """Who runs it; its people are in `chosen()`."""

    def __init__(self, data: Any = None, *, by: Person, program: Program) -> None:
        run = {"stewards": list(program.stewards.values_list("key", flat=True))}
        super().__init__(data, initial=run)
        self.people = {one.key: one for one in programs.stewards_of(by)}
        self.fields["stewards"] = forms.MultipleChoiceField(
            label=_("Who runs this program?"),
            widget=forms.CheckboxSelectMultiple,
            choices=[(one.key, _named(one)) for one in self.people.values()],
            error_messages={
                "required": _("A program needs at least one person who runs it. Tick somebody."),
                "invalid_choice": _("One of them is no steward here any more. Tick somebody else."),
            },
        )
        seen_by(
            self.fields["stewards"],
            _("Everybody in %(organisation)s sees who runs it.") % {"organisation": by.organisation.name},
        )

    def chosen(self) -> list[Person]:
        return [self.people[key] for key in self.cleaned_data["stewards"]]


def _named(person: Person) -> str:
    post = ", ".join(filter(None, [person.title, person.team.name if person.team else ""]))
    return f"{person.name}, {post}" if post else person.name


SEEK, GIVE, BOTH = "seek", "give", "both"


class PartForm(forms.Form):
    """How somebody takes part."""

    how = forms.ChoiceField(
        label=gettext_lazy("How would you like to take part?"),
        widget=forms.RadioSelect,
        choices=[
            (SEEK, gettext_lazy("I would like to be introduced to somebody")),
            (GIVE, gettext_lazy("I am glad to be there for somebody")),
            (BOTH, gettext_lazy("Both: I look for somebody, and am there for somebody else")),
        ],
        error_messages={
            "required": gettext_lazy("Pick one of the three. You can change it any time."),
            "invalid_choice": gettext_lazy("Pick one of the three. You can change it any time."),
        },
    )

    def __init__(self, data: Any = None, *, mine: Participation | None = None) -> None:
        super().__init__(data, initial={"how": _how(mine) if mine else ""})
        seen_by(
            self.fields["how"],
            _(
                "You and the stewards who run this program. They see that you take part, whom it would "
                "introduce you to and why, and can take that as a file with your address. "
                "They never learn what anybody answers."
            ),
        )

    @property
    def seeks(self) -> bool:
        return self.cleaned_data["how"] in (SEEK, BOTH)

    @property
    def gives(self) -> bool:
        return self.cleaned_data["how"] in (GIVE, BOTH)


def _how(mine: Participation) -> str:
    if mine.seeks:
        return BOTH if mine.gives else SEEK
    return GIVE if mine.gives else ""
