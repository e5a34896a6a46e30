"""Each day of readings stands in the ledger: every lawful change is told there, and any other shows, by kind and day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from hexi.core.data.tests.conftest import DISTRICT
from hexi.core.sensing.api import days_against_ledger, days_in_ledger, files_not_in_ledger
from hexi.core.sensing.devices.models import Datastream
from hexi.core.sensing.history import sealing
from hexi.core.sensing.history.digest import content
from hexi.core.sensing.history.files import STORED, folder, path_of
from hexi.core.sensing.history.keeping import forget_keys, forget_old, keep_new, merge
from hexi.core.sensing.history.sealing import check_days, seal_days
from hexi.core.sensing.history.thinning import thin
from hexi.core.sensing.models import DayDigest, ReadingFile, ThinnedFile
from hexi.core.sensing.tests.conftest import Gadget
from hexi.core.sensing.tests.samples import BEGIN
from hexi.core.sensing.tests.test_history import Write, reading, write  # noqa: F401  a fixture is found by name
from hexi.core.trust.api import history, rows_against_leaves
from hexi.core.trust.ledger.models import Statement

pytestmark = pytest.mark.django_db
DAY, LATER = date(2026, 3, 2), datetime(2026, 3, 20, tzinfo=UTC)
OTHER = "samples.thing:2"


@pytest.fixture
def day(write: Write) -> DayDigest:  # noqa: F811
    """One whole day of two keys, told to the ledger."""
    write(*[reading(n, key) for n in range(10) for key in ("device:1", OTHER)])
    keep_new(0)
    assert seal_days(LATER) == 1
    return DayDigest.objects.get()


def told(row: DayDigest) -> list[tuple[str, Any, Any]]:
    """What the ledger has of the day, oldest first: what was done, and the number of readings before and after."""
    return [(one.action, one.before.get("rows"), one.after.get("rows")) for one in reversed(history("sensing.daydigest", row.pk))]


def chain(row: DayDigest) -> list[tuple[Any, Any]]:
    return [(one.before.get("digest"), one.after.get("digest")) for one in reversed(history("sensing.daydigest", row.pk))]


def rewrite(row: DayDigest, change: Callable[[pa.Table], pa.Table], **how: Any) -> None:
    """Behind the platform's back."""
    path = path_of(ReadingFile.objects.get(path=row.file))
    pq.write_table(change(pq.read_table(path, schema=STORED, partitioning=None)), path, **how)


def faults() -> list[tuple[str, str, date]]:
    return [(one.what.en, one.kind, one.day) for one in days_against_ledger()]


def test_a_whole_day_is_told_to_the_ledger_once(day: DayDigest) -> None:
    assert (day.kind, day.day, day.rows, len(day.digest), day.standing) == ("heart_rate", DAY, 20, 64, "matches")
    assert seal_days(LATER) == 0
    assert told(day) == [("seal", None, 20)]
    assert day.digest in Statement.objects.get().said, "the public log says the digest in clear, and nothing of kind or day"
    assert not faults() and not list(rows_against_leaves())
    assert (days_in_ledger(), files_not_in_ledger()) == (1, 0)


def test_a_day_that_may_still_grow_is_not_told(write: Write) -> None:  # noqa: F811
    write(reading(1))
    keep_new(0)
    write(reading(2))
    keep_new(0)
    assert seal_days(datetime(2026, 3, 3, 1, 59, tzinfo=UTC)) == 0, "it has only just ended"
    assert seal_days(LATER) == 0, "it lies in two files"
    merge(LATER.date())
    assert seal_days(datetime(2026, 3, 3, 2, 0, tzinfo=UTC)) == 1


def test_who_is_killed_between_file_and_event_tells_it_when_he_begins_again(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    write(reading(1))
    keep_new(0)
    with monkeypatch.context() as patched:
        patched.setattr(sealing, "_say", killed)
        with pytest.raises(KeyboardInterrupt):
            seal_days(LATER)
    assert not DayDigest.objects.exists()
    assert (seal_days(LATER), seal_days(LATER)) == (1, 0)
    row = DayDigest.objects.get()
    with monkeypatch.context() as patched:
        patched.setattr(sealing, "_say", killed)
        with pytest.raises(KeyboardInterrupt):
            forget_keys(["device:1"], LATER)
    assert path_of(ReadingFile.objects.get(path=row.file)).exists() and told(row) == [("seal", None, 1)], "neither half was done"
    forget_keys(["device:1"], LATER)
    assert told(row) == [("seal", None, 1), ("forget", 1, 0)]


def killed(*_given: object) -> None:
    raise KeyboardInterrupt


def test_another_layout_of_the_same_readings_is_the_same_day(day: DayDigest, tmp_path: Path) -> None:
    rewrite(day, lambda table: table, row_group_size=3, compression="gzip", use_dictionary=False)
    assert not faults()
    merge(LATER.date())
    thin(LATER.date())
    assert not faults() and told(day) == [("seal", None, 20)], "compaction and thinning change no day"


@pytest.mark.parametrize("column, value", [("value", 61.5), ("flags", 4), ("second", 1.0), ("key", "device:9")])
def test_one_edited_reading_is_named_by_kind_and_day(day: DayDigest, column: str, value: Any) -> None:
    def edited(table: pa.Table) -> pa.Table:
        values = table.column(column).to_pylist()
        values[7] = value
        return table.set_column(table.schema.get_field_index(column), STORED.field(column), pa.array(values, STORED.field(column).type))

    rewrite(day, edited)
    assert faults() == [(sealing.CHANGED.en, "heart_rate", DAY)]


def test_readings_taken_out_put_in_or_hidden_show(day: DayDigest) -> None:
    rewrite(day, lambda table: table.slice(1))
    assert faults() == [(sealing.CHANGED.en, "heart_rate", DAY)]
    file = ReadingFile.objects.get()
    path_of(file).write_bytes(b"PAR1")
    assert faults() == [(sealing.CHANGED.en, "heart_rate", DAY)], "what is no file of readings is no crash"
    path_of(file).unlink()
    assert faults() == [(sealing.LOST.en, "heart_rate", DAY)]
    file.delete()
    assert faults() == [(sealing.LOST.en, "heart_rate", DAY)]


def test_who_edits_the_ledgers_row_as_well_is_found_by_its_event(day: DayDigest) -> None:
    rewrite(day, lambda table: table.slice(1))
    file = ReadingFile.objects.get()
    made = content(path_of(file), day.kind, day.day, bytes(day.salt))
    DayDigest.objects.filter(pk=day.pk).update(rows=made.rows, digest=made.digest)
    assert not faults()
    assert {fault.field for fault in rows_against_leaves()} == {"rows", "digest"}


@pytest.mark.parametrize("step", ["hour", "day"])
def test_thinned_readings_that_do_not_follow_from_their_days_are_named(day: DayDigest, write: Write, step: str) -> None:  # noqa: F811
    write(reading(40))
    keep_new(0)
    thin(date(2026, 3, 3))
    thin(LATER.date())
    assert not faults(), "one day was thinned beside what was left of the other"
    path = folder() / ThinnedFile.objects.get(step=step).path
    pq.write_table(pq.read_table(path, partitioning=None).slice(1), path)
    assert faults() == [(sealing.THINNED.en, "heart_rate", date(2026, 3, 1))]
    path.unlink()
    assert faults() == [(sealing.THINNED.en, "heart_rate", date(2026, 3, 1))]


def test_late_readings_and_erased_ones_are_links_of_one_chain(day: DayDigest, write: Write) -> None:  # noqa: F811
    write(reading(11), reading(3))
    keep_new(0)
    assert not faults() and files_not_in_ledger() == 1
    merge(LATER.date())
    forget_keys([OTHER], LATER)
    forget_old(date(2027, 1, 1))
    assert told(day) == [("seal", None, 20), ("add_late", 20, 21), ("forget", 21, 11), ("expire", 11, 0)]
    links = chain(day)
    assert [before for before, _ in links[1:]] == [after for _, after in links[:-1]] and links[-1][1] == ""
    assert not faults() and not list(rows_against_leaves())
    day.refresh_from_db()
    assert (day.standing, day.salt, day.file) == ("gone", None, ""), "without its salt the old digests tell nothing"


def test_an_edited_day_is_not_washed_clean_by_a_lawful_change(day: DayDigest, write: Write) -> None:  # noqa: F811
    rewrite(day, lambda table: table.slice(1))
    write(reading(11))
    keep_new(0)
    assert merge(LATER.date()) == 0, "it stays as it was found"
    forget_keys([OTHER], LATER)
    assert faults() == [(sealing.BEFORE.en, "heart_rate", DAY)], "erasing is a duty all the same"
    forget_old(date(2027, 1, 1))
    assert faults() == [(sealing.BEFORE.en, "heart_rate", DAY)]


def test_days_are_compared_in_turn_and_a_steward_sees_how_they_stand(
    day: DayDigest, gadget: Callable[..., Gadget], person: Any, write: Write  # noqa: F811
) -> None:
    steward, device = person("data_steward", DISTRICT), gadget()
    Datastream.objects.create(device=device.row, kind="heart_rate")
    span = {"begin": BEGIN.isoformat(), "end": (BEGIN + timedelta(days=3)).isoformat(), "columns": 300}

    def seen() -> Any:
        return steward.get("/api/curves", kind="heart_rate", **span).json()["ledger"]

    assert check_days(LATER) == 0
    DayDigest.objects.update(checked_at=LATER - timedelta(days=1))
    rewrite(day, lambda table: table.slice(1))
    assert seen() == {"matches": 1, "differs": [], "waiting": 0}
    assert check_days(LATER) == 1
    assert check_days(LATER) == 0, "it was looked at just now"
    assert seen() == {"matches": 0, "differs": ["2026-03-02"], "waiting": 0}
    sent = {"values": {}, "version": day.version}
    assert steward.post(f"/api/records/sensing.daydigest/{day.pk}/actions/compare", sent).status_code == 200
    row = steward.get(f"/api/records/sensing.daydigest/{day.pk}").json()["record"]
    assert row["standing"] == "differs" and "salt" not in row and "file" not in row
    parts = steward.get("/api/data/sensing.intake").json()["rows"]
    assert [one["status"] for one in parts if one["told"]["en"] == "0 days as in the ledger, 1 not"] == ["breach"]
