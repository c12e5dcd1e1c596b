"""What every page tells a browser about itself."""

import pytest
from django.test import Client
from django.urls import reverse

from bothways.core.models import Organisation
from bothways.core.time import Clock
from tests import factories

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'none'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "manifest-src": "'self'",
}


@pytest.mark.django_db
def test_every_page_says_what_a_browser_may_load(organisation: Organisation, clock: Clock) -> None:
    member = factories.signed_in(factories.member(organisation, "Ada"))
    home = reverse("home", kwargs={"organisation": organisation.slug})
    for client, where in ((Client(), "/accounts/login/"), (Client(), "/nothing/"), (member, home)):
        answer = client.get(where)
        said = [part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";")]
        assert {name: values for name, values in said} == POLICY, where
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
