"""Tokens never reach a log."""

import logging

import pytest
from django.test import Client

from bothways.core.redaction import HideTokens, redacted


@pytest.mark.parametrize(
    "path",
    [
        "/feeds/TOKEN.ics",
        "/answer/TOKEN/",
        "/join/TOKEN/",
        "/unsubscribe/a.digest.TOKEN/",
        "/accounts/link/TOKEN/",
        "/accounts/password/reset/key/TOKEN/",
    ],
)
def test_a_token_in_an_address_is_taken_out_of_a_line(path: str) -> None:
    record = logging.LogRecord("django.request", 40, "", 0, "Internal error: %s (%s)", (path, 500), None)
    assert HideTokens().filter(record)
    line = record.getMessage()
    assert "TOKEN" not in line
    assert line.endswith("… (500)")
    assert redacted(f'"GET {path} HTTP/1.1" 200').endswith('… HTTP/1.1" 200')


def test_the_handler_that_writes_carries_the_filter() -> None:
    handlers = logging.getLogger().handlers
    assert any(isinstance(one, HideTokens) for handler in handlers for one in handler.filters)


@pytest.mark.django_db
def test_a_wrong_feed_address_leaves_no_token_behind(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        assert Client().get("/feeds/SECRETSECRET.ics").status_code == 404
    assert "SECRETSECRET" not in caplog.text
