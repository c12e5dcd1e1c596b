"""A form: label above, help and error in place and read out with the box, what was typed kept."""

import re
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from bothways.ui.forms import DateBox, MomentBox, Renderer, TimeBox
from tests.ui.rendering import Element, render


class Sample(forms.Form):
    note = forms.CharField(widget=forms.Textarea, max_length=300, help_text="One sentence is enough.")
    name = forms.CharField(label="Your name")
    nickname = forms.CharField(required=False)
    kind = forms.ChoiceField(choices=[("a", "A talk"), ("b", "A while")], widget=forms.RadioSelect)
    topics = forms.MultipleChoiceField(
        choices=[("t", "Tea"), ("c", "Cake")], widget=forms.CheckboxSelectMultiple, required=False
    )
    agreed = forms.BooleanField(label="We both agree")
    secret = forms.CharField(widget=forms.HiddenInput, initial="kept")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("note", "kind", "agreed"):
            self.fields[name].__dict__["sees"] = f"Only you & {name}."


def drawn(form: forms.Form, source: str = '<c-form :form="form" submit="Ask quietly" />') -> Element:
    return render(source, form=form)


def described(page: Element, element: Element) -> str:
    return " | ".join(page.one(id=one).text for one in element["aria-describedby"].split())


def test_every_box_has_its_label() -> None:
    page = drawn(Sample())
    labelled = {label["for"] for label in page.all("label")}
    boxes = [
        box
        for box in page.inside
        if box.tag in {"input", "textarea"}
        and box.attributes["type" if box.tag == "input" else "name"] != "hidden"
    ]
    assert {box["id"] for box in boxes} == labelled
    assert [legend.text.split(" if")[0] for legend in page.all("legend")] == ["Kind", "Topics"]


def test_it_is_sent_by_post_with_its_token_and_hidden_fields() -> None:
    form = drawn(Sample()).one("form")
    assert form["method"] == "post"
    assert form.one("input", name="csrfmiddlewaretoken")["value"]
    assert form.one("input", name="secret")["value"] == "kept"
    assert form.one("button").text == "Ask quietly"


def test_who_sees_it_stands_beside_the_box_and_is_read_out_with_it() -> None:
    page = drawn(Sample())
    note = page.one("textarea", name="note")
    assert described(page, note) == "One sentence is enough. | Who sees this: Only you & note."
    assert "Only you & kind." in described(page, page.all("fieldset")[0])
    assert "Only you & agreed." in described(page, page.one("input", name="agreed"))
    assert "aria-describedby" not in page.one("input", name="name").attributes


def test_a_field_that_may_stay_empty_says_so() -> None:
    page = drawn(Sample())
    texts = {label["for"]: label.text for label in page.all("label")}
    assert texts["id_nickname"] == "Nickname if you like"
    assert texts["id_name"] == "Your name"


def test_a_long_text_says_how_long_it_may_be() -> None:
    page = drawn(Sample())
    counter = page.one(id=page.one("textarea", name="note")["data-counts"])
    assert counter.text == "up to 300 characters"
    assert counter["data-limit"] == "300"


def test_nothing_is_wrong_before_anything_was_sent() -> None:
    page = drawn(Sample())
    assert page.all(role="alert") == []
    assert [box for box in page.inside if "aria-invalid" in box.attributes] == []


@pytest.fixture
def wrong() -> Element:
    form = Sample({"note": "I <freeze>", "kind": "a", "topics": ["c"], "secret": "kept"})
    form.is_valid()
    form.add_error(None, "Amara's month is full.")
    return drawn(form)


def test_what_was_typed_is_kept(wrong: Element) -> None:
    assert wrong.one("textarea", name="note").text == "I <freeze>"
    checked = {box["value"] for box in wrong.all("input") if "checked" in box.attributes}
    assert checked == {"a", "c"}


def test_the_summary_stands_on_top_and_leads_to_each_box(wrong: Element) -> None:
    summary = wrong.one(role="alert")
    assert "autofocus" in summary.attributes
    assert summary.one("h2").text == "3 things need another look"
    assert "Amara's month is full." in summary.text
    for link in summary.all("a"):
        wrong.one(id=link["href"].removeprefix("#"))
    assert [link.text for link in summary.all("a")] == ["Your name", "We both agree"]


def test_each_error_stands_in_place_in_plain_words(wrong: Element) -> None:
    name = wrong.one("input", name="name")
    assert name["aria-invalid"] == "true"
    assert described(wrong, name) == "This is still empty."
    assert "aria-invalid" not in wrong.one("textarea", name="note").attributes


def test_nothing_typed_breaks_out_of_a_form() -> None:
    form = Sample({"note": "</textarea><script>alert(1)</script>", "name": '"><script>alert(1)</script>'})
    form.is_valid()
    form.add_error("name", "<script>alert(1)</script>")
    assert drawn(form).all("script") == []


def test_a_single_field_is_drawn_the_same() -> None:
    page = drawn(Sample(), '<c-field :field="form.name" />')
    assert page.one("label")["for"] == page.one("input")["id"]


def test_a_form_with_a_file_is_sent_whole() -> None:
    class Photo(forms.Form):
        photo = forms.FileField()

    assert drawn(Photo()).one("form")["enctype"] == "multipart/form-data"
    assert "enctype" not in drawn(Sample()).one("form").attributes


@pytest.mark.parametrize(
    ("field", "kind", "value", "shown"),
    [
        (forms.DateField(widget=DateBox), "date", "2026-12-03", "2026-12-03"),
        (forms.TimeField(widget=TimeBox), "time", "09:00", "09:00"),
        (forms.DateTimeField(widget=MomentBox), "datetime-local", "2026-12-03T09:00", "2026-12-03T09:00"),
    ],
)
def test_days_and_times_use_the_browsers_own_pickers(
    field: forms.Field, kind: str, value: str, shown: str
) -> None:
    form = type("When", (forms.Form,), {"when": field})
    empty = form(initial={"when": field.clean(value)})
    assert (
        drawn(empty).one("input", name="when")["type"],
        drawn(empty).one("input", name="when")["value"],
    ) == (kind, shown)
    assert drawn(form({"when": value})).one("input", name="when")["value"] == shown


@pytest.mark.parametrize("kind", [forms.ChoiceField, forms.MultipleChoiceField])
def test_a_list_says_what_djangos_own_says(kind: type[forms.ChoiceField]) -> None:
    class Chosen(forms.Form):
        one = kind(choices=[("", "–"), ("<", "<b>"), ("South", [("1", "Ú"), ("2", "two'")])], initial=["2"])

    ours, theirs = (str(Chosen(renderer=each)["one"].as_widget()) for each in (Renderer(), DjangoTemplates()))
    assert ours.count("<option") == 4
    assert " selected" in ours
    assert re.sub(r"\s+(?=<)", "", ours) == re.sub(r"\s+(?=<)", "", theirs)
