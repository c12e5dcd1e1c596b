"""Periodic jobs of people."""
