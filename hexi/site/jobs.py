"""The one worker: runs the rooms' jobs by the clock and after notices. Nobody waits for it; a failed run is told and tried again."""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from types import FrameType

from django.db import close_old_connections

from hexi.core.trust.models import Notice
from hexi.kernel.catalogue import catalogue
from hexi.kernel.declare import Job

log = logging.getLogger("hexi.worker")
PAUSE = 0.5  # seconds between two looks; also how long notices gather before a job answers them
BACK_OFF = (5, 30, 120, 600)  # seconds before a failed job is tried again


@dataclass
class Desk:
    """One job, when it is due, and what has called it since."""

    job: Job
    due: float = 0
    called: set[str] = field(default_factory=set[str])
    failures: int = 0

    def hears(self, topics: Iterable[str]) -> None:
        self.called |= {topic for topic in topics if "*" in self.job.topics or topic in self.job.topics}

    def is_due(self, now: float) -> bool:
        return now >= self.due and (bool(self.called) or self.job.every is not None or self.failures > 0)

    def run(self, now: float) -> None:
        """Run once. After a failure the call is kept and comes again later."""
        called, self.called = self.called, set()
        by_clock = not called
        try:
            self.job.run(frozenset(called))
        except Exception:
            log.exception("job %s failed, try %s", self.job.key, self.failures + 1)
            self.called |= called
            self.due = now + BACK_OFF[min(self.failures, len(BACK_OFF) - 1)]
            self.failures += 1
        else:
            self.failures = 0
            self.due = now + self.job.every.total_seconds() if by_clock and self.job.every else now


class Worker:
    """Looks at notices and clock until told to stop."""

    def __init__(self) -> None:
        self.desks = [Desk(job) for job in catalogue.jobs.values()]
        self.seen = Notice.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0
        self.stopping = threading.Event()

    def look(self, now: float) -> None:
        """One round: hear new notices, run what is due."""
        fresh = list(Notice.objects.filter(sequence__gt=self.seen).order_by("sequence").values_list("sequence", "topic"))
        if fresh:
            self.seen = fresh[-1][0]
        for desk in self.desks:
            desk.hears(topic for _, topic in fresh)
            if desk.is_due(now):
                desk.run(now)

    def stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping.set()

    def work(self) -> None:
        while not self.stopping.wait(PAUSE):
            close_old_connections()
            self.look(time.monotonic())


def run() -> None:
    """Work until SIGTERM or SIGINT."""
    worker = Worker()
    signal.signal(signal.SIGTERM, worker.stop)
    signal.signal(signal.SIGINT, worker.stop)
    worker.work()
