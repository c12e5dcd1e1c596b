"""What every template below an organisation's address may use."""

from typing import Any

from django.http import HttpRequest


def here(request: HttpRequest) -> dict[str, Any]:
    """`person` and `organisation`, where policy has found them."""
    return {name: getattr(request, name, None) for name in ("person", "organisation")}
