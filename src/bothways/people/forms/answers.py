"""What somebody brings and gives: in the invitation's page and in the first visit."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bothways.people.actions.offers import MOST
from bothways.people.models import Person, Topic
from bothways.people.queries import topics as by_words
from bothways.people.rules.giving import BUDGETS


def seen_by(field: forms.Field, sentence: str | Promise) -> None:
    """Say beside the box who reads what is written there."""
    field.__dict__["sees"] = sentence


class Topics(forms.Form):
    """A few topics to tick, and a line for others."""

    topics = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    others = forms.CharField(
        required=False,
        max_length=300,
        label=gettext_lazy("Something else"),
        help_text=gettext_lazy("In your own words, with commas between."),
    )

    def __init__(self, *args: Any, person: Person, proposed: Sequence[Topic] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["topics"] = forms.MultipleChoiceField(
            choices=[(topic.key, topic.name) for topic in proposed],
            required=False,
            widget=forms.CheckboxSelectMultiple,
            label=self.fields["topics"].label,
        )
        if not proposed:
            del self.fields["topics"]

    def clean(self) -> dict[str, Any]:
        super().clean()
        if "others" in self.cleaned_data and len(self.chosen().topics) > MOST:
            self.add_error("others", _("That is more than twenty. Keep those that say most of you."))
        return self.cleaned_data

    def chosen(self) -> by_words.Read:
        """The topics ticked and those found in the line; and the parts of the line that are no topic yet."""
        organisation = self.person.organisation_id
        ticked = by_words.of_keys(organisation, self.cleaned_data.get("topics", []))
        written = by_words.read(organisation, self.cleaned_data["others"])
        return by_words.Read(
            list({topic.pk: topic for topic in [*ticked, *written.topics]}.values()), written.others
        )


class Giving(forms.Form):
    minutes = forms.TypedChoiceField(
        coerce=int,
        choices=BUDGETS,
        widget=forms.RadioSelect,
        label=gettext_lazy("How much time can you give?"),
        help_text=gettext_lazy("All together, whatever it is for. You change it any time."),
        error_messages={"required": gettext_lazy("Pick one. Nothing for now is a good answer too.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen_by(self.fields["minutes"], gettext_lazy("Only you. A month that is full is simply not asked."))


class Answer(Topics, Giving):
    """The invitation's one page."""

    field_order = ("topics", "others", "minutes")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "topics" in self.fields:
            self.fields["topics"].label = _("People thank me for")
        everybody = _("Everybody in %(organisation)s. You can take it back any time.") % {
            "organisation": self.person.organisation.name
        }
        for name in ("topics", "others"):
            if name in self.fields:
                seen_by(self.fields[name], everybody)
