"""Believable things for tests, each made by one plain function. Keywords override."""

from tests.factories.people import member, members, organisation, sign_in, signed_in, topic
from tests.factories.pictures import picture

__all__ = ["member", "members", "organisation", "picture", "sign_in", "signed_in", "topic"]
