"""Choosing somebody by name: written, and where several fit, picked from them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bothways.connections.queries import colleagues
from bothways.people.models import Person


class OnePerson(forms.Form):
    """`cleaned_data["person"]` is whoever was meant; None where the box was left empty and may be."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        error_messages={"required": _("Write a name first.")},
    )

    def __init__(self, *args: Any, looker: Person, leave_out: Iterable[Person] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.looker, self.leave_out = looker, list(leave_out)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        return found | {"person": self._meant(found.get("name", ""))}

    def _meant(self, name: str) -> Person | None:
        if not name:
            return None
        some = colleagues.named(self.looker, name, leave_out=self.leave_out)
        picked = [one for one in some if one.key == self.data.get("which")]
        if picked or len(some) == 1:
            return (picked or some)[0]
        self._offer(some)
        return None

    def _offer(self, some: list[Person]) -> None:
        if not some:
            self.add_error("name", _("Nobody here goes by that name. Try the first or the last name alone."))
            return
        self.fields["which"] = forms.ChoiceField(
            label=_("Whom do you mean?"),
            choices=[(one.key, colleagues.called(one)) for one in some],
            widget=forms.RadioSelect,
            required=False,
        )
        self.add_error("name", _("More than one person goes by that name. Pick one below."))
