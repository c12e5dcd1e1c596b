"""An agreement: one's own words, and what holds for both."""

from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from bothways.connections.actions.agreements import Words
from bothways.connections.forms import sees
from bothways.connections.models import Agreement, Connection
from bothways.connections.rules import kind_texts, lifetimes
from bothways.connections.rules.kinds import Kind
from bothways.core import time
from bothways.people.models import Person
from bothways.ui.forms import DateBox, Line

TERM = ("months", "review_on")
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

    def __init__(self, *args: Any, zone: str, between: Connection, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.folds_its_term = between.kind == Kind.CONVERSATION
        self.fields["brings"].help_text = _on_your_page(by.brings)
        self.fields["hopes"].help_text = _on_your_page(by.hopes)
        self.fields["months"] = forms.TypedChoiceField(
            label=_("For how long"), coerce=int, choices=months_in_words()
        )
        self.order_fields(["upon", "brings", "hopes", "cadence", "months", "review_on"])
        sees.by(
            self,
            sees.you_and(between.other(by)),
            "brings",
            "hopes",
            "cadence",
            "confidentiality",
            "boundaries",
        )

    def own_boxes(self) -> list[forms.BoundField]:
        """All but how long it lasts, where that is folded away."""
        return [box for box in self.visible_fields() if not (self.folds_its_term and box.name in TERM)]

    def term_boxes(self) -> list[forms.BoundField]:
        return [self[name] for name in TERM] if self.folds_its_term else []

    def opened(self) -> bool:
        return any(name in self.errors for name in TERM)

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


def _on_your_page(text: str) -> str:
    """What somebody says of themselves, to take words from; it may be about something else."""
    if not text:
        return gettext("In your own words. You may leave it open.")
    return gettext("In your own words. You wrote on your page: “%(text)s”") % {"text": text}


def months_in_words() -> list[tuple[int, str]]:
    return [(months, ngettext("%d month", "%d months", months) % months) for months in lifetimes.MONTHS]


def first_words(connection: Connection, person: Person, latest: Agreement | None) -> dict[str, Any]:
    """What the boxes hold at first: the version before, or the kind's defaults and nothing of one's own."""
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
        "cadence": text.cadence,
        "confidentiality": text.confidentiality,
        "boundaries": text.boundaries,
        "months": text.months,
    }
