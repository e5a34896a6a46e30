"""One process that is kept alive: started in a group of its own, ended with all that it started."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

PR_SET_PDEATHSIG = 1
FIRST_WAIT_S, LONGEST_WAIT_S = 0.5, 30.0
STEADY_S = 60.0
"""A child that lived this long is healthy: its next crash counts as its first."""

_libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent() -> None:
    """Linux ends the child when the supervisor is killed outright, so that no orphan keeps a port."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Process(Protocol):
    """What is asked of a running child, as `subprocess.Popen` answers it."""

    @property
    def pid(self) -> int: ...
    def poll(self) -> int | None: ...
    def wait(self, timeout: float | None = None) -> int: ...


@dataclass(slots=True)
class Child:
    """A process to be kept alive. `starts_at` is when it may start (monotonic seconds), `wait_s` the next pause after a crash."""

    name: str
    words: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    process: Process | None = None
    starts_at: float = 0.0
    started: float = 0.0
    wait_s: float = FIRST_WAIT_S

    def start(self) -> None:
        """Start it now."""
        self.started = time.monotonic()
        self.process = self.begun()

    def begun(self) -> Process:
        """The process, in a group of its own."""
        return subprocess.Popen(
            self.words, env={**os.environ, **self.environment}, stdin=subprocess.DEVNULL,
            start_new_session=True, preexec_fn=die_with_parent,  # noqa: PLW1509 - the supervisor has no threads
        )  # fmt: skip

    def crashed(self) -> int | None:
        """The exit code, once, of a child that ended without being asked; it then waits for its next start."""
        if self.process is None or (code := self.process.poll()) is None:
            return None
        self.end_group(signal.SIGKILL)
        self.process = None
        if time.monotonic() - self.started > STEADY_S:
            self.wait_s = FIRST_WAIT_S
        self.starts_at = time.monotonic() + self.wait_s
        self.wait_s = min(self.wait_s * 2, LONGEST_WAIT_S)
        return code

    def due(self) -> bool:
        """Is it down, and its pause over?"""
        return self.process is None and time.monotonic() >= self.starts_at

    def end_group(self, how: signal.Signals) -> None:
        """Send a signal to the child and to all that it started."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, how)
            except ProcessLookupError:  # all of them are gone already
                return

    def stop(self, until: float) -> bool:
        """Wait until that moment for a child that was told to stop; then end it by force. True when it went by itself."""
        if self.process is None:
            return True
        try:
            self.process.wait(max(0.0, until - time.monotonic()))
            willing = True
        except subprocess.TimeoutExpired:
            willing = False
        self.end_group(signal.SIGKILL)
        self.process.wait()
        self.process = None
        return willing
