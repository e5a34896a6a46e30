"""Which processes the platform has, and how each is started."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hexi.kernel.declare import LANES
from hexi.tools.processes.child import Child

CLIENTS = 2000
NAMES = {"work": "worker"}
ROOM_FOR_OTHERS = 512
"""The stream process must accept more connections than it has places, so that it can say that it is full."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the platform listens, with how many web processes, with a broker or without, with simulated devices or without."""

    host: str
    port: int
    stream_port: int
    workers: int
    demo: bool
    broker: bool = False
    simulate: bool = False

    def environment(self) -> Mapping[str, str]:
        """What every process is told; what the district has set itself stays."""
        told = {"HEXI_PORT": str(self.port), "HEXI_STREAM_PORT": str(self.stream_port), "HEXI_DEMO": "1" if self.demo else "0"}
        told["HEXI_BROKER"] = "on" if self.broker else "off"
        return {**told, "PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": ""}  # compiled modules halve the time of a start

    def children(self) -> list[Child]:
        """Web, stream, and the process behind the lanes."""
        return self.only("web", "stream", *self.lanes())

    def only(self, *names: str) -> list[Child]:
        """Of web, stream and lanes these; one process stands behind the lanes."""
        lanes = [name for name in self.lanes() if name in names]
        ways: dict[str, Sequence[str]] = {"web": self._web(), "stream": self._stream(), "lanes": self._lanes(lanes)}
        wanted = {*names, *(("lanes",) if lanes else ())}
        return [Child(name, words, self.environment()) for name, words in ways.items() if name in wanted]

    def lanes(self) -> list[str]:
        """The lanes that this platform has: without a broker or simulated devices there are fewer."""
        left_out = {name for name, wanted in {"broker": self.broker, "devices": self.simulate}.items() if not wanted}
        return [name for name in lanes(os.environ) if name not in left_out]

    @staticmethod
    def _lanes(names: Sequence[str]) -> Sequence[str]:
        return [sys.executable, "-m", "hexi.tools.processes.lanes", *names]

    def _web(self) -> Sequence[str]:
        return [
            *self._granian(self.port),
            "--interface",
            "wsgi",
            "--workers",
            str(self.workers),
            "--blocking-threads",
            "2",
            "hexi.site.wsgi:application",
        ]

    def _stream(self) -> Sequence[str]:
        clients = int(os.environ.get("HEXI_STREAM_CLIENTS", str(CLIENTS)))
        room = str(clients + ROOM_FOR_OTHERS)
        how = ["--interface", "asgi", "--loop", "asyncio", "--workers", "1", "--backlog", room, "--backpressure", room]
        return [*self._granian(self.stream_port), *how, "--workers-kill-timeout", "3", "hexi.site.asgi:application"]

    def _granian(self, port: int) -> list[str]:
        how = ["--log-level", "warning", "--no-ws", "--respawn-failed-workers"]
        return [sys.executable, "-m", "granian", "--host", self.host, "--port", str(port), *how]


def lanes(environment: Mapping[str, str]) -> dict[str, Sequence[str]]:
    """Module and arguments of each lane: a worker for each kind of jobs, the sequencer of the log, the keeper of the walking network;
    the intake of readings, its broker, an engine a shard; simulated devices."""
    shards = range(int(environment.get("HEXI_SENSING_SHARDS", "1")))  # as the settings have it; whoever plans has not loaded them
    return {
        **{NAMES.get(lane, lane): ("hexi.site.worker", lane) for lane in LANES},
        "ledger": ("hexi.site.sequencer",), "walks": ("hexi.site.walks",), "intake": ("hexi.site.intake",), "broker": ("hexi.site.broker",),
        **{f"engine{shard or ''}": ("hexi.site.engine", str(shard)) for shard in shards},
        "devices": ("hexi.tools.command", "demo", "devices"),
    }  # fmt: skip
