"""State, findings and offset are one transaction: whatever ends a turn, nothing is lost and nothing found twice."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from django.db import DatabaseError

from hexi.core.sensing.api import Engine, Finding, Journal, act_on_findings, batch_of
from hexi.core.sensing.engine import keeping, turning
from hexi.core.sensing.models import KeyState, ShardState
from hexi.core.sensing.stream.shard import Finding as Found
from hexi.core.sensing.tests.samples import BEGIN, RULES, SECOND, WAIT, batches, drawn, expected
from hexi.core.sensing.tests.test_stream import DISORDERS, end_of
from hexi.core.trust import straight
from hexi.core.trust.models import Event, Notice
from hexi.kernel.catalogue import catalogue
from hexi.kernel.errors import Conflict
from hexi.kernel.reading import Reading, moment_of

NOW = moment_of(BEGIN)
AFTER = int(WAIT / timedelta(microseconds=1)) + turning.IN_FLIGHT_US


@pytest.fixture
def journal(tmp_path: Path) -> Callable[..., None]:
    def write(parts: list[pa.RecordBatch]) -> None:
        writer = Journal(tmp_path, segment_bytes=50_000)
        for part in parts:
            writer.append(part)
        writer.close()

    return write


def stored() -> list[Found]:
    rows = Finding.objects.all()
    own = {rule.key for rule in RULES}
    return sorted(Found(row.rule, row.key, moment_of(row.moment), moment_of(row.since), float(row.value)) for row in rows if row.rule in own)


def begun(parts: list[pa.RecordBatch]) -> int:
    """A moment at which nothing of it has come due."""
    return int(min(part.column("received").cast(pa.int64()).to_numpy().min() for part in parts))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("disorder", DISORDERS)
def test_what_the_engine_finds_is_what_the_plain_face_finds_however_often_it_begins_anew(
    tmp_path: Path, journal: Callable[..., None], monkeypatch: pytest.MonkeyPatch, disorder: str
) -> None:
    monkeypatch.setattr(turning, "ROWS", 70)
    rng, readings = random.Random(8), drawn(8, 700)
    parts, end = batches(DISORDERS[disorder](readings, rng), rng), end_of(readings)
    journal(parts)
    engine, early = Engine(0, tmp_path), begun(parts)
    while engine.turn(early):
        if rng.random() < 0.4:
            engine = Engine(0, tmp_path)
    engine.turn(end + AFTER)
    assert stored() == expected(RULES, readings, end)
    assert Engine(0, tmp_path).turn(end + AFTER) == 0
    assert stored() == expected(RULES, readings, end)


@pytest.mark.django_db(transaction=True)
def test_so_it_is_where_many_are_written_together(tmp_path: Path, journal: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MANY", 1)
    monkeypatch.setattr(straight, "MANY", 1)
    readings = drawn(11, 300)
    parts, end = batches(readings, random.Random(11)), end_of(readings)
    journal(parts)
    assert Engine(0, tmp_path).turn(begun(parts)) == len(readings)
    Engine(0, tmp_path).turn(end + AFTER)
    assert stored() == expected(RULES, readings, end)
    found = set(Finding.objects.values_list("pk", flat=True))
    assert found == set(Event.objects.filter(entity="sensing.finding").values_list("object_id", flat=True))
    assert found == set(Notice.objects.filter(entity="sensing.finding").values_list("object_id", flat=True))


def test_the_first_reading_loads_no_module_while_somebody_waits() -> None:
    first = """
import sys
from hexi.core.sensing.columns import batch_of, by_shard, load_columns, readings_of
from hexi.kernel.reading import Reading
load_columns()
known = set(sys.modules)
readings_of(next(iter(by_shard(batch_of([Reading("device:1", "smoke", 1, 2.0, 3)]), 1).values())))
print(*sorted(set(sys.modules) - known))
"""
    assert subprocess.run([sys.executable, "-c", first], check=True, stdout=subprocess.PIPE, text=True).stdout.split() == []


@pytest.mark.django_db(transaction=True)
def test_a_rehearsal_leaves_nothing_behind(tmp_path: Path) -> None:
    Engine(0, tmp_path).rehearse()
    assert not any(table.objects.exists() for table in (Finding, Event, Notice))


@pytest.mark.django_db(transaction=True)
def test_a_turn_that_fails_half_way_leaves_nothing_behind_and_is_done_again(
    tmp_path: Path, journal: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    readings = drawn(9, 300)
    parts, end = batches(readings, random.Random(9)), end_of(readings)
    journal(parts)
    engine = Engine(0, tmp_path)
    for name in ("write_states", "keep"):
        with monkeypatch.context() as patched:
            patched.setattr(turning, name, broken)
            with pytest.raises(DatabaseError, match="gone"):
                engine.turn(begun(parts))
        assert not Finding.objects.exists() and not KeyState.objects.exists()
        assert ShardState.objects.get().offset == 0
    engine.turn(begun(parts))
    engine.turn(end + AFTER)
    assert stored() == expected(RULES, readings, end)


def broken(*_given: object) -> None:
    raise DatabaseError("the database is gone")


@pytest.mark.django_db(transaction=True)
def test_a_second_engine_is_refused_before_it_writes(tmp_path: Path, journal: Callable[..., None]) -> None:
    readings = drawn(9, 100)
    first, second = Engine(0, tmp_path), Engine(0, tmp_path)
    parts = batches(readings, random.Random(9))
    journal(parts)
    first.turn(begun(parts))
    before = stored()
    with pytest.raises(Conflict, match="Another engine"):
        second.turn(end_of(readings))
    assert stored() == before


@pytest.mark.django_db(transaction=True)
def test_a_timer_is_a_row_that_outlives_the_process(tmp_path: Path, journal: Callable[..., None]) -> None:
    journal([batch_of([Reading("device:1", "movement", NOW, 1.0, NOW)])])
    Engine(0, tmp_path).turn(NOW)
    Engine(0, tmp_path).turn(NOW + AFTER)
    due = NOW + 90 * SECOND
    assert KeyState.objects.get().due == due
    Engine(0, tmp_path).turn(due + AFTER - 1)
    assert stored() == []
    Engine(0, tmp_path).turn(due + AFTER)
    assert stored() == [Found("still", "device:1", due, NOW, 1.0)]
    Engine(0, tmp_path).turn(due + 2 * AFTER)
    assert len(stored()) == 1


@pytest.mark.django_db(transaction=True)
def test_a_finding_has_its_event_and_its_notice_and_is_acted_on_once(tmp_path: Path, journal: Callable[..., None]) -> None:
    journal([batch_of([Reading("device:1", "heart_rate", NOW, 170.0, NOW)])])
    engine = Engine(0, tmp_path)
    engine.turn(NOW)
    engine.turn(NOW + AFTER)
    row = Finding.objects.get(rule="spike")
    told = Event.objects.get(entity="sensing.finding", object_id=row.pk).after
    assert set(told) == {"rule", "key", "moment", "since", "place", "simulated"}, "no heart rate"
    assert Notice.objects.filter(topic="sensing.finding").exists()
    acted: list[str] = []
    with pytest.raises(DatabaseError):
        act_on_findings(lambda _row: broken())
    assert act_on_findings(lambda row: acted.append(row.rule)) == Finding.objects.count()
    assert act_on_findings(lambda row: acted.append(row.rule)) == 0
    assert acted.count("spike") == 1


@pytest.mark.django_db(transaction=True)
def test_rules_that_changed_keep_the_states_of_those_that_did_not(
    tmp_path: Path, journal: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    journal([batch_of([Reading("device:1", "movement", NOW, 1.0, NOW)])])
    Engine(0, tmp_path).turn(NOW)
    Engine(0, tmp_path).turn(NOW + AFTER)
    monkeypatch.setattr(catalogue, "stream_rules", {key: rule for key, rule in catalogue.stream_rules.items() if key == "still"})
    Engine(0, tmp_path).turn(NOW + AFTER)
    assert {len(bytes(one.state)) for one in KeyState.objects.all()} == {8 * (len(catalogue.reading_kinds) + 3)}
    Engine(0, tmp_path).turn(NOW + 90 * SECOND + AFTER)
    assert [one.rule for one in stored()] == ["still"]


@pytest.mark.django_db(transaction=True)
def test_what_became_of_readings_is_counted_over_restarts(tmp_path: Path, journal: Callable[..., None]) -> None:
    one = Reading("device:1", "smoke", NOW, 1.0, NOW)
    journal([batch_of([one, one, one._replace(value=float("inf"), moment=NOW + 1)])])
    Engine(0, tmp_path).turn(NOW)
    journal([batch_of([one._replace(moment=NOW - 5, received=NOW + 5)])])
    Engine(0, tmp_path).turn(NOW + 5)
    assert ShardState.objects.get().counts == {"smoke": {"duplicate": 1, "judged": 1, "implausible": 1, "late": 1}}


@pytest.mark.django_db
def test_a_finding_about_a_record_lies_where_the_record_lies() -> None:
    from hexi.core.data.tests.samples.models import Thing
    from hexi.core.sensing.engine.findings import places_of

    thing = Thing.objects.create(code="c1", title="x", home="120103001", seen_at=BEGIN, level=1, amount=1)
    assert places_of(["device:1", f"samples.thing:{thing.pk}", "samples.thing:99", "samples.thing:x"]) == {f"samples.thing:{thing.pk}": "120103001"}


@pytest.mark.django_db
def test_what_became_of_readings_is_shown_to_whoever_may_read_findings() -> None:
    from hexi.core.sensing.figures import fates
    from hexi.core.trust.api import PUBLIC, PostRecord, Viewer

    ShardState.objects.create(shard=0, counts={"smoke": {"judged": 5, "late": 1}, "": {"unknown_kind": 2}})
    ShardState.objects.create(shard=1, counts={"smoke": {"judged": 2}})
    assert fates(PUBLIC, {}).rows == []
    steward = Viewer(1, "示例", (PostRecord(1, "data_steward", ""),))
    rows = {row["kind"]["en"]: row for row in fates(steward, {}).rows}
    assert (rows["smoke"]["judged"], rows["smoke"]["late"], rows["smoke"]["future"]) == (7, 1, 0)
    assert rows["not declared"]["unknown_kind"] == 2
