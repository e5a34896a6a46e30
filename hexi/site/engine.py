"""The process of the stream rules: `python -m hexi.site.engine 0`, one for each shard. A second one for a shard says so and ends."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from hexi.kernel.errors import Conflict
from hexi.kernel.label import t
from hexi.site.lone import exit_code, until_told
from hexi.site.opening import open_rooms

log = logging.getLogger(__name__)
LOOK_S, PAUSE_S = 0.02, 2.0
PACE_S = 0.01
"""From turn to turn while readings come: each is a transaction with two waits for the disk, so what comes together had better share one.
The first reading after a pause is taken at once."""


def main() -> int:
    """Turn until SIGTERM or SIGINT."""
    open_rooms()
    shard, stopped = int(sys.argv[1]) if len(sys.argv) > 1 else 0, until_told()
    return exit_code(lambda: alone_at_work(shard, stopped))


def alone_at_work(shard: int, stopped: Callable[[], bool]) -> None:
    """Work as the one engine of this shard. Raises Conflict when there is one."""
    from hexi.core.sensing.api import journal_folder

    with only_one(journal_folder(shard)):
        work(shard, stopped)


@contextmanager
def only_one(folder: Path) -> Generator[None]:
    """Be the one engine of this journal on this machine. Raises Conflict when there is one; one elsewhere is refused at its first turn."""
    from hexi.site.worker.alone import file_locked

    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "engine.lock").open("w") as file:
        if not file_locked(file.fileno()):
            raise Conflict(t("该分片已有规则引擎在运行", "An engine is at work on this shard"), which=str(folder))
        yield


def work(shard: int, stopped: Callable[[], bool]) -> None:
    """Turn after turn. A database that does not answer is asked again, from what is written there."""
    from django.db import DatabaseError, connection

    from hexi.core.sensing.api import Engine, bell_of, journal_folder, now_us
    from hexi.core.trust.api import Bell

    engine, bell = None, Bell(bell_of(shard))
    while not stopped():
        try:
            if engine is None:
                engine = Engine(shard, journal_folder(shard))
                engine.rehearse()
            begun = time.monotonic()
            if engine.turn(now_us()):
                time.sleep(max(0.0, begun + PACE_S - time.monotonic()))
            else:
                bell.wait(LOOK_S)
        except DatabaseError:
            log.exception("the engine cannot use the database; it tries again in %s s", PAUSE_S)
            connection.close()
            time.sleep(PAUSE_S)


if __name__ == "__main__":
    sys.exit(main())
