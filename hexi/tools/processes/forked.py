"""A process that is forked from one that has loaded the house: it starts at once, and both share what they only read."""

from __future__ import annotations

import multiprocessing
import os
import runpy
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import setproctitle

from hexi.tools.processes.child import Child, die_with_parent

TOLD = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Fork:
    """A copy of this process that runs a module as `python -m` would."""

    def __init__(self, words: Sequence[str]) -> None:
        self._process = multiprocessing.get_context("fork").Process(target=become, args=(words,))
        signal.pthread_sigmask(signal.SIG_BLOCK, TOLD)  # what comes before the copy is itself would be told to the parent's handlers
        try:
            self._process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, TOLD)
        with suppress(PermissionError, ProcessLookupError):  # it has done so itself, or is gone
            os.setpgid(self.pid, self.pid)

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def poll(self) -> int | None:
        """The exit code; None while it runs."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """The exit code. Raises TimeoutExpired when it still runs then."""
        self._process.join(timeout)
        if (code := self._process.exitcode) is None:
            raise subprocess.TimeoutExpired(self._process.name, timeout or 0.0)
        return code


def become(words: Sequence[str]) -> None:
    """In the copy: be the process of this module. `words` are the module and its arguments."""
    os.setpgid(0, 0)
    die_with_parent()
    for each in TOLD:
        signal.signal(each, signal.SIG_DFL if each != signal.SIGINT else signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, TOLD)
    setproctitle.setproctitle(" ".join([sys.executable, "-m", *words]))
    sys.argv = [*words]
    runpy.run_module(words[0], run_name="__main__", alter_sys=True)


@dataclass(slots=True)
class Forked(Child):
    """A child whose `words` are a module and its arguments; it has the environment of this process."""

    def begun(self) -> Fork:
        """The copy, in a group of its own."""
        return Fork(self.words)
