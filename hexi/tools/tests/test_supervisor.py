"""Processes are kept alive visibly and taken down together: real processes, real signals."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hexi.kernel.errors import Unavailable
from hexi.tools.processes.child import Child
from hexi.tools.processes.ports import need_free
from hexi.tools.processes.supervisor import FATAL

SUPERVISE = """
import sys
from hexi.tools.processes.child import Child
from hexi.tools.processes.supervisor import Supervisor
sys.exit(Supervisor([Child("first", [sys.executable, "-c", sys.argv[1]])]).run())
"""


def supervised(script: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", SUPERVISE, script], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def line_of(process: subprocess.Popen[str], words: str) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if words in line:
            return line
    raise AssertionError(f"it never said {words!r}")


def gone(pid: int) -> bool:
    for _ in range(100):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z":
                return True
            os.kill(pid, 0)
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.05)
    return False


FAMILY = """
import os, subprocess, sys, time
grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print("family", os.getpid(), grandchild.pid, flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_being_told_to_stop_leaves_no_process_behind(how: signal.Signals) -> None:
    with supervised(FAMILY) as process:
        family = [int(pid) for pid in line_of(process, "family").split()[1:]]
        process.send_signal(how)
        assert process.wait(10) == 0
    assert all(gone(pid) for pid in family)


def test_a_killed_supervisor_takes_its_children_with_it() -> None:
    with supervised(FAMILY) as process:
        child = int(line_of(process, "family").split()[1])
        process.kill()
        process.wait(10)
    assert gone(child)


def test_a_crashed_child_starts_again_and_the_crash_is_told() -> None:
    with supervised("import sys; print('started', flush=True); sys.exit(3)") as process:
        line_of(process, "started")
        assert "3" in line_of(process, "first")
        line_of(process, "started")
        process.terminate()
        assert process.wait(10) == 0


def test_a_child_that_cannot_run_at_all_ends_everything_with_a_failure() -> None:
    with supervised(f"import sys; sys.exit({FATAL})") as process:
        assert process.wait(10) == 1


def test_each_crash_in_a_row_waits_longer_until_the_longest_pause() -> None:
    child = Child("first", [sys.executable, "-c", "raise SystemExit(1)"])
    pauses = []
    for _ in range(3):
        child.start()
        assert child.process is not None
        child.process.wait(10)
        assert child.crashed() == 1
        pauses.append(child.starts_at - time.monotonic())
    assert pauses[0] < pauses[1] < pauses[2]
    assert not child.due()


def test_a_busy_port_is_told_before_anything_starts() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(Unavailable) as told:
            need_free("127.0.0.1", port, "HEXI_PORT")
    assert "HEXI_PORT" in told.value.document("zh")["do"]
    need_free("127.0.0.1", port, "HEXI_PORT")
