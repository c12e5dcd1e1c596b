"""A round of introductions by hand: two lists in, pairs and their reasons out, with no installation."""
