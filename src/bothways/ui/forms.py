"""Forms in our look: every field is drawn by one template, errors in place, what was typed kept."""

from django.forms.renderers import DjangoTemplates


class Renderer(DjangoTemplates):
    field_template_name = "ui/field.html"
