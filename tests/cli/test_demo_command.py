"""`bin/demo` itself, its real processes: cold, warm, broken off, in the wrong place, stopped, orphaned."""

import os
import re
import signal
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli import demo_clone
from tests.cli.demo_clone import Demo, answers, running

# The demo has a file of its own, whatever the tests' database is.
pytestmark = [pytest.mark.sqlite, pytest.mark.slow]

READY = "Step into anybody by one click"
STOPS_WITHIN = 5.0  # seconds
WARM_STARTS = 6  # it is four processes, and fills nothing
MOST_MEMORY = 250  # megabytes, web and worker together


@pytest.fixture(scope="module")
def link(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A symlink to the bin/demo of a clone whose path has a space; somebody has lost patience there once."""
    made = demo_clone.make(tmp_path_factory.mktemp("demo"))
    with running(made) as impatient:
        impatient.until("Making Larkfield")
        impatient.process.kill()
        assert impatient.gone_within(STOPS_WITHIN), "who fills goes with who asked for it"
    with running(made) as demo:
        demo.until(READY)
        assert "Making Larkfield" in demo.words, "what was broken off begins anew"
        assert f"http://localhost:{demo.port}" in demo.words
    return made


def data(link: Path) -> Path:
    return link.resolve().parents[1] / "var"


def everybody(link: Path) -> list[tuple[str, str]]:
    with sqlite3.connect(data(link) / "bothways.sqlite3") as database:
        found = database.execute("SELECT key, name FROM people_person ORDER BY key").fetchall()
    database.close()
    return found


def test_the_second_start_is_quick_keeps_everybody_and_takes_little(link: Path) -> None:
    before = everybody(link)
    once = demo_clone.cpu_of_a_start(link)
    with running(link) as demo:
        demo.until(READY)
        spent = demo.cpu()
        front = demo.get("/")
        taken = demo.megabytes()
    assert "Making" not in demo.words
    assert everybody(link) == before
    assert len(re.findall(r"Step in as", front)) == 6
    assert spent < WARM_STARTS * once
    assert taken < MOST_MEMORY


def by_sigterm(demo: Demo) -> None:
    demo.process.terminate()


def by_ctrl_c(demo: Demo) -> None:
    os.killpg(demo.process.pid, signal.SIGINT)


def by_force(demo: Demo) -> None:
    demo.process.kill()


@pytest.mark.parametrize("stop", [by_sigterm, by_ctrl_c, by_force])
def test_it_stops_within_seconds_and_leaves_nothing(link: Path, stop: Callable[[Demo], None]) -> None:
    with running(link) as demo:
        demo.until(READY)
        assert len(demo.family()) >= 4, "the command, web server with its process, worker"
        stop(demo)
        assert demo.gone_within(STOPS_WITHIN)
        assert not answers(demo)
        assert demo.ends() == (-signal.SIGKILL if stop is by_force else 0)


def test_killed_while_it_starts_it_leaves_nothing_either(link: Path) -> None:
    with running(link) as demo:
        while len(demo.family()) < 3:
            assert demo.process.poll() is None, demo.words
        demo.process.kill()
        assert demo.gone_within(STOPS_WITHIN)


def test_a_taken_port_a_shared_folder_and_another_number_are_said(link: Path) -> None:
    with running(link) as demo:
        demo.until(READY)
        with running(link, "--port", str(demo.port), "--data", str(link.parent / "other")) as second:
            assert second.ends() == 2
        for given in (["--fresh"], ["--port", str(demo.port)]):
            with running(link, *given) as third:
                assert third.ends() == 2
            assert f"already, at http://localhost:{demo.port}." in third.words
        assert "Step in as" in demo.asked("/", "127.0.0.1")[1]
        assert demo.asked("/", "elsewhere.example")[0] == 400
        assert answers(demo)
    assert f"port {demo.port} on 127.0.0.1 cannot be used" in second.words
    assert "a demo is running in" in third.words
    assert "Traceback" not in demo.words
    with running(link, "--people", "40") as fourth:
        fourth.until("12 people live here already. For 40, begin again: --fresh")


def test_fresh_begins_anew(link: Path) -> None:
    folder = link.parent / "to be cleared"
    with running(link, "--data", str(folder)) as demo:
        demo.until("Making Larkfield")
    for path in folder.glob("bothways.sqlite3*"):
        path.write_text("no database any more")
    with running(link, "--data", str(folder)) as broken:
        assert broken.ends() == 2
        assert "cannot be used" in broken.words
        assert "begin again: bin/demo --fresh" in broken.words
    with running(link, "--data", str(folder), "--fresh") as anew:
        anew.until("Making Larkfield")


def test_where_it_cannot_write_it_says_so(link: Path) -> None:
    for nowhere in ("/proc/self", "/dev/null/below"):
        with running(link, "--data", nowhere) as demo:
            assert demo.ends() == 2
        assert re.search(r"the data folder /\S+ cannot be written: .+ --data DIR", demo.words), demo.words
        assert "Traceback" not in demo.words


def test_it_never_touches_what_people_rely_on(link: Path) -> None:
    folder = link.parent / "real"
    folder.mkdir()
    (folder / "bothways.sqlite3").write_text("somebody's work")
    for given in ([], ["--fresh"]):
        with running(link, "--data", str(folder), *given) as demo:
            assert demo.ends() == 2
        assert "holds an installation that is no demo" in demo.words
    assert (folder / "bothways.sqlite3").read_text() == "somebody's work"
