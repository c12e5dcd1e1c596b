"""The three short screens of the first visit."""

from datetime import time
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bothways.people.forms.answers import Giving, Topics, seen_by
from bothways.people.models import Person
from bothways.people.rules.hours import Shift, read
from bothways.ui.forms import TimeBox


def _everybody(person: Person) -> str:
    return _("Everybody in %(organisation)s.") % {"organisation": person.organisation.name}


class Bringing(Topics):
    field_order = ("brings", "topics", "others")

    brings = forms.CharField(
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        label=gettext_lazy("What I bring"),
        help_text=gettext_lazy("A sentence or two, as you would say it to a colleague."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "topics" in self.fields:
            self.fields["topics"].label = _("Ask me about")
        for field in self.fields.values():
            seen_by(
                field, _("Everybody in %(organisation)s.") % {"organisation": self.person.organisation.name}
            )


class Hoping(Topics):
    field_order = ("hopes", "topics", "others")

    hopes = forms.CharField(
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        label=gettext_lazy("What I hope for"),
        help_text=gettext_lazy("What would make it worth your while."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen_by(self.fields["hopes"], _everybody(self.person))
        first = "topics" if "topics" in self.fields else "others"
        self.fields[first].label = _("I would like to get better at")
        for name in ("topics", "others"):
            if name in self.fields:
                seen_by(self.fields[name], _("Only you, unless you show it on your page later."))


class Time(Giving):
    """The time budget and, roughly, the week."""

    days = forms.TypedMultipleChoiceField(
        required=False,
        coerce=int,
        choices=list(WEEKDAYS.items()),
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("My days"),
    )
    start = forms.TimeField(required=False, widget=TimeBox, initial=time(9), label=gettext_lazy("From"))
    end = forms.TimeField(required=False, widget=TimeBox, initial=time(17), label=gettext_lazy("Until"))

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, initial=self._said(person), **kwargs)
        self.person = person
        if person.answered_invitation:
            del self.fields["minutes"]
        for name in ("days", "start", "end"):
            seen_by(self.fields[name], _everybody(person))

    def _said(self, person: Person) -> dict[str, Any]:
        """What was said before, on one's own page."""
        week = read(person.hours)
        said: dict[str, Any] = {"minutes": person.budget_minutes} if person.confirmed_at else {}
        if week:
            said |= {"days": [shift.weekday for shift in week], "start": week[0].start, "end": week[0].end}
        return said

    def given(self) -> int:
        """Minutes a month: what is said here, or was in the invitation."""
        return int(self.cleaned_data.get("minutes", self.person.budget_minutes))

    def clean(self) -> dict[str, Any]:
        super().clean()
        start, end = self.cleaned_data.get("start"), self.cleaned_data.get("end")
        if self.cleaned_data.get("days") and start and start == end:
            self.add_error("end", _("It ends when it begins. Say another time."))
        return self.cleaned_data

    def hours(self) -> list[Shift]:
        start, end = self.cleaned_data["start"] or time(9), self.cleaned_data["end"] or time(17)
        return [Shift(day, start, end) for day in self.cleaned_data["days"]]
