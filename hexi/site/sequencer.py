"""The sequencer's process: `python -m hexi.site.sequencer`. There is one for a database; a second one says so and ends."""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from hexi.kernel.errors import Conflict
from hexi.kernel.label import t
from hexi.site.lone import exit_code, until_told
from hexi.site.opening import open_rooms

if TYPE_CHECKING:
    from hexi.core.trust.api import Cosigner, Sequencer

log = logging.getLogger(__name__)
LOCK = 0x6C656467  # "ledg": PostgreSQL's advisory lock of the log's one writer
TURN_S, LOOK_S, ASK_S, PAUSE_S = 0.3, 0.2, 0.1, 2.0


def main() -> int:
    """Turn three times a second until SIGTERM or SIGINT."""
    open_rooms()
    stopped = until_told()
    return exit_code(lambda: alone_at_work(stopped))


def alone_at_work(stopped: Callable[[], bool]) -> None:
    """Work as the one sequencer. Raises Conflict when there is one."""
    from django.conf import settings

    with only_one(Path(settings.VAR)):
        work(stopped)


@contextmanager
def only_one(folder: Path) -> Generator[None]:
    """Be the one sequencer of this installation and of this database. Raises Conflict when there is one."""
    from hexi.site.worker.alone import database_locked, file_locked

    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "ledger.lock").open("w") as file:
        if not file_locked(file.fileno()) or not database_locked(LOCK):
            raise Conflict(t("日志已有一个定序进程在运行", "Another sequencer of the log is at work"), which=str(folder))
        yield


def work(stopped: Callable[[], bool]) -> None:
    """Turn after turn. A database that does not answer is asked again; a lock that was lost with it ends the process."""
    from django.db import DatabaseError, connection

    from hexi.core.trust.api import Sequencer

    sequencer = Sequencer()
    with witnessing(sequencer, stopped) as came:
        while not stopped():
            started = time.monotonic()
            try:
                more = turn(sequencer)
                while not more and not stopped() and (left := started + TURN_S - time.monotonic()) > 0:
                    if came.wait(min(left, LOOK_S)):
                        came.clear()
                        sequencer.publish()
            except DatabaseError:
                log.exception("the sequencer cannot use the database; it tries again in %s s", PAUSE_S)
                connection.close()
                sequencer.forget()
                time.sleep(PAUSE_S)


@contextmanager
def witnessing(sequencer: Sequencer, stopped: Callable[[], bool]) -> Generator[threading.Event]:
    """Witnesses are asked in a thread of their own, so that a silent one delays no number. The event is set when one has signed."""
    came, ended = threading.Event(), threading.Event()
    thread = threading.Thread(target=_witness, args=(sequencer.cosigner, came, lambda: stopped() or ended.is_set()), daemon=True)
    thread.start()
    try:
        yield came
    finally:
        ended.set()
        thread.join(LOOK_S * 2)


def _witness(cosigner: Cosigner, came: threading.Event, stopped: Callable[[], bool]) -> None:
    from django.db import connection

    while not stopped():
        try:
            if cosigner.turn():
                came.set()
        except Exception:
            log.exception("the witnesses could not be asked; they are again in %s s", PAUSE_S)
            connection.close()
            time.sleep(PAUSE_S)
        time.sleep(PAUSE_S if cosigner.refused else ASK_S)
    connection.close()


def turn(sequencer: Sequencer) -> bool:
    """One turn, if the database's lock is still ours. Raises Conflict when another one has it."""
    from hexi.site.worker.alone import still_locked

    if not still_locked(LOCK):
        raise Conflict(t("定序锁已被另一进程取得", "Another process has taken the sequencer's lock"))
    return sequencer.turn()


if __name__ == "__main__":
    sys.exit(main())
