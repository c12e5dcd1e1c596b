"""Kernels are plain Python over arrays, made fast by numba where it is installed (the extra `scale`)."""

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any, TypeVar

Kernel = TypeVar("Kernel", bound=Callable[..., Any])

AVAILABLE = find_spec("numba") is not None
INSTALL = 'pip install "bothways[scale]"'


def compiled(kernel: Kernel) -> Kernel:
    """The kernel as machine code, kept on disk where it may be written; without numba the kernel itself.

    What is kept is made anew where the kernel's own file has changed, and for nothing else. So whoever
    changes a kernel or constant that kernels of other files use (`_candidates` for `_cuts`, `_sparse` for
    `_auction`, `NOBODY`, `NEVER`) touches those files too, or removes `__pycache__`: else the old one goes on
    working.
    """
    if not AVAILABLE:
        return kernel
    from numba import njit

    fast: Any
    try:
        fast = njit(cache=True, nogil=True)(kernel)
    except RuntimeError:  # there is no folder that numba may write to
        fast = njit(nogil=True)(kernel)
    made: Kernel = fast
    return made
