"""What is refused, where no arrays are needed to say so."""


class BadProblem(ValueError):
    """What was handed in cannot be solved as it is. The text says which part, and why."""


class NotWhole(BadProblem):
    """A score, capacity or demand is no whole number, or not a number at all."""


class WrongShape(BadProblem):
    """Arrays do not belong together."""


class Negative(BadProblem):
    """A capacity or a demand is below nought."""


class OutOfRange(BadProblem):
    """Sums of these scores would leave the range in which whole numbers are exact."""


class TooLarge(BadProblem):
    """More pairs than can be solved here. The text says how many can, and what would help."""


class UnknownObjective(BadProblem):
    """The text says which there are."""
