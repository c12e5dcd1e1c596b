"""Tokens that stand in an address never reach a log."""

import logging
import re

_TOKENS = re.compile(r"/(answer|feeds|join|unsubscribe|accounts/(?:link|password/reset/key))/[^\s\"'<>?#]+")


def redacted(text: str) -> str:
    return _TOKENS.sub(r"/\1/…", text)


class HideTokens(logging.Filter):
    """Rewrites every line before it is written; the message is put together first, so nothing slips by."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = redacted(record.getMessage()), ()
        return True


class NoTraceback(logging.Filter):
    """A line is enough where a stranger's request was refused as it should be."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.exc_info = record.exc_text = None
        return True
