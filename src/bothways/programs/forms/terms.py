"""What counts in a round: hard rules and soft weights, apart."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from bothways.programs.models import Round
from bothways.programs.rules import terms

DROPPABLE = [rule for rule in terms.RULES if not rule.always]


class TermsForm(forms.Form):
    """`rules` are those ticked; each weight is a field of its own."""

    rules = forms.MultipleChoiceField(
        required=False,
        label=_("These are never broken"),
        choices=[(rule.name, rule.words) for rule in DROPPABLE],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("One of these is no rule any more. Tick the others again.")},
    )
    says_what_is_optional = False

    def __init__(self, data: Any = None, *, round_: Round) -> None:
        strengths = {weight.name: weight.default for weight in terms.WEIGHTS} | round_.weights
        super().__init__(data, initial={"rules": terms.in_force(round_.rules), **strengths})
        for weight in terms.WEIGHTS:
            self.fields[weight.name] = forms.ChoiceField(
                label=weight.words,
                choices=list(terms.STRENGTH_WORDS.items()),
                error_messages={
                    "required": _("Say how much this counts."),
                    "invalid_choice": _("Pick one of those in the list."),
                },
            )

    def boxes(self) -> Iterator[BoundField]:
        """The soft weights, to be drawn one by one."""
        return (self[weight.name] for weight in terms.WEIGHTS)

    def weights(self) -> dict[str, str]:
        return {weight.name: self.cleaned_data[weight.name] for weight in terms.WEIGHTS}


class CompareForm(forms.Form):
    """Two rehearsals of a round, by their keys."""

    says_what_is_optional = False

    def __init__(self, data: Any = None, *, rehearsals: list[tuple[str, str]]) -> None:
        newest = [key for key, _said in rehearsals[:2]]
        super().__init__(data, initial=dict(zip(("b", "a"), newest, strict=False)))
        for name, label in (("a", _("This one")), ("b", _("beside this one"))):
            self.fields[name] = forms.ChoiceField(
                label=label,
                choices=rehearsals,
                error_messages={
                    "required": _("Pick two rehearsals."),
                    "invalid_choice": _("Pick a rehearsal out of the list."),
                },
            )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not self.errors and said["a"] == said["b"]:
            self.add_error("b", _("These are the same. Pick another one to see what differs."))
        return said
