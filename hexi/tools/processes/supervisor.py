"""Keeps the platform's processes alive, visibly, until it is told to stop."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Sequence
from types import FrameType

from hexi.kernel.label import Label, t
from hexi.tools.processes.child import Child
from hexi.tools.voice import complain, say

GRACE_S = 8.0
LOOK_S = 0.2
FATAL = 78
"""EX_CONFIG of sysexits.h: a child that ends with it cannot run at all, and starting it again would not help."""


class Supervisor:
    """Starts the children, starts a crashed one again after a growing pause, and takes all of them down together.

    `look` is called at every turn; it must be quick. `aloud`: the operator is told of its end. `grace_s`: what a child has for its own.
    """

    def __init__(
        self, children: Sequence[Child], look: Callable[[], None] = lambda: None, *, aloud: bool = True, grace_s: float = GRACE_S
    ) -> None:  # fmt: skip
        self.children = tuple(children)
        self.look, self.aloud, self.grace_s = look, aloud, grace_s
        self.stopping = False
        self.code = 0

    def run(self) -> int:
        """Return when it was told to stop (0), or when a child cannot run at all (1). No process is left behind."""
        before = {each: signal.signal(each, self._told) for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
        try:
            while not self.stopping:
                self._look()
                self.look()
                time.sleep(LOOK_S)
        finally:
            self._stop_all()
            for each, handler in before.items():
                signal.signal(each, handler)
        return self.code

    def _told(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def _look(self) -> None:
        for child in self.children:
            if child.due():
                child.start()
            elif (code := child.crashed()) is not None:
                self._say_crashed(child, code)

    def _say_crashed(self, child: Child, code: int) -> None:
        if code == FATAL:
            self.stopping, self.code = True, 1
            return
        pause = max(0.0, child.starts_at - time.monotonic())
        gaps = {"name": child.name, "code": code, "pause": f"{pause:.1f}"}
        complain(
            t("{name} 意外退出（代码 {code}），{pause} 秒后重启", "{name} ended (code {code}) and starts again in {pause} s").filled(**gaps)
        )

    def _stop_all(self) -> None:
        self._say(t("正在停止……", "Stopping…"))
        until = time.monotonic() + self.grace_s
        for child in self.children:
            child.end_group(signal.SIGTERM)
        for child in self.children:
            if not child.stop(until):
                complain(t("{name} 没有按时停止，已强制结束", "{name} did not stop in time and was ended by force").filled(name=child.name))
        self._say(t("已停止", "Stopped"))

    def _say(self, words: Label) -> None:
        if self.aloud:
            say(words)
