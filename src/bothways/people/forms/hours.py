"""Usual hours: a line for each weekday, a start and an end; empty means not at work."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from bothways.people.models import Person
from bothways.people.rules.hours import Shift, read
from bothways.ui.forms import TimeBox


class Hours(forms.Form):
    def __init__(self, data: Any = None, *, person: Person) -> None:
        super().__init__(data)
        first = {shift.weekday: shift for shift in reversed(read(person.hours))}
        for weekday, name in WEEKDAYS.items():
            shift = first.get(weekday)
            for end, label, initial in (
                ("start", _("%(day)s from"), shift and shift.start),
                ("end", _("%(day)s until"), shift and shift.end),
            ):
                self.fields[f"{end}_{weekday}"] = forms.TimeField(
                    required=False, widget=TimeBox, label=label % {"day": name}, initial=initial
                )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for weekday, name in WEEKDAYS.items():
            start, end = cleaned.get(f"start_{weekday}"), cleaned.get(f"end_{weekday}")
            if (start is None) != (end is None) and not self._wrong(weekday):
                missing = "end" if end is None else "start"
                self.add_error(
                    f"{missing}_{weekday}",
                    ValidationError(_("%(day)s needs both times, or neither."), params={"day": name}),
                )
            elif start is not None and start == end:
                self.add_error(
                    f"end_{weekday}", _("It ends when it begins. Leave both empty for a free day.")
                )
        return cleaned

    def shifts(self) -> list[Shift]:
        kept = self.cleaned_data
        return [
            Shift(weekday, kept[f"start_{weekday}"], kept[f"end_{weekday}"])
            for weekday in WEEKDAYS
            if kept.get(f"start_{weekday}") is not None
        ]

    def days(self) -> Iterable[tuple[str, Any, Any]]:
        """Each weekday with its two boxes, for a page that puts them beside each other."""
        for weekday, name in WEEKDAYS.items():
            yield str(name), self[f"start_{weekday}"], self[f"end_{weekday}"]

    def _wrong(self, weekday: int) -> bool:
        return bool({f"start_{weekday}", f"end_{weekday}"} & self.errors.keys())
