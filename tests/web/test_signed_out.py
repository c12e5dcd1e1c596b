"""Somebody signs out in another window while a page is open."""

import pytest
from django.test import Client

from bothways.core.models import Organisation

pytestmark = pytest.mark.django_db


def test_a_part_that_a_page_asks_for_leaves_the_page_alone(organisation: Organisation) -> None:
    answer = Client(headers={"HX-Request": "true"}).post("/harbour/ask/suggestions/", {"sentence": "A word"})
    assert (answer.status_code, answer.content) == (401, b"")


def test_after_signing_in_one_is_back_at_the_form(organisation: Organisation) -> None:
    assert Client().post("/harbour/ask/", {})["Location"].endswith("?next=/harbour/ask/")
    assert Client().get("/harbour/people/?name=a")["Location"].endswith("?next=/harbour/people/%3Fname%3Da")
