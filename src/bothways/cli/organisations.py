"""Which organisation a command means."""

from typing import TYPE_CHECKING

from bothways.cli.running import Refusal

if TYPE_CHECKING:
    from bothways.core.models import Organisation


def named(slug: str) -> "Organisation":
    from bothways.core.models import Organisation

    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        there = ", ".join(Organisation.objects.order_by("slug").values_list("slug", flat=True)[:20])
        raise Refusal(f"there is no organisation {slug}. There {'is' if there else 'are none yet'}: {there}.")
    return found
