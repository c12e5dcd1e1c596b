"""Usual hours: a line for Monday to Friday, and one for each day that is different."""

from collections import Counter
from collections.abc import Iterable
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from bothways.people.models import Person
from bothways.people.rules.hours import Shift, read
from bothways.ui.forms import TimeBox

WORKDAYS = range(5)
WEEK = "week"
FEWEST_ALIKE = 2
Span = tuple[time, time]


class Hours(forms.Form):
    def __init__(self, data: Any = None, *, person: Person) -> None:
        super().__init__(data)
        kept = {shift.weekday: (shift.start, shift.end) for shift in reversed(read(person.hours))}
        usual = _usual(kept)
        self._add_line(WEEK, _("Monday to Friday"), usual)
        for weekday, name in WEEKDAYS.items():
            own = kept.get(weekday)
            self._add_line(str(weekday), str(name), None if weekday in WORKDAYS and own == usual else own)
        self.fields["free"] = forms.MultipleChoiceField(
            label=_("Usually not at work on"),
            choices=[(str(weekday), WEEKDAYS[weekday]) for weekday in WORKDAYS],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            initial=[str(weekday) for weekday in WORKDAYS if usual and weekday not in kept],
        )
        self.differs = self.is_bound or any(self[name].initial for name in self.fields if WEEK not in name)

    def _add_line(self, line: str, name: str, span: Span | None) -> None:
        labels = {"start": _("%(day)s from"), "end": _("%(day)s until")}
        for end, initial in zip(labels, span or (None, None), strict=True):
            self.fields[f"{end}_{line}"] = forms.TimeField(
                required=False, widget=TimeBox, label=labels[end] % {"day": name}, initial=initial
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for line, name in ((WEEK, _("Monday to Friday")), *WEEKDAYS.items()):
            start, end = cleaned.get(f"start_{line}"), cleaned.get(f"end_{line}")
            if (start is None) != (end is None) and not self._wrong(str(line)):
                missing = "end" if end is None else "start"
                self.add_error(
                    f"{missing}_{line}",
                    ValidationError(_("%(day)s needs both times, or neither."), params={"day": name}),
                )
            elif start is not None and start == end:
                self.add_error(f"end_{line}", _("It ends when it begins. Leave both empty for a free day."))
        return cleaned

    def shifts(self) -> list[Shift]:
        """What a day says for itself comes before what is said of all workdays."""
        spans = {weekday: self._span(str(weekday)) or self._usual_on(weekday) for weekday in WEEKDAYS}
        return [Shift(weekday, *span) for weekday, span in spans.items() if span]

    def _usual_on(self, weekday: int) -> Span | None:
        works = weekday in WORKDAYS and str(weekday) not in self.cleaned_data["free"]
        return self._span(WEEK) if works else None

    def _span(self, line: str) -> Span | None:
        start, end = self.cleaned_data.get(f"start_{line}"), self.cleaned_data.get(f"end_{line}")
        return (start, end) if start is not None and end is not None else None

    def week(self) -> tuple[str, Any, Any]:
        """The first line of the page, with its two boxes."""
        return _("Monday to Friday"), self[f"start_{WEEK}"], self[f"end_{WEEK}"]

    def days(self) -> Iterable[tuple[str, Any, Any]]:
        """Each weekday with its two boxes, for a page that puts them beside each other."""
        for weekday, name in WEEKDAYS.items():
            yield str(name), self[f"start_{weekday}"], self[f"end_{weekday}"]

    def _wrong(self, line: str) -> bool:
        return bool({f"start_{line}", f"end_{line}"} & self.errors.keys())


def _usual(kept: dict[int, Span]) -> Span | None:
    """The hours that several workdays share."""
    common = Counter(kept[weekday] for weekday in WORKDAYS if weekday in kept).most_common(1)
    return common[0][0] if common and common[0][1] >= FEWEST_ALIKE else None
