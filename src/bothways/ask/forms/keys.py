"""Several public keys that a page hands back to itself."""

import re
from typing import Any

from django import forms

MOST = 60  # in one field; a page shows far fewer
_KEY = re.compile(r"[a-z0-9-]{1,80}")


class Keys(forms.Field):
    """Cleans to a tuple of keys, each once; whatever is no key is left out."""

    widget = forms.MultipleHiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def clean(self, value: Any) -> tuple[str, ...]:
        given = [str(one) for one in value or ()][:MOST]
        return tuple(dict.fromkeys(one for one in given if _KEY.fullmatch(one)))
