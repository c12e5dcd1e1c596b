from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from bothways.inbox.actions import sending
from tests.inbox import postbox as real
from tests.inbox.postbox import Postbox


@pytest.fixture(autouse=True)
def _server_was_never_away() -> Iterator[None]:
    sending._Server.answered()
    yield
    sending._Server.answered()


@pytest.fixture
def postbox(settings: Settings) -> Iterator[Postbox]:
    """A real SMTP server that the worker's mail goes to."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = "127.0.0.1", False, False
    settings.EMAIL_TIMEOUT = 5
    settings.DEFAULT_FROM_EMAIL = "Bothways <bothways@mentoring.example.org>"
    settings.BASE_URL = "https://mentoring.example.org"
    with real.listening() as listening:
        settings.EMAIL_PORT = listening.port
        yield listening
