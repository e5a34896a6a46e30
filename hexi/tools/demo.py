"""Loads the reference district: each room's own loader in its order, with progress shown, and resumed when it was broken off."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hexi.kernel.catalogue import catalogue
from hexi.kernel.label import Label, t
from hexi.tools.voice import say

UNFINISHED = "demo.unfinished"


class Progress:
    """What a loader calls: `progress(t("写入 3,000 个地点", "3,000 places written"))`."""

    def __init__(self, room: Label, clock: Callable[[], float] = time.monotonic) -> None:
        self.room, self.clock = room, clock
        self.started = clock()

    def __call__(self, what: Label) -> None:
        line = t("  {room}：{what}（{s} 秒）", "  {room}: {what} ({s} s)")
        say(line.filled(room=self.room, what=what, s=f"{self.clock() - self.started:.1f}"))


def empty() -> bool:
    """Is there nothing in any register yet?"""
    return not any(entity._default_manager.exists() for entity in _registers())


def wanted(var: Path) -> bool:
    """Load on the first start, and again when a load was broken off: loaders only add what is missing."""
    return (var / UNFINISHED).exists() or empty()


def load(var: Path) -> float:
    """Run all loaders; the seconds that it took."""
    started = time.monotonic()
    mark = var / UNFINISHED
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()
    say(t("装入示范城区的数据（人物均为虚构）：", "Loading the reference district (all its people are invented):"))
    for room in sorted(catalogue.rooms.values(), key=lambda room: room.demo_order):
        for loader in room.demo:
            loader(Progress(room.label))
    mark.unlink()
    return time.monotonic() - started


def _registers() -> list[Any]:
    """Registers that people or loaders fill. The data room's own (tuned parameters) come with the tables and say nothing."""
    return [entity for key, entity in catalogue.entities.items() if not key.startswith("data.")]
