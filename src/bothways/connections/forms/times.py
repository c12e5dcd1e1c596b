"""Times as people give them: suggested ones to tick, other ones on their own clock."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from bothways.connections.forms import sees
from bothways.connections.rules import scheduling
from bothways.core import time
from bothways.people.models import Person
from bothways.ui import moments
from bothways.ui.forms import Line, MomentBox

LENGTHS = (20, 30, 45, 60, 90)
FAR = 2 * scheduling.FURTHEST
OTHER = ("other_1", "other_2", "other_3")


class LocalMoment(forms.Field):
    """A day and a time on the clock of a zone; hours that clocks jump over are said kindly."""

    widget = MomentBox

    def __init__(self, zone: str, **kwargs: Any) -> None:
        self.zone = zone
        super().__init__(**kwargs)

    def clean(self, value: Any) -> datetime | None:
        value = (value or "").strip()
        if not value:
            if self.required:
                raise forms.ValidationError(_("Say a day and a time."))
            return None
        try:
            local = datetime.fromisoformat(value).replace(tzinfo=None, second=0, microsecond=0)
            start = scheduling.at_local(self.zone, local.date(), local.time())
            return _to_come(start or self._jumped(local), self.zone)
        except (ValueError, OverflowError):
            raise forms.ValidationError(
                _("We can't read this time. Write it like 2027-03-03 09:00.")
            ) from None

    def _jumped(self, local: datetime) -> datetime:
        meant = scheduling.after_the_jump(self.zone, local.date(), local.time())
        raise forms.ValidationError(
            _("Clocks go forward in that hour, so this time does not exist. Did you mean %(time)s?"),
            params={"time": moments.said(meant)},
        )


def _to_come(start: datetime, zone: str) -> datetime:
    now = time.now()
    if start <= now:
        raise forms.ValidationError(
            _("That time has gone by. Did you mean %(time)s?"),
            params={"time": moments.said(scheduling.next_alike(start, now=now, zone=zone))},
        )
    if start > now + scheduling.FURTHEST:
        raise forms.ValidationError(_("That is more than a year away. Choose a time within the year."))
    return start


class Suggested(forms.MultipleChoiceField):
    """Times offered to tick. One ticked a moment ago stays good although we would suggest others now."""

    widget = forms.CheckboxSelectMultiple

    def validate(self, value: Any) -> None:
        """None ticked is for the form to judge: other times do as well."""
        if value:
            super().validate(value)

    def valid_value(self, value: Any) -> bool:
        return _read(str(value)) is not None


def _read(written: str) -> datetime | None:
    """A moment that anybody could have ticked; near the edge of the calendar no other zone can say it."""
    try:
        moment = datetime.fromisoformat(written)
        return moment.astimezone(UTC) if moment.tzinfo and abs(moment - time.now()) < FAR else None
    except (ValueError, OverflowError):
        return None


class TimesForm(forms.Form):
    """Up to three times: our suggestions, or others."""

    label_of_starts = _("Times that should suit you both")

    def __init__(
        self, *args: Any, person: Person, other: Person, suggested: Sequence[datetime], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.other = person, other
        self.starts = Suggested(label=self.label_of_starts)
        self.fields["starts"] = self.starts
        ticked = (self["starts"].data or [])[:9]
        known = sorted({*suggested, *filter(None, map(_read, ticked))})
        self.starts.choices = [(start.isoformat(), self._in_words(start)) for start in known]
        self.starts.initial = [start.isoformat() for start in suggested]
        for place, name in enumerate(OTHER, start=1):
            label = _("Another time") if place == 1 else _("And another")
            self.fields[name] = LocalMoment(person.time_zone, label=label, required=False)

    def suggested_box(self) -> forms.BoundField:
        return self["starts"]

    def other_boxes(self) -> list[forms.BoundField]:
        return [self[name] for name in OTHER]

    def opened(self) -> bool:
        """Whether the boxes for other times are shown at once: something is in them, or nothing above."""
        written = any(self.data.get(name) for name in OTHER) if self.is_bound else False
        return written or not self.starts.choices

    def _in_words(self, start: datetime) -> str:
        if moments.one_clock(start, self.other.time_zone):
            return moments.said(start)
        clocks = moments.both_clocks(start, self.other.time_zone)
        return _("%(day)s: %(clocks)s") % {"day": moments.day(start), "clocks": clocks}

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        ticked = [_read(start) for start in found.get("starts", [])]
        others = [found.get(name) for name in OTHER]
        times = sorted({start for start in [*ticked, *others] if start})
        if not self.errors:
            self._check(times)
        return found | {"times": times}

    def _check(self, times: list[datetime]) -> None:
        for start in times:
            _to_come(start, self.person.time_zone)
        if not times:
            raise forms.ValidationError(_("Choose at least one time, or write another one."))
        if len(times) > scheduling.MOST_TIMES:
            raise forms.ValidationError(_("Three times are enough to choose from. Take one or two away."))


class ProposeForm(TimesForm):
    """Times for a meeting, how long, and where."""

    where = Line(
        label=_("Where, or a link"),
        max_length=300,
        required=False,
        help_text=_("A room, a café, a call. It can be settled later."),
    )

    def __init__(self, *args: Any, minutes: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lengths = sorted({*LENGTHS, minutes})
        self.fields["minutes"] = forms.TypedChoiceField(
            label=_("How long"),
            coerce=int,
            initial=minutes,
            choices=[(length, ngettext("%d minute", "%d minutes", length) % length) for length in lengths],
        )


class PlaceForm(forms.Form):
    where = Line(label=_("A place, or a link"), max_length=300, required=False)

    def __init__(self, *args: Any, other: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sees.by(self, sees.you_and(other), "where")
