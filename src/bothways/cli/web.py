"""`bothways web`: the pages alone, as `serve` starts them. Loads Django in its server processes only."""

import argparse
import os

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from bothways.cli import serve
from bothways.core import environment
from bothways.core.processes import die_with_parent

THREADS = 12  # a slow upload holds one; a proxy that buffers requests keeps it from that


def run(arguments: argparse.Namespace) -> int:
    die_with_parent(serve.my_parent())
    os.environ["BOTHWAYS_DIE_WITH_PARENT"] = str(os.getpid())
    Server(
        "bothways.config.wsgi:application",
        address=arguments.host,
        port=arguments.port,
        interface=Interfaces.WSGI,
        websockets=False,
        workers=environment.count("BOTHWAYS_WEB_PROCESSES"),
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=3,
        log_level=LogLevels.error,  # its warnings are about figures that we chose
    ).serve()
    return 0
