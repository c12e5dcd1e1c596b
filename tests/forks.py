"""Runs pytest many times, each in a fork of one process that has imported what others wrote.

Nothing of ours is imported before the fork, so that each run reads the tree that it is given. This file is
started as a program: as a module it would bring the package `tests` of the wrong tree with it.
"""

import gc
import importlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

OURS = ("bothways", "tests")
THEIRS = (  # what a test imports before it begins, as far as it wants no settings of Django
    *(
        "_pytest.junitxml",
        "_pytest.pastebin",
        "_pytest.unraisableexception",
        "pytest",
        "pytest_django.plugin",
    ),
    *(
        "_hypothesis_pytestplugin",
        "hypothesis",
        "hypothesis.internal.conjecture.engine",
        "playwright.sync_api",
    ),
    *("django.contrib.postgres.search", "django.contrib.staticfiles.finders", "django.core.mail"),
    *("django.core.management.commands.migrate", "django.db.backends.sqlite3.base", "django.db.models"),
    *(
        "django.db.migrations.executor",
        "django.forms",
        "django.template",
        "django.test",
        "django.views.generic",
    ),
    *("aiosmtpd.controller", "asyncio", "dj_database_url", "icalendar", "lucide", "markdown_it", "nh3"),
    *("csp.middleware", "django.contrib.auth.hashers", "django.contrib.auth.password_validation"),
    *(
        "django.contrib.messages.views",
        "django.contrib.sessions.backends.base",
        "django.contrib.syndication.views",
    ),
    *("django.core.cache.backends.db", "django.core.mail.backends.smtp", "django.middleware.csrf"),
    *("django.core.management.commands.createcachetable", "django.core.management.commands.flush"),
    *(
        "django.db.models.sql.compiler",
        "django.template.loaders.cached",
        "django.template.loaders.app_directories",
    ),
    *(
        "django.views.i18n",
        "django_cotton.cotton_loader",
        "django_cotton.templatetags.cotton",
        "django_htmx.jinja",
    ),
    *(
        "django_stubs_ext",
        "django_tasks.backends.base",
        "django.contrib.staticfiles.apps",
        "django.contrib.sitemaps",
    ),
    *("numpy", "PIL.Image", "snowballstemmer", "sqlparse", "tomllib", "whitenoise.middleware"),
)
TOO_LATE = 124  # the code of a run that took too long
ELSEWHERE = 125  # the code of a run that read another tree than its own
BROKEN = 126  # the code of a run that pytest did not come back from


class Forks:
    """Asks the process that forks."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def run(self, folder: Path, arguments: list[str], environment: dict[str, str], *, longest: int) -> int:
        """Runs pytest there and returns its code; what it says goes into `said`, beside the folder."""
        assert self.process.stdin
        assert self.process.stdout
        asked = {"folder": str(folder), "arguments": arguments, "environment": environment}
        print(json.dumps(asked | {"longest": longest}), file=self.process.stdin, flush=True)
        return int(self.process.stdout.readline())


@contextmanager
def forks() -> Iterator[Forks]:
    with subprocess.Popen(
        [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Forks(process)
        assert process.stdin
        process.stdin.close()


def main() -> None:
    sys.path = [path for path in sys.path if not path.startswith(str(Path(__file__).parent.parent / "tests"))]
    for name in THEIRS:
        importlib.import_module(name)
    assert not any(name.split(".")[0] in OURS for name in sys.modules)
    gc.freeze()
    for line in sys.stdin:
        print(_waited_for(json.loads(line)), flush=True)


def _waited_for(asked: dict[str, Any]) -> int:
    child = os.fork()
    if child == 0:
        code = BROKEN
        try:
            signal.alarm(asked["longest"])
            code = _pytest(Path(asked["folder"]), asked["arguments"], asked["environment"])
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    return TOO_LATE if code == -signal.SIGALRM else code


def _pytest(folder: Path, arguments: list[str], environment: dict[str, str]) -> int:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.path[:0] = environment["PYTHONPATH"].split(os.pathsep)
    said = os.open(folder.with_name("said"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for number in (1, 2):
        os.dup2(said, number)
    code = int(pytest.main(arguments))
    sys.stdout.flush()
    sys.stderr.flush()
    read = [str(module.__file__) for name, module in sys.modules.items() if name in OURS]
    return code if read and all(file.startswith(str(folder)) for file in read) else ELSEWHERE


if __name__ == "__main__":
    main()
