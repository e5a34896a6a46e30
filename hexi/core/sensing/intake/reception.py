"""What a device says, understood: JSON single or many, a bare number, an Arrow stream; each reading checked against its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from math import inf, isfinite, nan
from typing import Any, cast

import orjson
import pyarrow as pa

from hexi.core.sensing.devices.cards import Card
from hexi.core.sensing.intake.sent import NO_SEQUENCE, Sent
from hexi.kernel.catalogue import catalogue
from hexi.kernel.reading import EPOCH, Quality, microseconds

MILLISECOND = 1000
LARGEST_SEQUENCE = 2**62


@dataclass(frozen=True, slots=True)
class Fault:
    """Why something was not taken: a key of `REASONS`, what exactly, the content itself, and its place in the batch."""

    reason: str
    detail: str
    payload: bytes
    at: int = 0


@dataclass(slots=True)
class Received:
    """What could be taken and what could not."""

    sent: list[Sent] = field(default_factory=list[Sent])
    faults: list[Fault] = field(default_factory=list[Fault])


class Strange(Exception):
    """One reading cannot be taken."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason)
        self.reason, self.detail = reason, detail


@dataclass(frozen=True, slots=True)
class _Kind:
    unit: str
    ahead: int
    back: int
    low: float
    high: float


@cache
def _kinds() -> dict[str, _Kind]:
    """As the catalogue has them; it is closed before anything is received."""
    found = dict[str, _Kind]()
    for key, one in catalogue.reading_kinds.items():
        low, high = -inf if one.low is None else one.low, inf if one.high is None else one.high
        found[key] = _Kind(one.unit, microseconds(one.ahead), microseconds(one.back), low, high)
    return found


def understood(payload: bytes, card: Card, now: int, *, kind: str = "", came: Callable[[], int] | None = None) -> Received:
    """The readings of one message in JSON. `kind` is that of the topic; `came` gives the moment of readings without one (else `now`)."""
    found = Received()
    try:
        said = orjson.loads(payload)
    except orjson.JSONDecodeError as error:
        found.faults.append(Fault("not_json", str(error)[:200], payload))
        return found
    for at, one in enumerate(_items(said)):
        try:
            found.sent.append(_reading(one, card, now, kind, came))
        except Strange as strange:
            found.faults.append(Fault(strange.reason, strange.detail, orjson.dumps(one), at))
    return found


def understood_columns(payload: bytes, card: Card, now: int) -> Received:
    """The readings of an Arrow IPC stream with the columns kind, value, at, and perhaps unit, second, sequence."""
    try:
        with pa.ipc.open_stream(pa.py_buffer(payload)) as reader:
            table = reader.read_all()
        columns = {name: _column(table.column(name)) for name in table.column_names if name in COLUMNS}
    except (pa.ArrowException, ValueError, OSError) as error:
        return Received(faults=[Fault("shape", str(error)[:200], b"")])
    if missing := {"kind", "value"} - set(columns):
        return Received(faults=[Fault("shape", f"columns {sorted(missing)}", b"")])
    found = Received()
    for at, row in enumerate(_rows(columns)):
        try:
            found.sent.append(_reading(row, card, now, "", None))
        except Strange as strange:
            found.faults.append(Fault(strange.reason, strange.detail, orjson.dumps(row, default=str), at))
    return found


COLUMNS = ("kind", "value", "at", "unit", "second", "sequence", "simulated", "estimated")


def _column(column: pa.ChunkedArray) -> list[Any]:
    """The column's values; moments keep their microseconds."""
    if pa.types.is_timestamp(column.type):
        return [None if one is None else Micros(one) for one in column.cast(pa.timestamp("us")).cast(pa.int64()).to_pylist()]
    return column.to_pylist()


class Micros(int):
    """A moment in microseconds, where a plain number would be milliseconds."""


def _rows(columns: Mapping[str, list[Any]]) -> Iterator[dict[str, Any]]:
    names = list(columns)
    return (dict(zip(names, row, strict=True)) for row in zip(*columns.values(), strict=True))


def _items(said: Any) -> Iterable[Any]:
    if isinstance(said, dict):
        many = cast("dict[str, Any]", said).get("readings")
        return cast("list[Any]", many) if isinstance(many, list) else (cast("Any", said),)
    return cast("list[Any]", said) if isinstance(said, list) else (said,)


def _reading(one: Any, card: Card, now: int, kind: str, came: Callable[[], int] | None) -> Sent:
    if not isinstance(one, dict):
        one = {"value": one}
    get = cast("dict[str, Any]", one).get
    key = get("kind") or kind
    known = _kinds().get(key) if isinstance(key, str) else None
    if known is None:
        raise Strange("unknown_kind" if key else "shape", f"kind: {str(key)[:80]}" if key else "kind: ?")
    if (unit := get("unit")) is not None and unit != known.unit:
        raise Strange("wrong_unit", f"unit: {str(unit)[:40]}, {key}: {known.unit or '-'}")
    value, second = _number(get("value")), get("second")
    moment, flags = _moment(get("at"), now, known, came)
    if not known.low <= value <= known.high:
        flags |= Quality.IMPLAUSIBLE
    flags |= (Quality.SIMULATED if get("simulated") or card.simulated else 0) | (Quality.ESTIMATED if get("estimated") else 0)
    return Sent(
        card.key, key, moment, value, now, nan if second is None else _number(second), int(flags), card.id, _sequence(get("sequence"))
    )


def _number(value: Any) -> float:
    if type(value) is float or type(value) is int:
        found = float(value) if abs(value) < 1e300 else inf
        if isfinite(found):
            return found
    if value is None:
        raise Strange("shape", "value: ?")
    raise Strange("not_a_number", f"value: {str(value)[:60]}")


def _moment(said: Any, now: int, known: _Kind, came: Callable[[], int] | None) -> tuple[int, int]:
    """The moment in microseconds, and TIMED_HERE where the device said none."""
    if said is None:
        return now if came is None else came(), int(Quality.TIMED_HERE)
    if isinstance(said, Micros):
        moment = int(said)
    elif type(said) is int:
        moment = said * MILLISECOND
    else:
        moment = _written_moment(said)
    if moment > now + known.ahead:
        raise Strange("future", f"at: {str(said)[:40]}")
    if moment < now - known.back:
        raise Strange("ancient", f"at: {str(said)[:40]}")
    return moment, 0


def _written_moment(said: Any) -> int:
    try:
        since = datetime.fromisoformat(said) - EPOCH
        return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
    except (TypeError, ValueError, OverflowError):
        raise Strange("shape", f"at: {str(said)[:60]} (2026-03-01T08:00:00+08:00)") from None


def _sequence(said: Any) -> int:
    if said is None:
        return NO_SEQUENCE
    if type(said) is not int or not 0 <= said < LARGEST_SEQUENCE:
        raise Strange("shape", f"sequence: {str(said)[:40]}")
    return said
