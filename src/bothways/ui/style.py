"""What the living style page shows: people, times and forms that are made up."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator

from bothways.core import time
from bothways.ui.forms import DateBox, TimeBox


@dataclass(frozen=True)
class Named:
    name: str


@dataclass(frozen=True)
class Sample:
    """Somebody made up, with what the person component reads."""

    name: str
    title: str = ""
    team: Named | None = None
    brings: str = ""
    pronouns: str = ""
    time_zone: str = "Europe/Berlin"
    photo: str = ""
    key: str = "nobody"


@dataclass(frozen=True)
class House:
    slug: str = "demo"
    name: str = "Harbour"


HARBOUR = House()
AMARA = Sample(
    "Amara Okafor",
    "Data engineer",
    Named("Platform"),
    "I have broken three production databases and can tell you what I did the morning after.",
    "she/her",
    "Africa/Lagos",
)
ELENI = Sample(
    "Ελένη Παππά",
    "Nurse educator",
    Named("Ward 4"),
    "Handing over a shift so that nothing is lost, and saying no kindly.",
    time_zone="Asia/Tokyo",
)
TOMAS = Sample("Tomás Ó Briain", "Lighting designer", time_zone="Europe/Dublin")


class SampleForm(forms.Form):
    """Every kind of field once."""

    sentence = forms.CharField(
        label="What would you like help with?",
        help_text="One sentence is enough. You will see the note before anybody else does.",
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "I freeze when I present to directors"}),
        max_length=280,
    )
    name = forms.CharField(label="Your name", help_text="As you would like to be called.", max_length=120)
    kind = forms.ChoiceField(
        label="What would suit you?",
        choices=[
            ("talk", "One conversation, and then we'll see"),
            ("mentoring", "Somebody to talk to for a few months"),
            ("peer", "Somebody at the same point as I am"),
        ],
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        label="Ask me about",
        choices=[("a", "Presenting"), ("b", "First weeks in a team"), ("c", "Negotiating a salary")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    day = forms.DateField(label="A day that suits you", widget=DateBox)
    hour = forms.TimeField(label="From", widget=TimeBox)
    zone = forms.ChoiceField(
        label="Time zone", choices=[("Europe/Berlin", "Berlin"), ("Asia/Tokyo", "Tokyo")], required=False
    )
    photo = forms.FileField(
        label="A photo", required=False, help_text="We cut it to a circle and forget where it was taken."
    )
    shared = forms.BooleanField(label="They may read what I learned", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen_by = {
            "sentence": "Only you, until you approve the note.",
            "name": "Everybody in Harbour.",
            "kind": "You and the person you ask.",
            "topics": "Everybody in Harbour.",
            "photo": "Everybody in Harbour.",
            "shared": "You and Amara Okafor.",
        }
        for name, sentence in seen_by.items():
            self.fields[name].__dict__["sees"] = sentence


class DoorForm(forms.Form):
    email = forms.EmailField(label="Your address at work")


def _filled() -> SampleForm:
    """As a form comes back that needs another look: nothing typed is lost."""
    wrong = SampleForm(
        {"sentence": "I freeze when I present to directors", "day": "2020-03-03", "hour": "09:00"}
    )
    wrong.is_valid()
    wrong.add_error("day", "That date is in the past. Did you mean 3 March 2027?")
    return wrong


def everything(page: str | None) -> dict[str, Any]:
    month = time.now().replace(day=3, hour=8, minute=0, second=0, microsecond=0) + timedelta(days=40)
    return {
        "organisation": HARBOUR,
        "person": TOMAS,
        "amara": AMARA,
        "eleni": ELENI,
        "tomas": TOMAS,
        "form": SampleForm(auto_id="empty_%s"),
        "single": SampleForm(auto_id="single_%s"),
        "wrong": _filled(),
        "at": month,
        "late": datetime(2026, 3, 27, 21, 30, tzinfo=UTC),
        "page": Paginator(range(90), 25).get_page(page or 2),
        "markdown_text": "Dear Amara,\n\nyou said *the morning after*. That is the part **nobody** tells.\n\n"
        "- what did you say first?\n- whom did you call?\n\n[The story I mean](https://example.org/story)",
    }
