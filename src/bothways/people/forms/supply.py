from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bothways.people.models import Person


class Invited(forms.Form):
    """Those whom a steward has ticked."""

    person = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        to_field_name="key",
        error_messages={"required": _("Tick at least one person, then invite them.")},
    )

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = forms.ModelMultipleChoiceField(
            Person.objects.on_record(by),
            to_field_name="key",
            error_messages=self.fields["person"].error_messages,
        )
