"""Kernels are plain Python over arrays, made fast by numba where it is installed (the extra `scale`)."""

from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

Kernel = TypeVar("Kernel", bound=Callable[..., Any])

AVAILABLE = find_spec("numba") is not None
INSTALL = 'bin/setup --scale, or pip install "bothways[scale]"'


def forget_older(folder: Path) -> None:
    """Remove what was compiled before the newest of these sources.

    numba asks only whether a kernel's own file has changed, not those whose kernels and constants it uses:
    after an upgrade the old ones would go on working.
    """
    newest = max((source.stat().st_mtime_ns for source in folder.glob("*.py")), default=0)
    for kept in (folder / "__pycache__").glob("*.nb[ic]"):
        with suppress(OSError):  # somebody else's folder, or removed meanwhile
            if kept.stat().st_mtime_ns < newest:
                kept.unlink()


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


forget_older(Path(__file__).parent)
