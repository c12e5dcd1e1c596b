from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from bothways.core import slots

register = template.Library()


@register.simple_tag(takes_context=True)
def slot(context: dict[str, Any], name: str, subject: Any = None) -> SafeString:
    """Render what upper apps put into this place."""
    request = context["request"]
    rendered = (
        render_to_string(part.template, {"subject": subject, **part.values}, request=request)
        for part in slots.parts(name, request, subject)
    )
    return SafeString("".join(rendered))
