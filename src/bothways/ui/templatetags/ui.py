"""Tags that every template may use."""

from typing import Any

import lucide
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def icon(name: str, size: int = 20, label: str = "") -> SafeString:
    """A Lucide icon, inline. Without a label it is decoration beside words."""
    attributes: dict[str, Any] = {"class": "icon", "focusable": "false"}
    if label:
        attributes |= {"role": "img", "aria-label": label}
    else:
        attributes["aria-hidden"] = "true"
    return format_html("{}", SafeString(lucide._render_icon(name, size, **attributes)))


@register.simple_tag(takes_context=True)
def here(context: dict[str, Any], prefix: str) -> str:
    """`page` where the address lies below the prefix; for aria-current."""
    return "page" if context["request"].path.startswith(prefix) else ""
