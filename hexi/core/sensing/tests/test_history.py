"""The history holds what was sent once, for as long as it may, shows peaks however far one zooms out, and forgets when it must."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from hexi.core.sensing.api import Engine, Journal, batch_of
from hexi.core.sensing.engine import turning
from hexi.core.sensing.history import files, keeping, ranges
from hexi.core.sensing.history.asking import Point, curve
from hexi.core.sensing.history.files import path_of, sweep
from hexi.core.sensing.history.keeping import clear_journal, forget_keys, forget_old, keep_new, kept_for, merge
from hexi.core.sensing.journal.segments import segments
from hexi.core.sensing.models import KeyState, ReadingFile, ShardState
from hexi.core.sensing.shards import journal_folder
from hexi.core.sensing.tests.samples import BEGIN, CONTEXT, SECOND
from hexi.kernel.reading import Reading, datetime_of, moment_of

pytestmark = pytest.mark.django_db
NOW = moment_of(BEGIN)
DAY = timedelta(days=1)
Write = Callable[..., None]


@pytest.fixture
def write(tmp_path: Path, settings: Any) -> Write:
    settings.JOURNAL, settings.HISTORY = tmp_path / "journal", tmp_path / "readings"

    def written(*readings: Reading, **more: int) -> None:
        journal = Journal(journal_folder(0), **more)
        for one in readings:
            journal.append(batch_of([one]))
        journal.close()

    return written


def reading(number: int, key: str = "device:1", kind: str = "heart_rate", value: float | None = None) -> Reading:
    moment = NOW + number * 3600 * SECOND
    return Reading(key, kind, moment, 60.0 + number if value is None else value, moment, second=0.0)


def on_disk() -> list[tuple[str, int, float]]:
    """Every reading in every listed file, and that no other file is there."""
    listed = {path_of(one) for one in ReadingFile.objects.all()}
    assert set(files.folder().rglob("*.parquet")) == listed
    rows = [row for path in listed for row in pq.read_table(path, partitioning=None).to_pylist()]
    return sorted((row["key"], moment_of(row["moment"]), row["value"]) for row in rows)


def expected(*readings: Reading) -> list[tuple[str, int, float]]:
    return sorted((one.key, one.moment, one.value) for one in readings)


def test_the_journal_goes_into_files_by_day_and_kind_once(write: Write) -> None:
    sent = [reading(n) for n in range(40)] + [reading(n, kind="movement") for n in range(3)]
    write(*sent, sent[3])
    assert keep_new(0) == 44
    assert keep_new(0) == 0
    assert on_disk() == expected(*[one for one in sent if one.kind == "heart_rate"], *[one for one in sent if one.kind == "movement"])
    assert {(one.kind, one.day) for one in ReadingFile.objects.all()} == {
        ("heart_rate", date(2026, 3, 2)), ("heart_rate", date(2026, 3, 3)), ("movement", date(2026, 3, 2)),
    }  # fmt: skip
    assert ReadingFile.objects.filter(kind="movement").get().path.startswith("kind=movement/day=2026-03-02/")


def test_a_keeper_that_dies_before_its_transaction_leaves_nothing_that_counts(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write(*[reading(n) for n in range(5)])
    with monkeypatch.context() as patched:
        patched.setattr(keeping.ReadingFile.objects, "bulk_create", broken)
        with pytest.raises(OSError, match="the power is gone"):
            keep_new(0)
    assert not ReadingFile.objects.exists() and ShardState.objects.get().kept == 0
    lost = list(files.folder().rglob("*.parquet"))
    assert lost, "its file is there, and on no list"
    assert sweep() == 0, "somebody might still be writing it"
    os.utime(lost[0], (0, 0))
    assert sweep() == 1
    assert keep_new(0) == 5
    assert on_disk() == expected(*[reading(n) for n in range(5)])


def broken(*_given: object) -> None:
    raise OSError("the power is gone")


def test_merging_makes_one_file_of_many_and_loses_nothing(write: Write) -> None:
    for n in range(9):
        write(reading(n), reading(n, "device:2"))
        keep_new(0)
    before = on_disk()
    assert ReadingFile.objects.count() == 9
    assert merge(date(2026, 3, 2)) == 9
    assert ReadingFile.objects.count() == 1
    assert on_disk() == before
    write(reading(9))
    keep_new(0)
    assert merge(date(2026, 3, 2)) == 0, "two of a day that goes on may wait"
    assert merge(date(2026, 3, 3)) == 2


def test_what_is_merged_and_forgotten_by_ranges_of_keys_is_the_same(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(7)
    sent = [reading(rng.randrange(12), f"device:{rng.randrange(40)}", value=float(rng.randrange(3))) for _ in range(600)]
    for piece in range(3):
        write(*sent[piece * 200 : piece * 200 + 200])
        keep_new(0)
    assert len(on_disk()) > len(set(expected(*sent))), "what came again stands in two files"
    monkeypatch.setattr(files, "ROW_GROUP", 7)
    monkeypatch.setattr(ranges, "ROWS", 30)
    merge(date(2026, 3, 3))
    assert on_disk() == sorted(set(expected(*sent)))
    forget_keys(["device:7", "device:8"], datetime_of(NOW + 100 * 3600 * SECOND))
    assert on_disk() == sorted({row for row in expected(*sent) if row[0] not in ("device:7", "device:8")})
    whole = pq.ParquetFile(path_of(ReadingFile.objects.get()))
    assert whole.metadata.num_row_groups > 10
    assert whole.read().column("key").to_pylist() == sorted(row[0] for row in on_disk())


def copied(old: list[ReadingFile]) -> ReadingFile:
    found = files.written(keeping._together(old), "heart_rate", date(2026, 3, 2))
    assert found is not None
    return found


def test_two_that_merge_at_once_do_not_both(write: Write) -> None:
    write(reading(1))
    keep_new(0)
    old = list(ReadingFile.objects.all())
    files.replaced(old, [copied(old)])
    again = copied(list(ReadingFile.objects.all()))
    with pytest.raises(RuntimeError, match="replaced meanwhile"):
        files.replaced(old, [again])
    assert ReadingFile.objects.count() == 1


def test_days_go_when_their_kind_or_its_privacy_class_says_so(write: Write) -> None:
    assert (kept_for("heart_rate", CONTEXT), kept_for("movement", CONTEXT), kept_for("smoke", CONTEXT)) == (30 * DAY, 90 * DAY, 365 * DAY)
    assert kept_for("nobody_declares_it", CONTEXT) == 30 * DAY
    write(reading(1), reading(1, kind="movement"))
    keep_new(0)
    assert forget_old(date(2026, 4, 1)) == 0
    assert forget_old(date(2026, 4, 2)) == 1
    assert {one.kind for one in ReadingFile.objects.all()} == {"movement"}
    assert len(on_disk()) == 1


def test_one_persons_readings_are_gone_from_every_file_and_come_back_from_none(write: Write, tmp_path: Path) -> None:
    elder, other = "samples.thing:4711", "samples.thing:4712"
    write(*[reading(n, key) for n in range(30) for key in (elder, other)])
    keep_new(0)
    write(reading(31, elder), reading(31, other))
    engine = Engine(0, journal_folder(0))
    engine.turn(NOW + 32 * 3600 * SECOND + turning.IN_FLIGHT_US + 60 * SECOND)
    assert KeyState.objects.filter(key=elder).exists()
    assert forget_keys([elder], datetime_of(NOW + 40 * 3600 * SECOND)) == 30
    keep_new(0)
    assert {key for key, _, _ in on_disk()} == {other}
    assert len(on_disk()) == 31
    assert not any(elder.encode() in path.read_bytes() for path in files.folder().rglob("*") if path.is_file()), "not even between the rows"
    assert not KeyState.objects.filter(key=elder).exists()
    engine.tuned = 0
    write(reading(42, other))
    engine.turn(NOW + 42 * 3600 * SECOND)
    assert engine.shard.until[:, engine.shard.slots[elder]].max() < 0, "the engine at work knows nothing more of them"
    write(reading(43, elder))
    keep_new(0)
    assert elder in {key for key, _, _ in on_disk()}, "what is measured from now on is kept again"


def test_the_journal_is_cleared_of_what_engine_and_history_both_have(write: Write) -> None:
    write(*[reading(n) for n in range(12)], segment_bytes=2000)
    assert clear_journal(0) == 0
    keep_new(0)
    assert clear_journal(0) == 0, "the engine has not read it yet"
    Engine(0, journal_folder(0)).turn(NOW + 100 * 3600 * SECOND)
    assert clear_journal(0) > 0
    assert len(segments(journal_folder(0))) == 1


def test_a_curve_keeps_first_last_lowest_and_highest_of_every_column(write: Write) -> None:
    rng = random.Random(4)
    values = [round(rng.gauss(80, 10), 1) for _ in range(3000)]
    sent = [Reading("device:1", "heart_rate", NOW + n * 30 * SECOND, value, NOW + n * 30 * SECOND) for n, value in enumerate(values)]
    journal = Journal(journal_folder(0))
    journal.append(batch_of([*sent, reading(1, "device:2")]))
    journal.close()
    keep_new(0)
    begin, end = BEGIN, BEGIN + timedelta(seconds=30 * 3000)
    thin = curve("device:1", "heart_rate", begin, end, 50)
    assert thin == thinned(sent, 50, begin, end)
    assert len(thin) <= 200 and max(thin, key=lambda one: one.value).value == max(values)
    whole = [Point(one.moment, one.value) for one in sent]
    assert curve("device:1", "heart_rate", begin, end, 100_000) == whole
    assert curve("device:1", "heart_rate", begin + timedelta(seconds=300), begin + timedelta(seconds=390), 100_000) == whole[10:13]
    assert curve("device:1", "heart_rate", begin - 2 * DAY, begin) == []
    assert curve("device:1' OR true --", "heart_rate", begin, end) == []


def thinned(sent: list[Reading], columns: int, begin: datetime, end: datetime) -> list[Point]:
    first, span, by_column = moment_of(begin), moment_of(end) - moment_of(begin), dict[int, list[Point]]()
    for one in sent:
        by_column.setdefault((one.moment - first) * columns // span, []).append(Point(one.moment, one.value))
    found = set[Point]()
    for own in by_column.values():
        found |= {own[0], own[-1], min(own, key=lambda one: (one.value, one.moment)), max(own, key=lambda one: (one.value, -one.moment))}
    return sorted(found)


@pytest.mark.parametrize("begin, end, columns", [(1, 1, 10), (2, 1, 10), (1, 2, 0)])
def test_a_curve_of_nothing_is_refused(begin: int, end: int, columns: int) -> None:
    with pytest.raises(ValueError, match="needs a begin before its end"):
        curve("d", "heart_rate", datetime(2026, 1, begin, tzinfo=UTC), datetime(2026, 1, end, tzinfo=UTC), columns)


@pytest.mark.parametrize("name", ["racing", "fall_then_race", "still_by_day", "away"])
def test_a_rule_tried_on_the_history_finds_what_it_would_have_found(write: Write, name: str) -> None:
    from hexi.core.sensing.history.backtest import found_in_history
    from hexi.core.sensing.tests.samples import RULES, batches, drawn
    from hexi.core.sensing.tests.samples import expected as plainly

    rule = next(one for one in RULES if one.key == name)
    sent = drawn(2, 1200)
    journal = Journal(journal_folder(0))
    for part in batches(sent, random.Random(1), 300):
        journal.append(part)
    journal.close()
    keep_new(0)
    end = moment_of(BEGIN) + 86_400 * SECOND
    early = [one for one in sent if one.moment < end]
    found = found_in_history(rule, BEGIN, datetime_of(end), CONTEXT)
    assert found == plainly((rule,), early, end)
    assert found
    assert found_in_history(rule, BEGIN - 9 * DAY, BEGIN - 8 * DAY, CONTEXT) == []
