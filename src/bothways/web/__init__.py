"""Home and the entry points."""
