"""The whole platform for one test run: every real process, a small reference district, free ports, nothing left afterwards."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from hexi.tools.processes.plan import Plan
from tests.support.houses import MEMORY, PLAIN, ROOT, empty, environment, furnished, with_key


@dataclass
class Platform:
    """A running platform. `url` is its web address, `passphrase` that of every demonstration account."""

    folder: Path
    plan: Plan
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return f"http://localhost:{self.plan.port}"

    @property
    def passphrase(self) -> str:
        return str(json.loads((self.folder / "demo_accounts.json").read_text(encoding="utf-8"))[0]["password"])

    def answers(self) -> bool:
        """Do the web and the stream answer?"""
        return _answers(self.plan.port, "/api/session") and _answers(self.plan.stream_port, "/health")

    @property
    def log(self) -> str:
        return (self.folder / "run.log").read_text(errors="replace")


def start(
    *, demo: bool = True, bare: bool = False, folder: Path | None = None, plan: Plan | None = None, more: Mapping[str, str] | None = None
) -> Platform:  # fmt: skip
    """`hexi run` in a folder of its own; returns when the web answers. A folder and a plan given again mean a second start.

    `bare` is a first start, in a folder without a database. `more` is added to its environment.
    """
    folder = folder or _new_folder(demo=demo, bare=bare, more=more or {})
    plan = plan or Plan("127.0.0.1", free_port(), free_port(), workers=2, demo=demo)
    with (folder / "run.log").open("wb") as log:
        process = subprocess.Popen(
            words(plan), cwd=ROOT, env=environment(folder, demo=demo, **(more or {})), stdout=log, stderr=log, stdin=subprocess.DEVNULL
        )
    platform = Platform(folder, plan, process)
    for _ in range(1200):
        if process.poll() is not None:
            break
        if platform.answers():
            return platform
        time.sleep(0.1)
    stop(platform, keep=True)
    raise RuntimeError(f"The platform did not start:\n{platform.log}")


def _new_folder(*, demo: bool, bare: bool, more: Mapping[str, str]) -> Path:
    """On SQLite the tables are there already, with the demonstration or empty: they were made once for all stages, and are copied."""
    folder = Path(tempfile.mkdtemp(prefix="hexi-platform-", dir=MEMORY))
    settings = more.get("DJANGO_SETTINGS_MODULE", PLAIN)
    if not bare and "HEXI_DATABASE_URL" not in more:
        shutil.copytree(furnished(settings) if demo else empty(settings), folder, dirs_exist_ok=True)
    elif not demo:
        with_key(folder)
    return folder


def words(plan: Plan) -> list[str]:
    """The command that starts it."""
    return [sys.executable, "-m", "hexi.tools.command", "run", "--port", str(plan.port), "--stream-port", str(plan.stream_port)]


def stop(platform: Platform, *, keep: bool = False) -> int:
    """Stop it as Ctrl-C would; its exit code."""
    platform.process.send_signal(signal.SIGINT)
    code = platform.process.wait(30)
    if not keep:
        shutil.rmtree(platform.folder, ignore_errors=True)
    return code


def wait_until_open(process: subprocess.Popen[str], file: str) -> None:
    """Until the process has opened its file of this name, such as the lock that it works under: on a busy machine a start takes long."""
    folder = Path(f"/proc/{process.pid}/fd")
    while process.poll() is None and not any(one.endswith(f"/{file}") for one in map(_target, folder.iterdir())):
        time.sleep(0.02)


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except FileNotFoundError:  # closed meanwhile
        return ""


def _answers(port: int, path: str) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path, headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status < 500
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
