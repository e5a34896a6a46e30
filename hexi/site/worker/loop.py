"""The worker's loop: reads the notices, looks at the timetable, runs one job after the other."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import DatabaseError, connection

from hexi.core.trust.api import Bell, give_sequence, newest_sequence, told_after
from hexi.kernel.declare import Job, Lane
from hexi.site.worker.memory import remember, remembered
from hexi.site.worker.timetable import Slot, Timetable

log = logging.getLogger(__name__)
LOOK_S: dict[Lane, float] = {"work": 0.5, "prompt": 0.1, "outward": 0.1}
SELDOM = timedelta(seconds=30)
"""A job that comes round more often need not be remembered: it runs at once after a start anyway."""
DATABASE_PAUSE_S = 2.0


class Worker:
    """Runs jobs until `stopped()`; a failing job is logged, waits longer each time, and never stops the others.

    `still_alone` is asked at each turn: while it says no, another one works in this lane. At the `bell` it looks at once.
    """

    def __init__(
        self, jobs: Iterable[tuple[str, Job]], file: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        *, still_alone: Callable[[], bool] = lambda: True, look_s: float = LOOK_S["work"], bell: Bell | None = None,
    ) -> None:  # fmt: skip
        kept = remembered(file)
        self.file, self.clock, self.still_alone, self.look_s, self.bell = file, clock, still_alone, look_s, bell
        self.timetable = Timetable(jobs, kept.last)
        self.position = kept.position

    def work(self, stopped: Callable[[], bool]) -> None:
        """Until it is told to stop. A database that does not answer is asked again."""
        while not stopped():
            try:
                if self.still_alone():
                    self.turn(stopped)
            except DatabaseError:
                log.exception("the worker cannot read the database; it tries again in %s s", DATABASE_PAUSE_S)
                connection.close()
                time.sleep(DATABASE_PAUSE_S)
            self._pause()

    def _pause(self) -> None:
        if self.bell is None:
            time.sleep(self.look_s)
        elif self.bell.wait(self.look_s):
            self.timetable.ring()

    def turn(self, stopped: Callable[[], bool] = lambda: False) -> None:
        """One look: hear what happened, then run what is due."""
        if self.timetable.listens:
            self._hear()
        for slot in self.timetable.due(self.clock()):
            if stopped():
                return
            self._run(slot)

    def _hear(self) -> None:
        give_sequence()  # so that jobs run also where no stream process does
        newest = newest_sequence()
        if self.position is None or self.position > newest:  # the first start, or a database that was set back
            self.position = newest
        while found := told_after(self.position):
            self.position = found[-1].sequence
            self.timetable.call((one.topic for one in found), self.clock())

    def _run(self, slot: Slot) -> None:
        topics = self.timetable.taken(slot)
        started = time.monotonic()
        try:
            slot.job.run(topics)
        except Exception:
            pause = self.timetable.failed(slot, topics, self.clock())
            log.exception("job %s failed (%d in a row); it runs again in %s", slot.job.key, slot.failures, pause)
            connection.close()
        else:
            self.timetable.done(slot, self.clock())
            log.info("job %s took %.2f s", slot.job.key, time.monotonic() - started)
        if topics or slot.job.every is None or slot.job.every >= SELDOM:
            self._remember()

    def _remember(self) -> None:
        """Topics of a failed job are not kept over a restart: at the start every job with `every` comes soon anyway."""
        slots = self.timetable.slots
        remember(self.file, self.position or 0, {key: slot.last for key, slot in slots.items() if slot.last and not slot.failures})
