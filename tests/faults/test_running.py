"""The platform as an operator meets it: what happens when a process dies, a port is taken, it is stopped and started again."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support import platform as platforms
from tests.support.houses import SAMPLES
from tests.support.platform import ROOT, Platform

pytestmark = pytest.mark.slow
MORE = {"DJANGO_SETTINGS_MODULE": SAMPLES}
"""The settings of the other tests of faults: so the tables are made once."""


@pytest.fixture(scope="module")
def running() -> Iterator[Platform]:
    platform = platforms.start(demo=False, bare=True)
    yield platform
    if platform.process.poll() is None:
        platforms.stop(platform)


def wait_until(true: Callable[[], bool], seconds: float = 30.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return False


def processes(platform: Platform) -> dict[int, str]:
    """The platform's processes, by what the system says of them."""
    told = subprocess.run(["ps", "-ww", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout.splitlines()[1:]
    rows = [(int(pid), int(parent), words) for pid, parent, words in (line.split(None, 2) for line in told)]
    family = {platform.process.pid}
    while grown := {pid for pid, parent, _ in rows if parent in family} - family:
        family |= grown
    return {pid: words for pid, _, words in rows if pid in family - {platform.process.pid}}


def one_of(platform: Platform, words: str) -> int:
    """The process that its keeper started: its own children say the same words."""
    assert wait_until(lambda: any(words in said for said in processes(platform).values()))
    family = processes(platform)
    return next(pid for pid, said in family.items() if words in said and words not in family.get(_parent(pid), ""))


def _parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])


LANES = [("worker", "hexi.site.worker work"), ("prompt", "hexi.site.worker prompt"), ("outward", "hexi.site.worker outward"),
         ("ledger", "hexi.site.sequencer"), ("engine", "hexi.site.engine"), ("intake", "hexi.site.intake"),
         ("walks", "hexi.site.walks")]  # fmt: skip


@pytest.mark.parametrize("name, words", [("web", "hexi.site.wsgi"), ("stream", "hexi.site.asgi"), ("lanes", "processes.lanes"), *LANES])
def test_a_killed_process_comes_back_by_itself_and_the_operator_is_told(running: Platform, name: str, words: str) -> None:
    before = one_of(running, words)
    os.kill(before, signal.SIGKILL)
    assert wait_until(lambda: f"{name} ended" in running.log)
    assert wait_until(lambda: any(words in said for pid, said in processes(running).items() if pid != before))
    assert wait_until(running.answers)


def test_a_killed_web_worker_alone_does_not_stop_the_service(running: Platform) -> None:
    parent = one_of(running, "hexi.site.wsgi")
    child = next(pid for pid, words in processes(running).items() if "hexi.site.wsgi" in words and pid != parent)
    os.kill(child, signal.SIGKILL)
    answered = [running.answers() for _ in range(20)]
    assert sum(answered) >= 15, "what the dead one had taken is lost; the other one goes on"
    assert wait_until(lambda: sum("hexi.site.wsgi" in words for words in processes(running).values()) == 1 + running.plan.workers)
    assert one_of(running, "hexi.site.wsgi") == parent


def test_a_port_that_is_taken_is_named_with_what_to_do(running: Platform) -> None:
    words = platforms.words(running.plan)
    second = subprocess.run(
        words, cwd=ROOT, env=platforms.environment(running.folder, demo=False), capture_output=True, text=True, timeout=30, check=False
    )
    assert second.returncode == 1
    assert str(running.plan.port) in second.stderr
    assert "HEXI_PORT" in second.stderr
    assert running.answers()


def test_somebody_who_writes_for_long_holds_up_readers_not_at_all(running: Platform) -> None:
    with sqlite3.connect(running.folder / "hexi.sqlite3", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        started = time.monotonic()
        assert running.answers()
        assert time.monotonic() - started < 5
        other.execute("ROLLBACK")
    other.close()


def test_a_wrong_database_address_is_told_in_a_sentence(tmp_path: Path) -> None:
    plan = platforms.Plan("127.0.0.1", platforms.free_port(), platforms.free_port(), workers=1, demo=False)
    environment = {**platforms.environment(tmp_path, demo=False), "HEXI_DATABASE_URL": "mysql://somewhere/else"}
    done = subprocess.run(platforms.words(plan), cwd=ROOT, env=environment, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode != 0
    assert "HEXI_DATABASE_URL" in done.stderr


def test_it_stops_cleanly_leaves_nobody_behind_and_starts_again_within_ten_seconds() -> None:
    first = platforms.start(demo=False, more=MORE)
    family = processes(first)
    assert len(family) >= 7
    assert platforms.stop(first, keep=True) == 0
    assert "Stopped" in first.log
    assert wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in family))
    for port in (first.plan.port, first.plan.stream_port):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
    again = platforms.start(demo=False, folder=first.folder, plan=first.plan, more=MORE)
    told = re.search(r"ready \(([\d.]+) s\)", again.log) if wait_until(lambda: "ready (" in again.log) else None
    assert told is not None
    assert platforms.stop(again) == 0
    print(f"second start: {told.group(1)} s")  # the bar of 10 s is for a quiet machine: bench, not test
