"""What our processes have in common: what they make is nobody else's, and no child outlives its parent."""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def make_for_ourselves() -> None:
    """The database, the photos, the secret and the log are nobody else's on this machine."""
    os.umask(0o077)


def die_with_parent(parent: int | None = None) -> None:
    """Ask the kernel to kill this process when its parent ends, even by SIGKILL (Linux only).

    Give the parent's pid where the parent may already have ended before this call.
    """
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if parent is not None and os.getppid() != parent:
        os._exit(0)
