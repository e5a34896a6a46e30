"""A PostgreSQL server for one test run: in a temporary folder, on loopback, gone afterwards."""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOOK_IN = "/usr/lib/postgresql"
SETTINGS = """
fsync=off
synchronous_commit=off
full_page_writes=off
wal_level=minimal
max_wal_senders=0
max_connections=60
shared_buffers=128MB
autovacuum=off
jit=off
listen_addresses='127.0.0.1'
unix_socket_directories=''
"""
"""Durability is not under test; speed is wanted. Left to itself, autovacuum counts what a test has just rolled back: an empty table of
many pages, which no district has, and plans that depend on the order of the tests."""


class Postgres:
    """One server. As root it runs as the user `postgres` or `nobody`, because PostgreSQL refuses root.

    `like` is what `copy_to` has kept of another one: then it has what that one had.
    """

    def __init__(self, folder: Path, like: Path | None = None) -> None:
        self.folder = folder
        self.like = like
        self.port = _free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @classmethod
    def start_for_this_run(cls, scratch: Path, like: Path | None = None) -> Postgres:
        """A running server with the database `hexi`, stopped and removed when the interpreter ends."""
        server = cls(scratch / "postgresql", like)
        atexit.register(server.stop)
        server.start()
        return server

    @classmethod
    @contextmanager
    def for_a_while(cls, where: str | Path | None = None, like: Path | None = None) -> Iterator[Postgres]:
        """A running server with the database `hexi` in a folder of its own below `where`; both are gone behind the block."""
        with tempfile.TemporaryDirectory(prefix="hexi-pg-", dir=where) as folder:
            server = cls(Path(folder) / "server", like)
            try:
                server.start()
                yield server
            finally:
                server.stop()

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def url(self, name: str) -> str:
        return f"postgresql://hexi@127.0.0.1:{self.port}/{name}"

    def start(self) -> None:
        """Make the cluster, or copy it, and wait until it answers."""
        self.folder.mkdir(parents=True)
        self.folder.parent.chmod(0o711)  # the server's user must pass through the run's own folder
        if os.getuid() == 0:
            shutil.chown(self.folder, _server_user())
        if self.like is None:
            self._make()
        else:
            _copy(self.like / "data", self.data)
        words = self._as_user(_binary("postgres"), "-D", self.data, "-p", self.port)
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(words, stdout=log, stderr=log, start_new_session=True)
        self._wait()
        if self.like is None:
            subprocess.run([_binary("createdb"), "-h", "127.0.0.1", "-p", str(self.port), "-U", "hexi", "hexi"], check=True)

    def _make(self) -> None:
        new = [_binary("initdb"), "-D", self.data, "-U", "hexi", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        subprocess.run(self._as_user(*new), check=True, capture_output=True)
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write(SETTINGS)

    def _wait(self) -> None:
        ready = [_binary("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        for _ in range(100):
            if subprocess.run(ready, check=False).returncode == 0:
                return
            time.sleep(0.1)
        raise RuntimeError("PostgreSQL did not start:\n" + (self.folder / "log").read_text())

    def end(self) -> None:
        """End the server (fast shutdown); its files stay."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGINT)
            self.process.wait(20)
            self.process = None

    def copy_to(self, folder: Path) -> None:
        """Keep what the ended server has, for others to begin with."""
        _copy(self.data, folder / "data")

    def stop(self) -> None:
        """End the server and remove its files."""
        self.end()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _as_user(self, *words: str | Path | int) -> list[str]:
        command = [str(word) for word in words]
        if os.getuid() != 0:
            return command
        user = _server_user()
        return ["setpriv", f"--reuid={user}", f"--regid={pwd.getpwnam(user).pw_gid}", "--clear-groups", *command]


def _copy(data: Path, to: Path) -> None:
    """With owners and rights: the server looks at them."""
    subprocess.run(["cp", "-a", "--reflink=auto", str(data), str(to)], check=True)


def _server_user() -> str:
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        return "nobody"


def _binary(name: str) -> str:
    """The newest installed version's program."""
    found = sorted(Path(LOOK_IN).glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    if path := (str(found[-1]) if found else shutil.which(name)):
        return path
    raise RuntimeError("PostgreSQL is not installed: run `make setup-test` (as root), or apt-get install postgresql.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
