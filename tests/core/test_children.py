"""Heavy work in a process of its own: it answers, refuses, dies or is ended, and leaves nothing behind."""

import os
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import pytest

from bothways.core import breath, children

HERE = "tests.core.at_work"


def is_alive(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"


def test_it_answers_from_another_process_and_says_how_far_it_is() -> None:
    told: list[float] = []
    found, pid = children.run(f"{HERE}:double", 21, told=told.append)
    assert (found, told) == (42, [0.5])
    assert pid != os.getpid()
    assert not is_alive(pid)


def test_large_values_go_both_ways() -> None:
    text = "ab" * 1_000_000
    assert children.run(f"{HERE}:much", text) == text[::-1]


def test_a_refusal_is_told_by_name() -> None:
    with pytest.raises(children.Refused) as refused:
        children.run(f"{HERE}:refuse")
    assert refused.value.args == ("UnicodeError", "no such word")


@pytest.mark.parametrize("how", ["fall", "stumble"])
def test_a_child_that_ends_without_a_word_has_died(how: str) -> None:
    with pytest.raises(children.Died):
        children.run(f"{HERE}:{how}")


def test_it_is_ended_where_its_time_is_up() -> None:
    pids: list[float] = []
    with pytest.raises(children.TookTooLong):
        children.run(f"{HERE}:for_ever", told=pids.append, at_most=1.5)
    assert not is_alive(int(pids[0]))


def test_it_is_ended_at_once_where_the_worker_stops() -> None:
    pids: list[float] = []

    def told(pid: float) -> None:
        pids.append(pid)
        breath.stop()

    try:
        begun = monotonic()
        with pytest.raises(breath.Stopped):
            children.run(f"{HERE}:for_ever", told=told, between=breath.breathe)
        assert monotonic() - begun < 5
    finally:
        breath.start()
    assert not is_alive(int(pids[0]))


def test_it_does_not_outlive_a_parent_that_is_killed() -> None:
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from bothways.core import children\n"
            f"children.run('{HERE}:in_silence', told=lambda pid: print(int(pid), flush=True))",
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    until = monotonic() + 5
    while is_alive(pid) and monotonic() < until:
        sleep(0.05)
    assert not is_alive(pid)
