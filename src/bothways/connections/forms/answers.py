"""What an asked person may answer: always the same four choices."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bothways.connections.forms import sees
from bothways.connections.forms.people import OnePerson
from bothways.connections.forms.times import TimesForm
from bothways.connections.models import Introduction
from bothways.connections.queries import introductions
from bothways.people.models import Person

YES, NOT_NOW, MORE, HAND_ON = "yes", "not_now", "more", "hand_on"


class YesForm(TimesForm):
    """A yes, with times that suit; without any they are found together later."""

    label_of_starts = gettext_lazy("Times that would suit you; two are good")

    def __init__(self, *args: Any, other: Person, **kwargs: Any) -> None:
        super().__init__(*args, other=other, **kwargs)
        self.fields["starts"].initial = []
        self.fields["starts"].required = False
        who = _("Only you, until you both say yes. Then %(name)s too.") % {"name": other.name}
        sees.by(self, who, "starts")

    def _check(self, times: list[Any]) -> None:
        if times:
            super()._check(times)


class MoreForm(forms.Form):
    question = forms.CharField(
        label=gettext_lazy("Your question"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One short question. The time that is left stays the same."),
        error_messages={
            "required": gettext_lazy("Write your question first."),
            "max_length": gettext_lazy("Keep it to 600 characters, please."),
        },
    )

    def __init__(self, *args: Any, other: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sees.by(self, sees.you_and(other), "question")


class HandOnForm(OnePerson):
    """Perhaps a name: somebody who might fit better."""

    def __init__(self, *args: Any, person: Person, other: Person, **kwargs: Any) -> None:
        super().__init__(*args, looker=person, leave_out=[person, other], **kwargs)
        self.fields["name"].label = _("Somebody who might fit better")
        self.fields["name"].required = False
        help_text = _("%(name)s decides whether we ask them. They learn nothing before.")
        self.fields["name"].help_text = help_text % {"name": other.name}
        sees.by(self, sees.you_and(other), "name")


class HandOnUnnamed(forms.Form):
    """Without a name: a round's list is the engine's, and a link from a mail finds nobody by name."""

    def clean(self) -> dict[str, Any]:
        return {"person": None}


class Choices:
    """The four, as a page shows them; the one that was sent is bound. `by_link`: nobody has signed in."""

    def __init__(
        self,
        introduction: Introduction,
        person: Person,
        data: QueryDict | None = None,
        *,
        by_link: bool = False,
    ) -> None:
        self.sent = data.get("answer", "") if data else ""
        other = introduction.other(person)
        times = introductions.times_for(introduction, person)
        self.yes = YesForm(self._own(YES, data), person=person, other=other, suggested=times)
        self.more = MoreForm(self._own(MORE, data), other=other)
        sent = self._own(HAND_ON, data)
        unnamed = by_link or introduction.of_round
        self.hand_on = HandOnUnnamed(sent) if unnamed else HandOnForm(sent, person=person, other=other)
        for form in (self.yes, self.more, self.hand_on):
            _keep_what_was_typed(form, data)

    def _own(self, choice: str, data: QueryDict | None) -> QueryDict | None:
        return data if self.sent == choice else None

    def is_valid(self) -> bool:
        """Whether one was sent, and can be taken as it is."""
        forms = {YES: self.yes, MORE: self.more, HAND_ON: self.hand_on}
        return self.sent == NOT_NOW or (self.sent in forms and forms[self.sent].is_valid())


def _keep_what_was_typed(form: forms.Form, data: QueryDict | None) -> None:
    """Also in the forms that were not the ones sent."""
    for name in form.fields:
        if data and name in data and not form.is_bound:
            many = isinstance(form.fields[name], forms.MultipleChoiceField)
            form.initial[name] = data.getlist(name) if many else data[name]


class ReplyForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Your reply"),
        max_length=1200,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": gettext_lazy("Write a few words first."),
            "max_length": gettext_lazy("Keep it to 1,200 characters, please."),
        },
    )

    def __init__(self, *args: Any, other: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sees.by(self, sees.you_and(other), "text")
