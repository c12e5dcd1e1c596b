"""A list of people: the file, what its columns are, and how far to go."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from bothways.people.models import Roster
from bothways.people.rules.roster import dates, headings
from bothways.people.rules.roster.decoding import LARGEST

ENCODINGS = (
    ("", _("Detect")),
    ("utf-8", "UTF-8"),
    ("windows-1252", "Windows-1252"),
    ("utf-16-le", "UTF-16 LE"),
    ("utf-16-be", "UTF-16 BE"),
)
SEES = _("You and the other administrators, until the list is brought in or set aside.")


class Upload(forms.Form):
    """The file."""

    file = forms.FileField(
        label=_("The list, as CSV"),
        help_text=_("Its first line names the columns: at least a name and a mail address. Any order."),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty. Save the list as CSV again and choose that file."),
            "missing": _("Choose a file."),
        },
    )
    encoding = forms.ChoiceField(
        choices=ENCODINGS,
        required=False,
        label=_("How letters are written in it"),
        help_text=_("Only where accented names came out wrong before."),
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["file"].__dict__["sees"] = SEES

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(
                _("The file is larger than %(most)s MB. Leave out columns, or cut it in two."),
                params={"most": LARGEST // 2**20},
            )
        return file


class Columns(forms.Form):
    """What each column is. Those that nobody may keep are not asked about."""

    says_what_is_optional = False

    def __init__(self, *given: Any, roster: Roster, **named: Any) -> None:
        super().__init__(*given, **named)
        self.roster = roster
        choices: list[tuple[str, str | Promise]] = [("", _("Leave it out")), *headings.FIELDS.items()]
        samples = roster.counts.get("samples", [])
        for column in roster.described():
            if not column.dropped:
                seen = samples[column.place] if column.place < len(samples) else []
                self.fields[f"column_{column.place}"] = forms.ChoiceField(
                    choices=choices,
                    required=False,
                    initial=column.field,
                    label=column.heading or _("A column without a name"),
                    help_text=" · ".join(seen),
                )
        self.fields["order"] = forms.ChoiceField(
            choices=(
                (dates.EITHER, _("Detect")),
                (dates.DAY_FIRST, _("Day first: 3 April")),
                (dates.MONTH_FIRST, _("Month first: March 4")),
            ),
            required=False,
            initial=roster.order,
            label=_("A date like 03/04/2024"),
        )

    @property
    def chosen(self) -> dict[int, str]:
        """The fields by the places of their columns."""
        return {
            int(name.removeprefix("column_")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("column_")
        }

    def clean(self) -> None:
        wanted = [field for field in self.chosen.values() if field]
        for field in {field for field in wanted if wanted.count(field) > 1}:
            self.add_error(
                None,
                forms.ValidationError(
                    _("Two columns are “%(field)s”. Choose one of them."),
                    params={"field": headings.FIELDS[field]},
                ),
            )
        for field in headings.missing(wanted):
            self.add_error(
                None,
                forms.ValidationError(
                    _("No column is “%(field)s”, and a list cannot do without."),
                    params={"field": headings.FIELDS[field]},
                ),
            )


class BringIn(forms.Form):
    """How far to go. What is not needed is not asked."""

    skip_bad = forms.BooleanField(required=False)
    mark_leavers = forms.BooleanField(required=False)

    def __init__(self, *given: Any, roster: Roster, **named: Any) -> None:
        super().__init__(*given, **named)
        problems, leavers = roster.counts.get("problems", 0), roster.counts.get("leavers", 0)
        if problems:
            self.fields["skip_bad"].label = _(
                "Leave out the lines and cells that are wrong, bring in the rest"
            )
            self.fields["skip_bad"].required = True
            self.fields["skip_bad"].error_messages["required"] = _(
                "Say that the wrong lines are left out; or mend the list and choose it again."
            )
        else:
            del self.fields["skip_bad"]
        if leavers and not roster.counts.get("bad", 0):
            self.fields["mark_leavers"].label = ngettext_lazy(
                "Whoever is not in the list has left (%(number)s person)",
                "Whoever is not in the list has left (%(number)s people)",
                leavers,
            ) % {"number": leavers}
            self.fields["mark_leavers"].help_text = _(
                "What they have open ends, and they can no longer sign in here. Administrators stay."
            )
        else:
            del self.fields["mark_leavers"]
