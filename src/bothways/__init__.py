"""Bothways: mentorship that an organisation hosts itself. Nobody is ever assigned to anybody."""
