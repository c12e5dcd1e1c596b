"""Two workers who tell somebody of one matter at one moment write one mail."""

import threading

import pytest
from django.apps import apps
from django.db import connections

from bothways.inbox.actions import mails
from bothways.inbox.models import Mail
from tests import factories

pytestmark = pytest.mark.django_db(
    transaction=True, available_apps=[config.name for config in apps.get_app_configs()]
)


def test_one_mail_is_written() -> None:
    ada, met, wrong = factories.member(factories.organisation(), "Ada"), threading.Barrier(2), []

    def write() -> None:
        try:
            met.wait()
            mails.write(ada, "message", "connection:x", matter="connection:x")
        except Exception as problem:
            wrong.append(problem)
        finally:
            connections.close_all()

    for _ in range(8):
        Mail.objects.all().delete()
        both = [threading.Thread(target=write) for _ in range(2)]
        for one in both:
            one.start()
        for one in both:
            one.join()
        assert (Mail.objects.count(), wrong) == (1, [])
