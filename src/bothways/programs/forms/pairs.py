"""Two people of a rehearsal, each by name; where several are called so, picked from them."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bothways.connections.queries.colleagues import called
from bothways.people.models import Person
from bothways.programs.models import Program
from bothways.programs.queries import programs

NOBODY = {
    "seeker": gettext_lazy("Nobody who looks for somebody here is called that. Try a part of the name."),
    "giver": gettext_lazy("Nobody who is there for somebody here is called that. Try a part of the name."),
}
OTHER_SIDE = {
    "seeker": gettext_lazy("In this program they are there for others, and look for nobody themselves."),
    "giver": gettext_lazy("In this program they look for somebody, and are not there for others."),
}


class TwoForm(forms.Form):
    """`chosen()` is the two, where it is clear who is meant."""

    says_what_is_optional = False
    seeker = forms.CharField(
        label=gettext_lazy("Who looks for somebody"),
        max_length=120,
        error_messages={"required": gettext_lazy("Write a name first.")},
    )
    giver = forms.CharField(
        label=gettext_lazy("Who is there for somebody"),
        max_length=120,
        error_messages={"required": gettext_lazy("Write a name first.")},
    )

    def __init__(self, data: Any = None, *, program: Program) -> None:
        super().__init__(data)
        self.program = program
        self.meant: dict[str, Person] = {}

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        for side in ("seeker", "giver"):
            if said.get(side):
                self._look_up(side, said[side])
        if len(self.meant) > 1 and self.meant["seeker"] == self.meant["giver"]:
            self.add_error("giver", _("These are one person. Pick somebody else."))
        return said

    def chosen(self) -> tuple[Person, Person]:
        return self.meant["seeker"], self.meant["giver"]

    def _look_up(self, side: str, name: str) -> None:
        found = programs.called_so(self.program, name, side)
        picked = [one for one in found if one.key == self.data.get(f"which_{side}")]
        if picked or len(found) == 1:
            self.meant[side] = (picked or found)[0]
        elif not found:
            other = "giver" if side == "seeker" else "seeker"
            there = programs.called_so(self.program, name, other)
            self.add_error(side, str((OTHER_SIDE if there else NOBODY)[side]))
        else:
            self._offer(side, found)

    def _offer(self, side: str, found: list[Person]) -> None:
        self.fields[f"which_{side}"] = forms.ChoiceField(
            label=_("Whom do you mean?"),
            choices=[(one.key, called(one)) for one in found],
            widget=forms.RadioSelect,
            required=False,
        )
        self.order_fields(["seeker", "which_seeker", "giver", "which_giver"])
        self.add_error(side, _("More than one person is called that. Pick one below."))
