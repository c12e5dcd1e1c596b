"""Believable things for tests, each made by one plain function. Keywords override."""

from tests.factories.people import member, organisation, signed_in, topic

__all__ = ["member", "organisation", "signed_in", "topic"]
