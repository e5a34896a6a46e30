"""The process of the stream rules: `python -m hexi.site.engine 0`, one for each shard. A second one for a shard says so and ends."""

from __future__ import annotations

import fcntl
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import django

from hexi.kernel.errors import Conflict, HexiError
from hexi.kernel.label import t

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hexi.site.settings")
log = logging.getLogger(__name__)
LOOK_S, PAUSE_S = 0.02, 2.0
AGAIN = 75
"""EX_TEMPFAIL of sysexits.h: the supervisor starts it again later, in case the other one is gone then."""


def main() -> int:
    """Turn until SIGTERM or SIGINT."""
    django.setup()
    from hexi.core.sensing.api import journal_folder

    told: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        told.append(number)

    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, stop)
    shard = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    try:
        with only_one(journal_folder(shard)):
            work(shard, lambda: bool(told))
    except HexiError as error:
        log.error("%s / %s [%s]", error.what.zh, error.what.en, error.which)
        return AGAIN
    return 0


@contextmanager
def only_one(folder: Path) -> Generator[None]:
    """Be the one engine of this journal on this machine. Raises Conflict when there is one; one elsewhere is refused at its first turn."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "engine.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Conflict(t("该分片已有规则引擎在运行", "An engine is at work on this shard"), which=str(folder)) from None
        yield


def work(shard: int, stopped: Callable[[], bool]) -> None:
    """Turn after turn. A database that does not answer is asked again, from what is written there."""
    from django.db import DatabaseError, connection

    from hexi.core.sensing.api import Engine, journal_folder, now_us

    engine: Engine | None = None
    while not stopped():
        try:
            engine = engine or Engine(shard, journal_folder(shard))
            if not engine.turn(now_us()):
                time.sleep(LOOK_S)
        except DatabaseError:
            log.exception("the engine cannot use the database; it tries again in %s s", PAUSE_S)
            connection.close()
            time.sleep(PAUSE_S)


if __name__ == "__main__":
    sys.exit(main())
