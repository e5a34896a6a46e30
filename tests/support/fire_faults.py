"""What of the promises to devices and to those who press was not kept, asked of the journal, the history and the database."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from hexi.core.sensing.columns import readings_of
from hexi.core.sensing.journal.reading import JournalReader
from hexi.core.sensing.journal.segments import counted, segments
from hexi.core.sensing.tests.samples import QUICK
from hexi.kernel.reading import Reading
from tests.support.fire import BEAT, Fire, Mark
from tests.support.sensing_storm import plainly

LATE = timedelta(seconds=30)
"""So long after its time a timer may still wait when the platform is stopped: the worker of its lane may just have been killed."""
TOP = 3
"""The last rung of the samples' ladder."""


def fire_faults(fire: Fire, folder: Path, database: Any, stopped_at: datetime) -> list[str]:
    """Everything, in one list. The platform has been stopped; `database` is an open DB-API connection to what it left."""
    came = journalled(folder)
    return [
        *_lost(fire, came), *_kept_wrong(folder, database, came), *_found_wrong(fire, database, came),
        *_raised_wrong(fire, database), *_late_timers(database, stopped_at), *_unlogged(database, stopped_at),
    ]  # fmt: skip


def journalled(folder: Path) -> list[Reading]:
    """Everything that was written. The journal of so short a time is whole."""
    journal = folder / "journal" / "000"
    assert not counted(segments(journal)[0]), "a part of the journal was cleared away"
    reader, found = JournalReader(journal), list[Reading]()
    while batches := reader.read():
        found += [one for batch in batches for one in readings_of(batch)]
    return found


def _lost(fire: Fire, came: list[Reading]) -> Iterator[str]:
    written = Counter(_mark(one) for one in came)
    yield from (f"acknowledged and not stored: {mark}" for mark in sorted(fire.acknowledged - written.keys()))
    yield from (f"stored {number} times: {mark}" for mark, number in written.items() if number > 1)
    yield from fire.refused


def _mark(one: Reading) -> Mark:
    return one.key, one.kind, one.moment


def _kept_wrong(folder: Path, database: Any, came: list[Reading]) -> Iterator[str]:
    """The history has what stood in the journal up to where it says it has come, once each."""
    ((kept,),) = rows(database, "SELECT kept FROM sensing_shardstate WHERE shard = 0")
    reader, wanted = JournalReader(folder / "journal" / "000"), Counter[Mark]()
    while reader.offset < kept and (batches := reader.read(rows=1)):
        wanted.update(_mark(one) for batch in batches for one in readings_of(batch))
    found = Counter[Mark]()
    for path, kind in rows(database, "SELECT path, kind FROM sensing_readingfile"):
        table = pq.ParquetFile(folder / "readings" / path).read(["key", "moment"])
        keys, moments = table.column("key").to_pylist(), table.column("moment").cast(pa.int64()).to_pylist()
        found.update((key, kind, moment) for key, moment in zip(keys, moments, strict=True))
    if found != wanted:
        yield f"the history should hold {wanted.total()} of {len(came)} readings, and holds {found.total()}: {found - wanted}, {wanted - found}"


def _found_wrong(fire: Fire, database: Any, came: list[Reading]) -> Iterator[str]:
    findings = [(rule, key, moment_us(at)) for rule, key, at in rows(database, "SELECT rule, key, moment FROM sensing_finding")]
    yield from (f"found {number} times: {one}" for one, number in Counter(findings).items() if number > 1)
    ((events,),) = rows(database, "SELECT count(*) FROM trust_event WHERE entity = 'sensing.finding'")
    if events != len(findings):
        yield f"{len(findings)} findings, {events} events of them"
    quick = {rule.key for rule in QUICK}
    found = {one for one in findings if one[0] in quick and one[1] not in fire.spoiled}
    beats = [one for one in came if one.kind == BEAT and one.key not in fire.spoiled]
    wanted = {(one.rule, one.key, one.moment) for one in plainly(beats)} if beats else set[Any]()
    yield from (f"not found: {one}" for one in sorted(wanted - found))
    yield from (f"found, and should not be: {one}" for one in sorted(found - wanted))
    pressed = Counter(key for rule, key, _ in findings if rule == "button_pressed")
    yield from (f"{key} pressed, found {pressed[key]} times" for key in sorted(fire.pressed) if pressed[key] != 1)


def _raised_wrong(fire: Fire, database: Any) -> Iterator[str]:
    """Each press one rescue with one case, its rungs in order, nobody called twice for it, each with a timer."""
    found = rows(database, "SELECT id, subject, presses, rung, case_id, next_at FROM alarms_rescue")
    counts = Counter(subject for _, subject, *_ in found)
    yield from (f"{subject}: {counts[subject]} rescues" for subject in sorted(fire.pressed | counts.keys()) if counts[subject] != 1)
    cases = {number for (number,) in rows(database, "SELECT id FROM cases_case WHERE kind = 'sos'")}
    if {case for *_, case, _ in found} != cases or len(cases) != len(found):
        yield f"{len(found)} rescues, {len(cases)} cases"
    calls = defaultdict[int, list[tuple[int, Any, Any]]](list)
    for rescue, rung, account, contact in rows(database, "SELECT rescue_id, rung, account, contact FROM alarms_rescuecall ORDER BY id"):
        calls[rescue].append((rung, account, contact))
    moves = Counter(number for (number,) in rows(database, MOVES))
    for number, subject, presses, rung, _, next_at in found:
        wrong = presses != 1 or next_at is None or {one for one, *_ in calls[number]} != set(range(rung + 1))
        if wrong or len(calls[number]) != len(set(calls[number])) or (rung < TOP and moves[number] != rung):
            yield f"{subject}: pressed {presses} times, rung {rung} after {moves[number]} moves, next {next_at}, called {calls[number]}"


MOVES = "SELECT object_id FROM trust_event WHERE entity = 'alarms.rescue' AND action = 'escalate'"


def _late_timers(database: Any, stopped_at: datetime) -> Iterator[str]:
    """No rung and no clock that should have come long ago is still waiting; each clock spoke once, with its event."""
    for table in ("alarms_rescue", "cases_caseclock"):
        for number, at in rows(database, f"SELECT id, next_at FROM {table} WHERE next_at IS NOT NULL"):
            if as_moment(at) < stopped_at - LATE:
                yield f"{table} {number} has waited since {at}"
    told = Counter(rows(database, "SELECT case_id, clock, rung FROM cases_supervision"))
    yield from (f"told {number} times: {one}" for one, number in told.items() if number > 1)
    events = Counter(rows(database, "SELECT object_id, action FROM trust_event WHERE entity = 'cases.case' AND action LIKE 'clock_%'"))
    if Counter({(case, f"clock_{rung}"): number for (case, _, rung), number in told.items()}) != events:
        yield f"{told.total()} clocks spoke, {events.total()} events of it"
    wound = "SELECT count(*) FROM cases_caseclock c JOIN cases_case k ON k.id = c.case_id WHERE k.number LIKE 'F%' AND c.rung = 1"
    for number, at in rows(database, wound.replace("count(*)", "c.id, c.due_at")):
        if as_moment(at) < stopped_at - LATE:
            yield f"clock {number} was due at {at} and never spoke"


def _unlogged(database: Any, stopped_at: datetime) -> Iterator[str]:
    """Every event is in the log once; those of the last moment may still have been on their way."""
    asked = "SELECT e.id, e.at FROM trust_event e LEFT JOIN trust_entry t ON t.event_id = e.id WHERE t.event_id IS NULL"
    yield from (f"event {number} of {at} is not in the log" for number, at in rows(database, asked) if as_moment(at) < stopped_at - LATE)
    ((entries, last),) = rows(database, 'SELECT count(*), coalesce(max("index") + 1, 0) FROM trust_entry')
    if entries != last:
        yield f"{entries} entries of the log, numbered up to {last}"


def rows(database: Any, sql: str) -> list[tuple[Any, ...]]:
    with closing(database.cursor()) as cursor:
        cursor.execute(sql)
        return [tuple(row) for row in cursor.fetchall()]


def as_moment(said: Any) -> datetime:
    """SQLite gives text without a zone."""
    found = datetime.fromisoformat(said) if isinstance(said, str) else said
    return found.replace(tzinfo=found.tzinfo or UTC)


def moment_us(said: Any) -> int:
    return round(as_moment(said).timestamp() * 1e6)
