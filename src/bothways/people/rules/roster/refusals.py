class Unreadable(Exception):
    """The file as a whole cannot be read. The text says what to do."""
