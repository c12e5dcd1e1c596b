class UnsafeSetting(Exception):
    """A setting with which Bothways must not start. The text says which and what to do."""
