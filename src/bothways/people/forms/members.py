from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bothways.people.forms.answers import seen_by
from bothways.people.models import Person
from bothways.people.queries.members import AWAY, LOOKING_AFTER, meant
from bothways.ui.forms import Line

THEIRS = _(
    "They have been here meanwhile, and say themselves what they are called. Title and team you may keep."
)


class Sought(forms.Form):
    """Whom to show."""

    says_what_is_optional = False

    q = forms.CharField(required=False, max_length=120, label=_("Name or address"))
    state = forms.ChoiceField(
        required=False,
        choices=[
            ("", _("Everybody")),
            *((state, capfirst(said)) for state, said in Person.State.choices),
            (AWAY, _("Away today")),
            (LOOKING_AFTER, _("Steward or administrator")),
        ],
        label=_("Who is"),
    )


class Role(forms.Form):
    """What somebody may do for the organisation."""

    role = forms.ChoiceField(
        choices=[
            (Person.Role.MEMBER, _("Member")),
            (Person.Role.STEWARD, _("Steward: invites, keeps topics, sees what is missing")),
            (Person.Role.ADMINISTRATOR, _("Administrator: a steward who also changes roles and suspends")),
        ],
        widget=forms.RadioSelect,
        label=_("Role"),
    )


class _Listed(forms.Form):
    """What the organisation itself says of somebody."""

    name = Line(max_length=120, label=_("Name"))
    title = Line(required=False, max_length=120, label=_("Title"))
    team = Line(required=False, max_length=120, label=_("Team"))

    def __init__(self, data: Any = None, *, by: Person, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        everybody = gettext("Everybody in %(organisation)s.") % {"organisation": by.organisation.name}
        for name in ("name", "title", "team"):
            seen_by(self.fields[name], everybody)


class Mended(_Listed):
    """What a list got wrong of somebody. Whoever has been here says themselves what they are called."""

    def __init__(self, data: Any = None, *, by: Person, member: Person) -> None:
        team = member.team.name if member.team else ""
        shown = {"name": member.name, "title": member.title, "team": team}
        super().__init__(data, by=by, initial=shown)
        for name, value in shown.items():
            was = forms.CharField(required=False, widget=forms.HiddenInput, initial=value)
            self.fields[f"was_{name}"] = was
        self.member = member
        if not member.is_on_a_list_alone:
            del self.fields["name"]

    def clean(self) -> None:
        if "name" not in self.fields and self.data.get("name", self.member.name) != self.member.name:
            self.add_error(None, THEIRS)

    def changes(self) -> dict[str, str]:
        """What is not as it was shown. Whatever its owner has changed meanwhile stays as they have it."""
        said = {name: self.cleaned_data[name] for name in ("name", "title", "team") if name in self.fields}
        return {
            name: value
            for name, value in said.items()
            if value != self.data.get(f"was_{name}", self.initial[name])
        }


class Added(_Listed):
    """Somebody who belongs here and is not on the list yet."""

    email = forms.EmailField(max_length=254, label=_("Address at work"))
    field_order = ("name", "email", "title", "team")

    def __init__(self, data: Any = None, *, by: Person) -> None:
        super().__init__(data, by=by)
        seen_by(self.fields["email"], _("Stewards and administrators. They show it to others if they like."))


class Manager(forms.Form):
    """Whom somebody reports to: written, and where several are called so, picked from them."""

    manager = forms.CharField(
        required=False,
        max_length=254,
        label=_("Manager"),
        help_text=_("A name or an address. Leave it empty where there is none."),
    )

    def __init__(self, data: Any = None, *, member: Person) -> None:
        super().__init__(data, initial={"manager": member.manager.email if member.manager else ""})
        self.member = member
        self.fields["manager"].__dict__["sees"] = _("Administrators.")

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        return found | {"manager": self._meant(found.get("manager", ""))}

    def _meant(self, said: str) -> Person | None:
        some = meant(self.member, said) if said else []
        picked = [one for one in some if one.key == self.data.get("which")]
        if picked or len(some) == 1:
            return (picked or some)[0]
        if said:
            self._offer(some)
        return None

    def _offer(self, some: list[Person]) -> None:
        if not some:
            self.add_error("manager", _("Nobody here is called that or has this address."))
            return
        self.fields["which"] = forms.ChoiceField(
            label=_("Whom do you mean?"),
            choices=[(one.key, f"{one.name}, {one.email}") for one in some],
            widget=forms.RadioSelect,
            required=False,
        )
        self.add_error("manager", _("More than one person is called that. Pick one below."))
