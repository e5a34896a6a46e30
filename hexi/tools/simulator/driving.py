"""Sends what simulated devices say to the platform's own address, each with its own key, as fast as the clock goes."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import groupby
from pathlib import Path
from typing import Any

from hexi.core.sensing.api import Gadget, fleet
from hexi.tools.simulator.rhythm import LONGEST, Said, said

STEP_S, PAUSE_S, LOOK_S, TIMEOUT_S = 2.0, 3.0, 30.0, 15.0
AT_ONCE_S = 3600
"""So much simulated time is sent before it is written down how far it went: what was sent twice is stored once."""
REFUSED = 500
"""The platform's own trouble from here on: the same is sent again. Below it, sending again would not help."""


@dataclass
class Driver:
    """Simulated devices in simulated time, which never runs ahead of the real one.

    `file` says how far it went: the next start goes on there. It began `since_s` ago and goes `speed` times as fast as the clock until it
    has caught up; then it goes with the clock.
    """

    fleet: list[Gadget]
    port: int
    file: Path
    seed: int = 1
    speed: float = 60.0
    since_s: int = 0
    host: str = "127.0.0.1"
    clock: Callable[[], float] = time.time
    sent: int = 0
    windows: int = 0
    refused: int = 0
    connection: HTTPConnection | None = field(default=None, repr=False)

    def run(self, stopped: Callable[[], bool]) -> None:
        """Until told to stop; a platform that is away is waited for."""
        done = self.begun()
        last = self.clock()
        while not stopped():
            now = self.clock()
            until = min(int(now), done + max(1, int((now - last) * self.speed)), done + AT_ONCE_S)
            last = now
            if until > done:
                done = self.step(done, until, stopped)
            _rest(STEP_S if until < done + AT_ONCE_S else 0.0, stopped)
        self.hang_up()

    def begun(self) -> int:
        """From which second on: where it was left, but not longer ago than the intake takes readings."""
        now = int(self.clock())
        left = int(json.loads(self.file.read_text())["done"]) if self.file.exists() else now - self.since_s
        return min(now, max(left, now - int(LONGEST.total_seconds()) + AT_ONCE_S))

    def step(self, done: int, until: int, stopped: Callable[[], bool]) -> int:
        """Send what is said in between; how far it went: all of it, or nothing where the platform did not answer."""
        words = said(self.fleet, self.seed, done, until)
        for gadget, ones in groupby(sorted(words, key=lambda one: one.gadget.code), key=lambda one: one.gadget):
            if stopped() or not self.send(gadget, list(ones)):
                _rest(PAUSE_S, stopped)
                return done
        self._note(until)
        return until

    def send(self, gadget: Gadget, words: Iterable[Said]) -> bool:
        """What one device says, readings together and each window by itself. False where the platform cannot take it now."""
        whole = list(words)
        readings = [one.body for one in whole if not one.window for _ in range(1 + one.twice)]
        if readings and not self._post(gadget, "/api/readings", {"readings": readings}):
            return False
        self.sent += len(readings)
        for one in whole:
            if one.window:
                if not self._post(gadget, "/api/windows", one.body):
                    return False
                self.windows += 1
        return True

    def _post(self, gadget: Gadget, path: str, body: Any) -> bool:
        heads = {"Authorization": f"Bearer {gadget.key}", "Content-Type": "application/json"}
        try:
            if self.connection is None:
                self.connection = HTTPConnection(self.host, self.port, timeout=TIMEOUT_S)
            self.connection.request("POST", path, json.dumps(body), heads)
            answer = self.connection.getresponse()
            answer.read()
        except (OSError, HTTPException):
            self.hang_up()
            return False
        if answer.status >= REFUSED:
            return False
        self.refused += answer.status >= 400
        return True

    def hang_up(self) -> None:
        """Close the connection."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def _note(self, done: int) -> None:
        """How far it went, whole or not at all."""
        scratch = self.file.with_suffix(".new")
        scratch.write_text(json.dumps({"done": done, "seed": self.seed}))
        scratch.replace(self.file)


def _rest(seconds: float, stopped: Callable[[], bool]) -> None:
    """Wait so long, or until told to stop."""
    until = time.monotonic() + seconds
    while not stopped() and (left := until - time.monotonic()) > 0:
        time.sleep(min(0.2, left))


def waited_for_fleet(stopped: Callable[[], bool]) -> list[Gadget]:
    """The simulated devices of this installation, as soon as there are any."""
    while not (found := fleet()) and not stopped():
        _rest(LOOK_S, stopped)
    return found
