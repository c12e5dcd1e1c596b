"""What somebody says about themselves, each box with who reads it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bothways.core import time
from bothways.people.forms.answers import seen_by
from bothways.people.models import Person
from bothways.people.rules import tongues
from bothways.ui.forms import DateBox, Line

MOST_LANGUAGES = 4
ONLY_YOU = gettext_lazy("Only you.")


def everybody(person: Person) -> str:
    return _("Everybody in %(organisation)s.") % {"organisation": person.organisation.name}


class Saying(forms.Form):
    """A form about oneself: what is there already is its beginning."""

    sees = ""

    def __init__(self, data: Any = None, *, person: Person, **kwargs: Any) -> None:
        super().__init__(data, initial=self.begin(person), **kwargs)
        self.person = person

    @classmethod
    def begin(cls, person: Person) -> dict[str, Any]:
        return {name: getattr(person, name) for name in cls.base_fields if hasattr(person, name)}

    def said(self) -> Mapping[str, Any]:
        return self.cleaned_data


class About(Saying):
    name = Line(max_length=120, label=gettext_lazy("My name, as I want to be called"))
    pronouns = Line(
        max_length=40,
        required=False,
        label=gettext_lazy("Pronouns"),
        help_text=gettext_lazy("For example: she, he, they."),
    )
    title = Line(max_length=120, required=False, label=gettext_lazy("What I do here"))
    place = Line(
        max_length=120,
        required=False,
        label=gettext_lazy("Where I am"),
        help_text=gettext_lazy("A town or an office; no street."),
    )
    started_on = forms.DateField(required=False, widget=DateBox, label=gettext_lazy("Here since"))
    time_zone = forms.ChoiceField(
        label=gettext_lazy("My time zone"),
        help_text=gettext_lazy(
            "The nearest town on the list. All times are then shown as your clock has them."
        ),
    )
    email_shown = forms.BooleanField(required=False, label=gettext_lazy("Show my address on my page"))

    def __init__(self, data: Any = None, *, person: Person, **kwargs: Any) -> None:
        super().__init__(data, person=person, **kwargs)
        self.sees = _("Everybody in %(organisation)s, unless a box says otherwise.") % {
            "organisation": person.organisation.name
        }
        seen_by(
            self.fields["email_shown"], _("Everybody, if you tick this. Otherwise nobody learns it here.")
        )
        self._add_time_zones(person)
        spoken = [str(code) for code in person.languages]
        for number in range(max(MOST_LANGUAGES, len(spoken))):
            self._add_language(number, spoken[number] if number < len(spoken) else "")
        self.order_fields(["name", "pronouns", "title", "place", "started_on", "time_zone", "email_shown"])

    def visible_fields(self) -> list[Any]:
        """With a box for each language that somebody speaks, at least one; `further` has the rest."""
        further = [box.name for box in self.further()]
        return [box for box in super().visible_fields() if box.name not in further]

    def further(self) -> list[Any]:
        """Boxes for more languages, which few people need."""
        names = self._languages()
        filled = [name for name in names if self[name].value()]
        return [self[name] for name in names[1:] if name not in filled]

    def _add_time_zones(self, person: Person) -> None:
        groups: list[Any] = list(tongues.time_zones())
        if not any(person.time_zone == name for _group, zones in groups for name, _city in zones):
            groups.insert(0, (person.time_zone, tongues.spoken_zone(person.time_zone)))
        field = self.fields["time_zone"]
        if isinstance(field, forms.ChoiceField):
            field.choices = groups

    def _add_language(self, number: int, code: str) -> None:
        known = tongues.languages()
        own = [] if not code or code in known else [(code, code)]
        self.fields[f"language_{number}"] = forms.ChoiceField(
            required=False,
            choices=[("", "–"), *own, *known.items()],
            initial=code,
            label=_("I can talk in") if number == 0 else _("Language %(number)s") % {"number": number + 1},
        )

    def _languages(self) -> list[str]:
        return [name for name in self.fields if name.startswith("language_")]

    def clean_started_on(self) -> Any:
        day = self.cleaned_data["started_on"]
        if day and day > time.today() + timedelta(days=366):
            raise ValidationError(_("That is more than a year ahead. Is the year right?"))
        return day

    def said(self) -> Mapping[str, Any]:
        """Everything, with the languages as one list, each once."""
        spoken = [self.cleaned_data[name] for name in self._languages() if self.cleaned_data.get(name)]
        plain = {name: value for name, value in self.cleaned_data.items() if name in self.base_fields}
        return {**plain, "languages": list(dict.fromkeys(spoken))}


def _text(most: int, label: Any, help_text: Any, rows: int = 3) -> forms.CharField:
    box = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(max_length=most, required=False, widget=box, label=label, help_text=help_text)


class Words(Saying):
    brings = _text(600, gettext_lazy("What I bring"), gettext_lazy("As you would say it to a colleague."))
    hopes = _text(600, gettext_lazy("What I hope for"), gettext_lazy("What would make it worth your while."))
    about = _text(2000, gettext_lazy("About me"), gettext_lazy("Whatever helps somebody to say hello."), 6)
    stretch = _text(
        600,
        gettext_lazy("How I would like to step out of my comfort zone"),
        gettext_lazy("Something you would like to dare, if somebody stood near."),
    )
    stretch_shown = forms.BooleanField(required=False, label=gettext_lazy("Show that on my page"))

    def __init__(self, data: Any = None, *, person: Person, **kwargs: Any) -> None:
        super().__init__(data, person=person, **kwargs)
        for name in ("brings", "hopes", "about"):
            seen_by(self.fields[name], everybody(person))
        seen_by(self.fields["stretch"], _("Only you, unless you tick the box below."))
        seen_by(self.fields["stretch_shown"], _("Everybody, if you tick this; otherwise only you."))


class Photo(forms.Form):
    picture = forms.FileField(
        label=gettext_lazy("A picture"),
        help_text=gettext_lazy(
            "JPEG, PNG or WebP, up to 8 MB. We keep the square in its middle,"
            " and nothing of where or when it was taken."
        ),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen_by(self.fields["picture"], everybody(person))


class Away(forms.Form):
    since = forms.DateField(widget=DateBox, label=gettext_lazy("From"))
    until = forms.DateField(widget=DateBox, label=gettext_lazy("Until, that day included"))

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen_by(self.fields["since"], _("Only you."))
        while_away = _("Everybody in %(organisation)s, while you are away.")
        seen_by(self.fields["until"], while_away % {"organisation": person.organisation.name})


class Leaving(forms.Form):
    understood = forms.BooleanField(
        label=gettext_lazy("Yes, I want to leave"),
        error_messages={
            "required": gettext_lazy("Tick the box, so that nobody leaves by a slip of the hand.")
        },
    )


class Sought(forms.Form):
    """A name to look for; sent by POST, so that no log holds it."""

    name = Line(max_length=120, label=gettext_lazy("A name"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen_by(self.fields["name"], ONLY_YOU)
