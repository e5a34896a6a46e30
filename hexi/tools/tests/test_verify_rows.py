"""`hexi verify --rows`: the platform's data against its log, and against the copy of the log that was just verified."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.db import connection, transaction

from hexi.core.sensing.api import READINGS, batch_of
from hexi.core.sensing.history.files import STORED, path_of, written
from hexi.core.sensing.history.sealing import seal_days
from hexi.core.trust.api import PLATFORM, Happening, Sequencer, erase, make_keys, record
from hexi.core.trust.guard import guard_lifted
from hexi.core.trust.models import Event
from hexi.kernel.reading import Reading, moment_of
from hexi.kernel.tlog.tests.logs import LOG, log_in
from hexi.tools import house
from hexi.tools.command import main
from hexi.tools.commands.verify import FALSE, HOLDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def keys(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Three events in a log of this test's own; the public keys."""
    monkeypatch.setenv("HEXI_LANG", "en")
    monkeypatch.setattr(house, "open_house", lambda: None)  # it is open
    settings.LEDGER = str(tmp_path / "ledger")
    lines = make_keys("example.org/ledger").lines
    with transaction.atomic():
        record(PLATFORM, *(Happening("revise", "works.task", number, after={"n": number}) for number in range(3)))
    sequencer = Sequencer()
    sequencer.turn()
    sequencer.turn()
    return lines


@pytest.fixture
def verify(tmp_path: Path, keys: list[str]) -> Callable[..., int]:
    def run(*words: object, lines: list[str] = keys) -> int:
        trusted = [word for line in lines for word in ("--key", line)]
        return main(["verify", *map(str, words), *trusted, "--rows"])

    return run


def a_day_of_readings() -> Path:
    """Its file; the ledger knows of it."""
    day = date(2026, 3, 2)
    moments = [moment_of(datetime(2026, 3, 2, 8, minute, tzinfo=UTC)) for minute in range(3)]
    table = pa.Table.from_batches([batch_of(Reading("device:1", "heart_rate", at, 60.0, at) for at in moments)], READINGS)
    row = written([table.select(STORED.names)], "heart_rate", day)
    assert row is not None
    row.save()
    assert seal_days(datetime(2026, 3, 4, tzinfo=UTC)) == 1
    return path_of(row)


def test_a_platform_that_nobody_touched_holds(verify: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(tmp_path / "ledger/public") == HOLDS
    said = capsys.readouterr().out
    assert "example.org/ledger" in said
    assert "Rows, events and entries of the log fit each other" in said


def test_an_edited_day_of_readings_is_named(
    verify: Callable[..., int], tmp_path: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.HISTORY = tmp_path / "readings"
    file = a_day_of_readings()
    assert verify("--readings") == HOLDS
    assert "1 days of readings compared" in capsys.readouterr().out
    pq.write_table(pq.read_table(file, partitioning=None).slice(1), file)
    assert verify() == HOLDS, "nobody asked for the readings"
    assert verify("--readings") == FALSE
    assert "heart_rate 2026-03-02" in capsys.readouterr().err


def test_an_edited_event_is_named_with_its_row_and_time(verify: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    edited = Event.objects.latest("pk")
    with guard_lifted(connection):
        Event.objects.filter(pk=edited.pk).update(after={"n": 9})
        assert verify() == FALSE
    said = capsys.readouterr().err
    assert f"works.task {edited.object_id}" in said
    assert f"event {edited.pk}" in said
    assert f"{edited.at:%Y-%m-%d %H:%M}" in said
    assert "DOES NOT HOLD: 1 in all" in said


def test_an_erased_event_is_told_with_its_order_and_is_no_fault(verify: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    gone = Event.objects.latest("pk")
    with transaction.atomic():
        erase(PLATFORM, Happening("erase", "works.task", gone.object_id, why="at the person's request"), ["n"])
    assert verify() == HOLDS
    order = Event.objects.get(action="erase")
    said = capsys.readouterr().out
    assert f"Erased: works.task {gone.object_id} · event {gone.pk}" in said
    assert f"by order of platform (event {order.pk}): at the person's request" in said
    with guard_lifted(connection):
        Event.objects.filter(pk=gone.pk).update(after={"n": 9})
        assert verify() == FALSE
    captured = capsys.readouterr()
    assert f"event {gone.pk}" in captured.err and "Erased" not in captured.out


def test_another_log_than_the_database_s_is_refused(verify: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log_in(tmp_path / "copy", 2)
    assert verify(tmp_path / "copy", lines=[LOG.verifier.line]) == FALSE
    assert "not the one that was just verified" in capsys.readouterr().err
    log_in(tmp_path / "longer", 2000)
    assert verify(tmp_path / "longer", lines=[LOG.verifier.line]) == FALSE
