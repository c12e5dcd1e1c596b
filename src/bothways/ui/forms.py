"""Forms in our look: every field is drawn by one template, errors in place, what was typed kept."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.template import loader

from bothways.core import lines


class Box(BoundField):
    """A field on the page: its help, its error and who sees it are read out with it."""

    @property
    def sees(self) -> str:
        return getattr(self.field, "sees", "")

    @property
    def is_left_open(self) -> bool:
        """Whether to say that it may be left out; not where one only looks for something."""
        return not self.field.required and getattr(self.form, "says_what_is_optional", True)

    @property
    def shape(self) -> str:
        """How it is drawn: a box to write in, one tick, rows to choose from, a list, a file."""
        widget = self.field.widget
        if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
            return "rows"
        if isinstance(widget, forms.CheckboxInput):
            return "tick"
        if isinstance(widget, forms.FileInput):
            return "file"
        return "list" if isinstance(widget, forms.Select) else "box"

    @property
    def limit(self) -> int:
        """The most characters a long text may have, for the counter; 0 where none is needed."""
        long = isinstance(self.field.widget, forms.Textarea)
        return int(getattr(self.field, "max_length", None) or 0) if long else 0

    @property
    def aria_describedby(self) -> str | None:
        described: str | None = super().aria_describedby
        if described is None or not self.auto_id or not self.sees:
            return described
        return f"{described} {self.auto_id}_sees".strip()

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Any = None) -> dict[str, Any]:
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        if self.limit and self.auto_id:
            built["data-counts"] = f"{self.auto_id}_count"
        if "maxlength" in self.field.widget.attrs:
            built["maxlength"] = False  # a browser would cut what is pasted, and say nothing
        return built


class Renderer(DjangoTemplates):
    """Our own templates come from the site's engine, with its tags; Django's widgets from theirs."""

    field_template_name = "ui/field.html"
    bound_field_class = Box

    def get_template(self, template_name: str) -> Any:
        if template_name == forms.Select.template_name:
            return super().get_template("ui/select.html")  # theirs fills in two templates for each option
        if template_name.startswith("ui/"):
            return loader.get_template(template_name)
        return super().get_template(template_name)


class Line(forms.CharField):
    """One line, as a name: nothing in it breaks the line or turns the words beside it around."""

    def to_python(self, value: Any) -> str:
        return lines.plain(super().to_python(value) or "")


class DateBox(forms.DateInput):
    """A day, picked with the browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeBox(forms.TimeInput):
    """A time of day."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class MomentBox(forms.DateTimeInput):
    """A day and a time, in the active time zone."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")
