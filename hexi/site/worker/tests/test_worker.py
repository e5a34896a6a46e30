"""The worker runs what is due, once, and goes on when a job fails."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hexi.kernel.catalogue import catalogue
from hexi.kernel.declare import Job
from hexi.kernel.label import t
from hexi.site.stream.tests.conftest import happen
from hexi.site.worker.alone import alone, still_locked
from hexi.site.worker.loop import Worker
from hexi.site.worker.memory import remembered
from hexi.tools.processes.plan import Plan

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)
LOCK = 0x74657374


class Office:
    """A worker with one job, and a clock that we move."""

    def __init__(self, folder: Path, run: Callable[[frozenset[str]], None] | None = None, **when: object) -> None:
        self.now = datetime(2025, 11, 20, 4, 0, tzinfo=UTC)
        self.calls: list[frozenset[str]] = []
        self.job = Job("count", t("数一数", "count"), run or self.calls.append, **when)
        self.file = folder / "worker.json"
        self.worker = self.again()

    def again(self) -> Worker:
        """The worker after a restart."""
        return Worker([("indicators", self.job)], self.file, lambda: self.now)

    def after(self, span: timedelta) -> None:
        self.now += span
        self.worker.turn()


def test_a_job_runs_at_the_start_and_then_as_often_as_it_says(tmp_path: Path) -> None:
    office = Office(tmp_path, every=HOUR)
    office.after(timedelta())
    office.after(timedelta(minutes=59))
    assert len(office.calls) == 1
    office.after(timedelta(minutes=1))
    assert len(office.calls) == 2


def test_a_burst_of_notices_calls_a_job_once_with_all_their_topics(tmp_path: Path) -> None:
    office = Office(tmp_path, topics=("projects.task", "projects.entry"))
    office.after(timedelta())
    happen(1, 2, 3)
    happen(4, entity="projects.entry")
    happen(5, entity="space.place")
    office.after(timedelta())
    assert office.calls == []
    office.after(timedelta(seconds=2))
    office.after(timedelta(seconds=2))
    assert office.calls == [{"projects.task", "projects.entry"}]


def test_a_job_that_listens_to_everything_does_not_call_itself(tmp_path: Path) -> None:
    office = Office(tmp_path, topics=("*",))
    office.after(timedelta())
    happen(1, entity="indicators.value")
    office.after(timedelta())
    office.after(timedelta(seconds=2))
    assert office.calls == []


def test_a_failing_job_waits_longer_each_time_and_keeps_its_topics(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    calls: list[frozenset[str]] = []

    def run(topics: frozenset[str]) -> None:
        calls.append(topics)
        raise ArithmeticError

    office = Office(tmp_path, run, topics=("projects.task",))
    office.after(timedelta())
    happen(1)
    office.after(timedelta())
    office.after(timedelta(seconds=2))
    for seconds in (4, 2, 8, 3):
        office.after(timedelta(seconds=seconds))
    assert calls == [{"projects.task"}] * 3  # after 2, 8 and 19 seconds: pauses of 5 and 10
    assert "count" in caplog.text


def test_a_restart_runs_nothing_again_and_misses_nothing(tmp_path: Path) -> None:
    office = Office(tmp_path, every=HOUR, topics=("projects.task",))
    office.after(timedelta())
    happen(1)
    office.worker = office.again()
    office.after(timedelta())
    assert len(office.calls) == 1
    office.after(timedelta(seconds=2))
    assert office.calls[1:] == [{"projects.task"}]


def test_a_memory_that_cannot_be_read_only_means_that_jobs_run_once_more(tmp_path: Path) -> None:
    (tmp_path / "worker.json").write_text("{half")
    assert remembered(tmp_path / "worker.json").position is None


def test_a_database_that_was_set_back_does_not_stop_the_worker(tmp_path: Path) -> None:
    (tmp_path / "worker.json").write_text('{"position": 900, "last": {}}')
    office = Office(tmp_path, topics=("projects.task",))
    office.after(timedelta())
    happen(1)
    office.after(timedelta())
    office.after(timedelta(seconds=2))
    assert office.calls == [{"projects.task"}]


def test_what_comes_round_every_moment_does_not_rewrite_the_memory(tmp_path: Path) -> None:
    office = Office(tmp_path, every=timedelta(seconds=0.2))
    for _ in range(3):
        office.after(timedelta(seconds=1))
    assert len(office.calls) == 3
    assert not office.file.exists()


def test_a_worker_whose_lock_went_with_its_connection_does_nothing(tmp_path: Path) -> None:
    held = [False, True, False]
    calls: list[frozenset[str]] = []
    job = Job("count", t("数一数", "count"), calls.append, every=timedelta(microseconds=1))
    Worker([("indicators", job)], tmp_path / "x.json", still_alone=lambda: held.pop(0), look_s=0).work(lambda: not held)
    assert len(calls) == 1, "it worked in the one turn in which the lock was its own"


def test_a_lock_is_asked_for_once_on_each_connection(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no locks of its own")
    held: dict[int, Any] = {}
    monkeypatch.setattr("hexi.site.worker.alone.HELD", held)
    with CaptureQueriesContext(connection) as asked:
        assert still_locked(LOCK) and still_locked(LOCK)
    assert sum("pg_locks" in one["sql"] for one in asked) == 1
    held[LOCK] = object()  # it was another connection's, which is gone
    with CaptureQueriesContext(connection) as asked:
        assert still_locked(LOCK)
    assert len(asked) == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock_all()")


def test_each_lane_is_a_process_with_the_jobs_and_the_lock_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hexi.site.worker.alone.LOOK_S", 0)
    looks = iter([False, False, True])
    with alone(tmp_path, lambda: False, "work") as first, alone(tmp_path, lambda: False, "prompt") as second:
        assert (first, second) == (True, True)
        with alone(tmp_path, lambda: next(looks), "prompt") as third:
            assert third is False
    assert catalogue.jobs["tell_clocks"].lane == "prompt"
    plan = Plan("127.0.0.1", 1, 2, 2, demo=False)
    assert [child.name for child in plan.children()] == ["web", "stream", "lanes"]
    assert plan.lanes() == ["worker", "prompt", "outward", "ledger", "walks", "intake", "engine"]
