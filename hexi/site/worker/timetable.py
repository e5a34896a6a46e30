"""When each job is due. No clock and no database in here: the loop says what time it is and what has happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hexi.kernel.declare import Job, Room

SETTLE = timedelta(seconds=1)
"""A job that was called by a notice waits so long for more of them, so that a burst calls it once."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=15)


@dataclass(slots=True)
class Slot:
    """One job with what is known of it. `since` is when the first of the waiting topics came."""

    job: Job
    room: str
    last: datetime | None = None
    topics: set[str] = field(default_factory=set[str])
    since: datetime | None = None
    failures: int = 0
    not_before: datetime | None = None
    rung: bool = False

    def hears(self, topic: str) -> bool:
        """Does a notice of this topic call the job? "*" means every topic but those of its own room, or it would call itself."""
        return topic in self.job.topics or ("*" in self.job.topics and topic.partition(".")[0] != self.room)

    def due(self, now: datetime) -> bool:
        """Is it time? A job that failed waits longer each time."""
        if self.not_before and now < self.not_before:
            return False
        called = self.since is not None and now >= self.since + SETTLE
        return called or self.rung or (self.job.every is not None and (self.last is None or now >= self.last + self.job.every))


class Timetable:
    """All jobs of the house."""

    def __init__(self, jobs: Iterable[tuple[str, Job]], last: Mapping[str, datetime]) -> None:
        self.slots = {job.key: Slot(job, room, last.get(job.key)) for room, job in jobs}

    @property
    def listens(self) -> bool:
        """Does any job wait for notices?"""
        return any(slot.job.topics for slot in self.slots.values())

    def call(self, topics: Iterable[str], now: datetime) -> None:
        """Notices of these topics came."""
        for topic in topics:
            for slot in self.slots.values():
                if slot.hears(topic):
                    slot.topics.add(topic)
                    slot.since = slot.since or now

    def ring(self) -> None:
        """The lane's bell was rung."""
        for slot in self.slots.values():
            slot.rung = slot.job.at_bell

    def due(self, now: datetime) -> Iterator[Slot]:
        """The jobs whose time has come."""
        return (slot for slot in list(self.slots.values()) if slot.due(now))

    @staticmethod
    def taken(slot: Slot) -> frozenset[str]:
        """Take the topics that called the job; empty when the clock did. What comes meanwhile calls it again."""
        topics = frozenset(slot.topics)
        slot.topics.clear()
        slot.since, slot.rung = None, False
        return topics

    @staticmethod
    def done(slot: Slot, now: datetime) -> None:
        """The job went well."""
        slot.last, slot.failures, slot.not_before = now, 0, None

    @staticmethod
    def failed(slot: Slot, topics: frozenset[str], now: datetime) -> timedelta:
        """The job failed: it keeps its topics and comes again after the pause that is returned."""
        pause = min(FIRST_PAUSE * 2**slot.failures, LONGEST_PAUSE)
        slot.failures += 1
        slot.topics |= topics
        slot.since = slot.since or (now if slot.topics else None)
        slot.last, slot.not_before = now, now + pause
        return pause


def jobs_of(rooms: Iterable[Room]) -> Iterator[tuple[str, Job]]:
    """Each job with the key of the room that declares it."""
    return ((room.key, job) for room in rooms for job in room.jobs)
