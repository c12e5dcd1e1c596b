"""Heavy work in a process of its own: what it loads is gone with it, and it can be ended at any moment.

    found = children.run("bothways.matching:rehearse", draft, told=note_progress)

The function is named, not imported, so that this process loads nothing of what it needs. It is called with
the values and `between`, to which it says how far it is, 0 to 1. Values and result go through a pipe. The
child never outlives its parent.
"""

import importlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from time import monotonic
from typing import Any

from bothways.core.processes import die_with_parent

A_LOOK = 0.1  # seconds


class Refused(Exception):
    """The function raised a `ValueError`; its name and its text are the arguments."""


class Died(Exception):
    """The child ended without a word: killed, or out of memory."""


class TookTooLong(Exception):
    """It was not done in the time that was given, and was ended."""


def ignore(done: float) -> None:
    return


def run(
    function: str,
    *values: Any,
    told: Callable[[float], None] = ignore,
    between: Callable[[], object] = lambda: None,
    at_most: float = float("inf"),
) -> Any:
    """What `function`, named `package.module:name`, returns; it is ended where anything here raises.

    `told` hears how far it is; `between` is called ten times a second. Raises `Refused`, `Died`, and
    `TookTooLong` after `at_most` seconds.
    """
    ours, theirs = Pipe()
    command = [sys.executable, "-m", "bothways.core.children", str(theirs.fileno()), str(os.getpid())]
    child = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
    theirs.close()
    until = monotonic() + at_most
    try:
        ours.send((function, values))
        del values  # which can be large, and is the child's now
        while True:
            between()
            if monotonic() > until:
                raise TookTooLong
            if ours.poll(A_LOOK):
                kind, said = ours.recv()
                if kind == "done":
                    return said
                if kind == "refused":
                    raise Refused(*said)
                told(said)
    except (EOFError, BrokenPipeError, ConnectionResetError) as ended:
        between()
        raise Died from ended
    finally:
        ours.close()
        child.kill()
        child.wait()


def main(descriptor: int, parent: int) -> None:
    """The child: reads what to do, says how far it is, and what came of it."""
    die_with_parent(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # typed at the parent, which decides
    with Connection(descriptor) as parents:
        name, values = parents.recv()
        module, _, function = name.partition(":")
        try:
            found = getattr(importlib.import_module(module), function)(
                *values, between=lambda done: parents.send(("told", done))
            )
        except ValueError as refused:
            parents.send(("refused", (type(refused).__name__, str(refused))))
        else:
            parents.send(("done", found))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
