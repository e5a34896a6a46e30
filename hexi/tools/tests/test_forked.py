"""A forked child is a process of its own: its module, its group, its signals, its exit code; real processes, real signals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hexi.tools.processes.plan import Plan, lanes
from hexi.tools.tests.test_supervisor import gone, line_of

KEEP = """
import sys
from hexi.tools.processes.forked import Forked
from hexi.tools.processes.supervisor import Supervisor
sys.exit(Supervisor([Forked("first", ("lone_module", "a", "b"))]).run())
"""
MODULE = """
import os, subprocess, sys, time
grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
title = open("/proc/self/cmdline").read().replace(chr(0), " ").strip()
print("family", os.getpid(), grandchild.pid, os.getpgrp(), __name__, "|", *sys.argv[1:], "|", title, flush=True)
"""


def kept(folder: Path, ending: str) -> subprocess.Popen[str]:
    (folder / "lone_module.py").write_text(MODULE + ending)
    environment = {**os.environ, "HEXI_LANG": "en", "PYTHONPATH": os.pathsep.join([str(folder), *sys.path])}
    words = [sys.executable, "-c", KEEP]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)


def test_it_runs_its_module_under_its_own_name_and_leaves_nobody_behind(tmp_path: Path) -> None:
    with kept(tmp_path, "time.sleep(60)") as process:
        told = line_of(process, "family").split(maxsplit=4)
        pid, grandchild, group = (int(number) for number in told[1:4])
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    assert group == pid
    assert told[4].split(" | ") == ["__main__", "a b", f"{sys.executable} -m lone_module a b\n"]
    assert gone(pid)
    assert gone(grandchild)


def test_a_killed_keeper_takes_it_along(tmp_path: Path) -> None:
    with kept(tmp_path, "time.sleep(60)") as process:
        pid = int(line_of(process, "family").split()[1])
        process.kill()
        process.wait(10)
    assert gone(pid)


@pytest.mark.parametrize("ending, code", [("sys.exit(3)", "code 3"), ("os.kill(os.getpid(), 9)", "code -9"), ("1 / 0", "code 1")])
def test_how_it_ended_is_told_and_it_starts_again(tmp_path: Path, ending: str, code: str) -> None:
    with kept(tmp_path, ending) as process:
        first = line_of(process, "family").split()[1]
        assert code in line_of(process, "first")
        assert line_of(process, "family").split()[1] != first
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


def test_a_platform_without_broker_and_demonstration_has_fewer_lanes() -> None:
    def plan(*, broker: bool, simulate: bool) -> list[str]:
        return Plan("127.0.0.1", 1, 2, workers=1, demo=False, broker=broker, simulate=simulate).lanes()

    assert set(plan(broker=True, simulate=True)) - set(plan(broker=False, simulate=False)) == {"broker", "devices"}
    assert {"engine", "engine1", "engine2"} <= lanes({"HEXI_SENSING_SHARDS": "3"}).keys()
