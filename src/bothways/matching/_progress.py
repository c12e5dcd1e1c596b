"""Being told how far it is, and being stopped between two steps."""

from collections.abc import Callable

Between = Callable[[float], None]  # how far, 0 to 1; what it raises ends the work, with nothing half-made


def silent(done: float) -> None:
    return
