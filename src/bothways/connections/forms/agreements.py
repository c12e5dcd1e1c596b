"""An agreement: one's own words, and what holds for both."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from bothways.connections.actions.agreements import Words
from bothways.connections.forms import sees
from bothways.connections.models import Agreement, Connection
from bothways.connections.rules import kind_texts, lifetimes
from bothways.core import time
from bothways.people.models import Person
from bothways.ui.forms import DateBox, Line

BOTH = ("cadence", "confidentiality", "boundaries", "review_on", "months")


def _text(label: Any, help_text: Any = "", rows: int = 3) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, max_length=600, required=False, widget=area)


class AgreementForm(forms.Form):
    upon = forms.IntegerField(label=_("Written upon"), widget=forms.HiddenInput, min_value=0, max_value=30000)
    brings = _text(_("What I bring"))
    hopes = _text(_("What I hope for"))
    cadence = Line(label=_("How often, how long"), max_length=120, required=False)
    confidentiality = _text(_("What stays between us"))
    boundaries = _text(_("What we leave out"))
    review_on = forms.DateField(
        label=_("When we look at this again"),
        required=False,
        widget=DateBox,
        help_text=_("Halfway through, if you leave it empty."),
    )

    def __init__(self, *args: Any, zone: str, other: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["months"] = forms.TypedChoiceField(
            label=_("For how long"), coerce=int, choices=months_in_words()
        )
        self.order_fields(["upon", "brings", "hopes", "cadence", "months", "review_on"])
        sees.by(self, sees.you_and(other), "brings", "hopes", "cadence", "confidentiality", "boundaries")

    def clean_review_on(self) -> Any:
        review = self.cleaned_data.get("review_on")
        if review and review <= time.today(self.zone):
            raise forms.ValidationError(_("That day has gone by. Choose one to come."))
        return review

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        review, months = found.get("review_on"), found.get("months")
        if review and months and review > lifetimes.months_later(time.today(self.zone), months):
            self.add_error("review_on", _("That is after the end. Choose a day before it, or a later end."))
        return found

    def words(self) -> Words:
        data = self.cleaned_data
        return Words(brings=data["brings"], hopes=data["hopes"], **{name: data[name] for name in BOTH})


def months_in_words() -> list[tuple[int, str]]:
    return [(months, ngettext("%d month", "%d months", months) % months) for months in lifetimes.MONTHS]


def first_words(connection: Connection, person: Person, latest: Agreement | None) -> dict[str, Any]:
    """What the boxes hold at first: the version before, or the profile and the kind's defaults."""
    if latest:
        side = latest.side(person)
        values = {name: getattr(latest, name) for name in BOTH}
        if latest.review_on and latest.review_on <= time.today(connection.organisation.time_zone):
            values["review_on"] = None
        mine = {name: getattr(latest, f"{side}_{name}") for name in ("brings", "hopes")}
        return {**values, **mine, "upon": latest.version}
    text = kind_texts.text_of(connection.kind)
    return {
        "upon": 0,
        "brings": person.brings,
        "hopes": person.hopes,
        "cadence": text.cadence,
        "confidentiality": text.confidentiality,
        "boundaries": text.boundaries,
        "months": text.months,
    }
