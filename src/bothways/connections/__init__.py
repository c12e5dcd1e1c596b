"""Introductions and what grows from them, under quiet consent (consent.md)."""
