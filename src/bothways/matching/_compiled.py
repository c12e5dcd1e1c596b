"""Kernels are plain Python over arrays, made fast by numba where it is installed (the extra `scale`)."""

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any, TypeVar

Kernel = TypeVar("Kernel", bound=Callable[..., Any])

AVAILABLE = find_spec("numba") is not None
INSTALL = 'pip install "bothways[scale]"'


def compiled(kernel: Kernel) -> Kernel:
    """The kernel as machine code, kept on disk where it may be written; without numba the kernel itself."""
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
