"""What single processes have in common: they turn until they are told to stop, and end with a word where they may not run."""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable
from types import FrameType

from hexi.kernel.errors import HexiError

log = logging.getLogger(__name__)
AGAIN = 75
"""EX_TEMPFAIL of sysexits.h: the supervisor starts it again later, in case the other one is gone then."""


def until_told() -> Callable[[], bool]:
    """From now on SIGTERM and SIGINT end nothing by themselves; what this returns says whether one came."""
    told: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        told.append(number)

    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, stop)
    return lambda: bool(told)


def exit_code(work: Callable[[], object]) -> int:
    """Do the work and give the exit code of its process. What hinders it is told in both languages."""
    try:
        work()
    except HexiError as error:
        log.error("%s / %s [%s]", error.what.zh, error.what.en, error.which)
        return AGAIN
    return 0
