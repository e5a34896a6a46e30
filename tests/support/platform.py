"""The whole platform for one test run: every real process, a small reference district, free ports, nothing left afterwards."""

from __future__ import annotations

import atexit
import fcntl
import json
import os
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

from hexi.kernel.tlog.signing import ED25519, new_secret
from hexi.tools.processes.plan import Plan

ROOT = Path(__file__).resolve().parents[2]
RESIDENTS = "400"
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
HOUSES = "HEXI_TEST_HOUSES"
"""The environment variable that names the folder where all stages of a run keep the installations that they have furnished."""


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
    *, demo: bool = True, folder: Path | None = None, plan: Plan | None = None, more: Mapping[str, str] | None = None
) -> Platform:  # fmt: skip
    """`hexi run` in a folder of its own; returns when the web answers. A folder and a plan given again mean a second start.

    `more` is added to its environment.
    """
    folder = folder or _new_folder(demo=demo, more=more or {})
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


def _new_folder(*, demo: bool, more: Mapping[str, str]) -> Path:
    """Empty, or with the demonstration loaded already: on SQLite that is done once for all stages and then copied."""
    folder = Path(tempfile.mkdtemp(prefix="hexi-platform-", dir=MEMORY))
    if demo and "HEXI_DATABASE_URL" not in more:
        shutil.copytree(furnished(more), folder, dirs_exist_ok=True)
    if not demo:
        _with_key(folder)
    return folder


def _with_key(folder: Path) -> None:
    """What an operator does before the first start: a key for the log."""
    (folder / "ledger").mkdir()
    (folder / "ledger" / "keys").write_text(new_secret(ED25519, "tests.invalid/ledger"))


def furnished(more: Mapping[str, str]) -> Path:
    """The folder of an installation as `hexi prepare` leaves it: to be copied, not to be used."""
    if HOUSES not in os.environ:
        os.environ[HOUSES] = tempfile.mkdtemp(prefix="hexi-houses-", dir=MEMORY)
        atexit.register(shutil.rmtree, os.environ[HOUSES], ignore_errors=True)
    house = Path(os.environ[HOUSES]) / (more.get("DJANGO_SETTINGS_MODULE") or "plain")
    with house.with_name(f"{house.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # another stage may be at it
        if not house.exists():
            made = house.with_name(f"{house.name}.new")
            made.mkdir()
            prepare = [sys.executable, "-m", "hexi.tools.command", "prepare"]
            subprocess.run(prepare, cwd=ROOT, env=environment(made, demo=True, **more), check=True, capture_output=True)
            made.rename(house)
    return house


def words(plan: Plan) -> list[str]:
    """The command that starts it."""
    return [sys.executable, "-m", "hexi.tools.command", "run", "--port", str(plan.port), "--stream-port", str(plan.stream_port)]


def environment(folder: Path, *, demo: bool, **more: str) -> dict[str, str]:
    """Nothing of the tests' own environment, and a small sample."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("HEXI_", "DJANGO_"))}
    ours = {"HEXI_VAR": str(folder), "HEXI_SAMPLE": RESIDENTS, "HEXI_LANG": "en", "HEXI_DEMO": "1" if demo else "0", "HEXI_BROKER": "off", "HEXI_SIMULATE": "0"}
    return {**clean, **ours, "PYTHONDONTWRITEBYTECODE": "", "PYTHONWARNINGS": "default", **more}


def stop(platform: Platform, *, keep: bool = False) -> int:
    """Stop it as Ctrl-C would; its exit code."""
    platform.process.send_signal(signal.SIGINT)
    code = platform.process.wait(30)
    if not keep:
        shutil.rmtree(platform.folder, ignore_errors=True)
    return code


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
