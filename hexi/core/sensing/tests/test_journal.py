"""What the journal took it keeps, in order, whatever happens to the process that wrote it."""

from __future__ import annotations

import errno
import threading
from pathlib import Path

import pytest

from hexi.core.sensing.api import Journal, JournalReader, batch_of, by_shard, forget_before, readings_of, shard_of
from hexi.core.sensing.journal import writing
from hexi.core.sensing.journal.segments import last_segment, segments
from hexi.kernel.errors import Conflict, Unavailable
from hexi.kernel.reading import Reading

NOW = 1_790_000_000_000_000


def reading(number: int) -> Reading:
    return Reading(f"device:{number % 3}", "heart_rate", NOW + number, float(number), NOW + number, second=0.0)


def written(folder: Path, numbers: range, **more: int) -> None:
    journal = Journal(folder, **more)
    for number in numbers:
        assert journal.append(batch_of([reading(number)])) == number
    journal.close()


def numbers(reader: JournalReader, rows: int = 100_000) -> list[int]:
    return [int(one.value) for batch in reader.read(rows) for one in readings_of(batch)]


def test_what_was_appended_is_read_in_order_and_once(tmp_path: Path) -> None:
    reader = JournalReader(tmp_path)
    assert numbers(reader) == [], "nothing was written yet"
    written(tmp_path, range(5))
    assert numbers(reader, rows=2) == [0, 1]
    assert numbers(reader) == [2, 3, 4]
    assert numbers(reader) == []
    written(tmp_path, range(5, 7))
    assert (numbers(reader), reader.offset) == ([5, 6], 7)
    assert numbers(JournalReader(tmp_path, 3)) == [3, 4, 5, 6]


def test_segments_follow_each_other_and_old_ones_go(tmp_path: Path) -> None:
    reader = JournalReader(tmp_path)
    written(tmp_path, range(10), segment_bytes=1500)
    assert len(segments(tmp_path)) > 2
    assert numbers(reader) == list(range(10))
    assert forget_before(tmp_path, 5) >= 1
    assert numbers(JournalReader(tmp_path, 5)) == [5, 6, 7, 8, 9]
    with pytest.raises(Unavailable, match="lacks batches"):
        JournalReader(tmp_path, 1).read()
    forget_before(tmp_path, 10)
    assert len(segments(tmp_path)) == 1, "the last one stays: the next offset follows from it"


@pytest.mark.parametrize("torn", [1, 11, 12, 40])
def test_a_frame_that_was_torn_is_cut_off_and_its_offset_given_again(tmp_path: Path, torn: int) -> None:
    written(tmp_path, range(3))
    segment = last_segment(tmp_path)
    assert segment is not None
    whole = segment.read_bytes()
    segment.write_bytes(whole + whole[:torn])
    reader = JournalReader(tmp_path)
    assert numbers(reader) == [0, 1, 2]
    written(tmp_path, range(3, 4))
    assert numbers(reader) == [3]


def test_a_frame_with_a_changed_byte_ends_the_reading(tmp_path: Path) -> None:
    written(tmp_path, range(3))
    segment = last_segment(tmp_path)
    assert segment is not None
    content = bytearray(segment.read_bytes())
    content[-5] ^= 1
    segment.write_bytes(content)
    assert numbers(JournalReader(tmp_path)) == [0, 1]


def test_only_one_process_writes_a_journal(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    with pytest.raises(Conflict, match="Another process"):
        Journal(tmp_path)
    journal.close()
    Journal(tmp_path).close()


def test_writers_that_come_together_share_one_wait_for_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waits, real, slow = list[int](), writing.written, threading.Event()

    def counted(file: object, content: bytes) -> None:
        waits.append(len(content))
        slow.wait(0.05)
        real(file, content)  # type: ignore[arg-type]

    monkeypatch.setattr(writing, "written", counted)
    journal = Journal(tmp_path)
    offsets: list[int] = []
    threads = [threading.Thread(target=lambda n=n: offsets.append(journal.append(batch_of([reading(n)])))) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    journal.close()
    assert sorted(offsets) == list(range(20))
    assert len(waits) < 10
    assert sorted(numbers(JournalReader(tmp_path))) == list(range(20))


def test_a_full_disk_is_told_to_the_sender_and_leaves_the_journal_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal, real = Journal(tmp_path), writing.written
    journal.append(batch_of([reading(0)]))

    def full(file: object, content: bytes) -> None:
        real(file, content[: len(content) // 2])  # type: ignore[arg-type]
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(writing, "written", full)
        with pytest.raises(OSError, match="No space left"):
            journal.append(batch_of([reading(99)]))
    assert journal.append(batch_of([reading(1)])) == 1
    journal.close()
    assert numbers(JournalReader(tmp_path)) == [0, 1]


def test_every_reading_goes_to_the_shard_of_its_key_in_its_order() -> None:
    batch = batch_of(reading(number) for number in range(30))
    parts = by_shard(batch, 4)
    assert all(shard_of(one.key, 4) == shard for shard, part in parts.items() for one in readings_of(part))
    assert sorted(one.value for part in parts.values() for one in readings_of(part)) == [float(n) for n in range(30)]
    assert all([one.value for one in readings_of(part)] == sorted(one.value for one in readings_of(part)) for part in parts.values())
    assert by_shard(batch, 1) == {0: batch}
    assert shard_of("device:b31-radar", 8) == 2, "shards are for ever: stored data is parted by them"


@pytest.mark.parametrize("key", ["", "x" * 201, "a\0b"])
def test_a_key_that_no_database_takes_is_refused_at_the_door(tmp_path: Path, key: str) -> None:
    journal = Journal(tmp_path)
    with pytest.raises(ValueError, match="1 to 200 characters"):
        journal.append(batch_of([reading(0)._replace(key=key)]))
    journal.close()


def test_a_moment_that_no_calendar_of_ours_has_is_refused_at_the_door(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    with pytest.raises(ValueError, match="between the years 2000 and 2100"):
        journal.append(batch_of([reading(0)._replace(moment=0)]))
    journal.close()


def test_a_segment_is_closed_after_an_hour_however_small_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal, now = Journal(tmp_path), writing.monotonic()
    journal.append(batch_of([reading(0)]))
    monkeypatch.setattr(writing, "monotonic", lambda: now + 3601)
    journal.append(batch_of([reading(1)]))
    journal.close()
    assert len(segments(tmp_path)) == 2, "so that what is to be forgotten leaves the journal soon"
