"""Who sees this: the sentence beside each box."""

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bothways.people.models import Person

ONLY_YOU = gettext_lazy("Only you.")


def by(form: forms.Form, sentence: str | Promise, *names: str) -> None:
    """Put the sentence beside these fields."""
    for name in names:
        form.fields[name].__dict__["sees"] = sentence


def you_and(other: Person) -> str:
    return _("You and %(name)s.") % {"name": other.name}
