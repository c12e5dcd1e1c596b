from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bothways.core import keys
from bothways.people.models import Person

if TYPE_CHECKING:
    People = forms.ModelMultipleChoiceField[Person]
else:
    People = forms.ModelMultipleChoiceField


class Ticked(People):
    """People by their keys; what cannot be a key is nobody's."""

    def clean(self, value: Any) -> Any:
        return super().clean([keys.read(str(sent)) for sent in value or ()])


class Invited(forms.Form):
    """Those whom a steward has ticked."""

    person = Ticked(
        Person.objects.none(),
        to_field_name="key",
        error_messages={"required": _("Tick at least one person, then invite them.")},
    )

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = Ticked(
            Person.objects.on_record(by),
            to_field_name="key",
            error_messages=self.fields["person"].error_messages,
        )
