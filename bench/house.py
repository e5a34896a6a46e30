"""A whole installation for one measurement: a folder of its own, real processes, gone afterwards."""

from __future__ import annotations

import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from hexi.tools.processes.child import Child
from hexi.tools.processes.plan import Plan

SCRATCH = os.environ.get("HEXI_BENCH_FOLDER", "/var/tmp")
"""On the disk, unless somebody says otherwise: a benchmark must not be kinder than a district's machine."""
SAMPLE_KINDS = {"DJANGO_SETTINGS_MODULE": "bench.settings"}
"""For `installation`: the site with the kinds of cases of the cases room's own samples, so that no scenario's limits count."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def raise_file_limit() -> None:
    """A thousand clients are a thousand open files, on both sides."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def prepare(var: str, **environment: str) -> Mapping[str, str]:
    """Point this process and its children at a new, empty installation, with the tables made."""
    os.environ.update({"HEXI_VAR": var, "HEXI_SECRET_KEY": "bench", "HEXI_LANG": "en", "PYTHONDONTWRITEBYTECODE": "", **environment})
    os.environ.setdefault("HEXI_DATABASE_URL", f"sqlite:///{var}/hexi.sqlite3")
    raise_file_limit()
    from hexi.tools import house

    house.open_house()
    (Path(var) / "static").mkdir(parents=True, exist_ok=True)
    house.migrate()
    return os.environ


@contextmanager
def installation(**environment: str) -> Iterator[Path]:
    """An empty installation in a temporary folder on the disk: a benchmark must not be kinder than a district's machine."""
    with tempfile.TemporaryDirectory(prefix="hexi-bench-", dir=SCRATCH) as var:
        prepare(var, **environment)
        yield Path(var)


@contextmanager
def database(*, postgresql: bool) -> Iterator[None]:
    """A PostgreSQL server of this run's own, on loopback; without it the installation makes its SQLite file."""
    if not postgresql:
        os.environ.pop("HEXI_DATABASE_URL", None)
        yield
        return
    from tests.support.postgres import Postgres

    with Postgres.for_a_while(SCRATCH) as server:
        os.environ["HEXI_DATABASE_URL"] = server.url("hexi")
        yield


@contextmanager
def running(*names: str, workers: int = 2) -> Iterator[Plan]:
    """The processes of these names (web, stream, and lanes such as intake), answering."""
    plan = Plan("127.0.0.1", free_port(), free_port(), workers, demo=False)
    children = plan.only(*names)
    os.environ["HEXI_PORT"], os.environ["HEXI_STREAM_PORT"] = str(plan.port), str(plan.stream_port)
    try:
        for child in children:
            child.start()
        for child in children:
            _wait_for(child, {"web": plan.port, "stream": plan.stream_port}.get(child.name))
        yield plan
    finally:
        for child in children:
            child.end_group(signal.SIGTERM)
        for child in children:
            child.stop(time.monotonic() + 8)


def _wait_for(child: Child, port: int | None) -> None:
    path = "/health" if child.name == "stream" else "/api/session"
    for _ in range(300):
        if port is None:
            return
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", path, headers={"Host": f"localhost:{port}"})
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise RuntimeError(f"{child.name} did not answer on port {port}")


def rss_mib(port: int) -> float:
    """Memory of the processes that listen on the port and of their children, in MiB."""
    rows = [line.split(None, 3) for line in _processes("pid,ppid,rss,args")]
    ours = _listening(port, rows)
    return sum(int(row[2]) for row in rows if row[0] in ours or row[1] in ours) / 1024


def cpu_s(port: int) -> float:
    """Seconds of processor time that those processes have used: a figure that does not depend on who else is busy."""
    rows = [line.split(None, 3) for line in _processes("pid,ppid,cputimes,args")]
    ours = _listening(port, rows)
    return sum(float(row[2]) for row in rows if row[0] in ours or row[1] in ours)


def _listening(port: int, rows: list[list[str]]) -> set[str]:
    """By the name that the server gives its processes. Raises AssertionError where there are none: nothing is no measurement."""
    found = {row[0] for row in rows if f":{port} " in row[3]}
    assert found, f"no process is named after port {port}"
    return found


def _processes(columns: str) -> list[str]:
    return subprocess.run(["ps", "-ww", "-eo", columns], capture_output=True, text=True, check=True).stdout.splitlines()[1:]


def share(values: list[float], part: float) -> float:
    """The value below which that part of all values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def verdict(what: str, value: float, unit: str, bar: float, *, at_most: bool) -> bool:
    """Print one figure beside its bar; True when it is met."""
    met = value <= bar if at_most else value >= bar
    print(f"{'met ' if met else 'MISSED'}  {what}: {value:,.1f} {unit} (bar: {'at most' if at_most else 'at least'} {bar:,.10g} {unit})")
    return met


if __name__ == "__main__":
    sys.exit("bench.house is used by the benchmarks; run python -m bench.stream")
