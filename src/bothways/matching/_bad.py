"""What is refused, where no arrays are needed to say so."""


class BadProblem(ValueError):
    """What was handed in cannot be solved as it is. The text says which part, and why."""
