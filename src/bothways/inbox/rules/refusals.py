"""What a mail server means when it refuses a receiver: no such address; or not now, not from you."""

import re

_ENHANCED = re.compile(rb"\s*([245])\.(\d{1,3})\.(\d{1,3})\b")
_NO_SUCH_ADDRESS = frozenset({550, 551, 553})
_ABOUT_THE_SENDER = frozenset({7, 8, 9})  # RFC 3463: 5.1.7, 5.1.8; RFC 7505 gives 5.1.10 to who takes no mail


def is_no_such_address(code: int, says: bytes) -> bool:
    """Whether trying again can never help. In doubt it can: relaying may be denied for one night only."""
    enhanced = _ENHANCED.match(says)
    if enhanced is None:
        return code in _NO_SUCH_ADDRESS
    kind, subject, detail = (int(part) for part in enhanced.groups())
    return code >= 500 and (kind, subject) == (5, 1) and detail not in _ABOUT_THE_SENDER
