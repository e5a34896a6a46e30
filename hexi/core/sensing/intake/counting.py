"""Counts on their way to the device register: gathered in memory, written together every few seconds.

They are for people to look at, not for accounts: a process that is killed loses those of the last seconds, and no reading.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from django.db import DatabaseError, connection, transaction

from hexi.core.sensing.devices.models import Datastream
from hexi.core.sensing.intake.sent import Sent
from hexi.kernel.reading import datetime_of

BATTERY = "battery"
WRITE = """
UPDATE sensing_device SET received = received + %s, duplicates = duplicates + %s, disordered = disordered + %s,
    unsure = unsure + %s, refused = refused + %s, withheld = withheld + %s,
    last_seen = COALESCE(%s, last_seen), battery_pct = COALESCE(%s, battery_pct) WHERE id = %s
"""
STREAMED = """
UPDATE sensing_datastream SET received = received + %s,
    last_at = CASE WHEN last_at IS NULL OR last_at < %s THEN %s ELSE last_at END WHERE device_id = %s AND kind = %s
"""


@dataclass(slots=True)
class Tally:
    """What one device did since the counts were last written."""

    received: int = 0
    duplicates: int = 0
    disordered: int = 0
    unsure: int = 0
    refused: int = 0
    withheld: int = 0
    seen: int = 0
    battery: int | None = None

    def follow(self, before: Tally) -> None:
        """Add what was counted before this."""
        for name in ("received", "duplicates", "disordered", "unsure", "refused", "withheld"):
            setattr(self, name, getattr(before, name) + getattr(self, name))
        self.seen = max(before.seen, self.seen)
        self.battery = before.battery if self.battery is None else self.battery


Devices = dict[int, Tally]
Streams = dict[tuple[int, str], tuple[int, int]]
"""How many of a device's kind, and the newest moment."""


@dataclass(slots=True)
class Counts:
    """The tallies of all devices, and of each kind that they send: how many, and the newest moment."""

    devices: Devices = field(default_factory=dict[int, Tally])
    streams: Streams = field(default_factory=dict[tuple[int, str], tuple[int, int]])
    known: set[tuple[int, str]] = field(default_factory=set[tuple[int, str]])
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, device: int, **more: int) -> None:
        """So many more of these fields of the device's tally."""
        with self.lock:
            tally = self._of(device)
            for name, number in more.items():
                setattr(tally, name, getattr(tally, name) + number)

    def took(self, batch: pa.RecordBatch) -> None:
        """These stand in the journal."""
        columns = {"unsure": batch.column("unsure").cast(pa.int64()), "n": pa.array(np.ones(batch.num_rows, dtype=np.int64))}
        table = pa.table({name: batch.column(name) for name in ("device", "kind", "moment", "received", "value")} | columns)
        asked = [("n", "sum"), ("unsure", "sum"), ("moment", "max"), ("received", "max"), ("value", "last")]
        found = table.group_by(["device", "kind"], use_threads=False).aggregate(asked)
        with self.lock:
            for device, kind, number, unsure, moment, seen, value in zip(*(_plain(found.column(name)) for name in GROUPED), strict=True):
                self._took(self._of(device), kind, number, unsure, seen, value)
                before, newest = self.streams.get((device, kind), (0, 0))
                self.streams[device, kind] = (before + number, max(newest, moment))

    def took_few(self, sent: Iterable[Sent]) -> None:
        """The same, row by row."""
        with self.lock:
            for one in sent:
                self._took(self._of(one.device), one.kind, 1, int(one.unsure), one.received, one.value)
                before, newest = self.streams.get((one.device, one.kind), (0, 0))
                self.streams[one.device, one.kind] = (before + 1, max(newest, one.moment))

    @staticmethod
    def _took(tally: Tally, kind: str, number: int, unsure: int, seen: int, value: float) -> None:  # noqa: PLR0917 - one row of a table
        tally.received += number
        tally.unsure += unsure
        tally.seen = max(tally.seen, seen)
        if kind == BATTERY:
            tally.battery = round(value)

    def _of(self, device: int) -> Tally:
        found = self.devices.get(device)
        if found is None:
            found = self.devices[device] = Tally()
        return found

    def write(self) -> None:
        """Add them to the register, in one transaction; what cannot be written now is tried again with the next."""
        with self.lock:
            devices, self.devices = self.devices, {}
            streams, self.streams = self.streams, {}
        if not devices and not streams:
            return
        try:
            self._add(devices, streams)
        except DatabaseError:
            self._take_back(devices, streams)
            raise

    def _add(self, devices: Devices, streams: Streams) -> None:
        fresh = set(streams) - self.known
        with transaction.atomic(), connection.cursor() as cursor:
            Datastream.objects.bulk_create((Datastream(device_id=device, kind=kind) for device, kind in fresh), ignore_conflicts=True)
            cursor.executemany(WRITE, list(_device_rows(devices)))
            cursor.executemany(STREAMED, list(_stream_rows(streams)))
        self.known |= fresh

    def _take_back(self, devices: Devices, streams: Streams) -> None:
        """What came since is newer."""
        with self.lock:
            for device, one in devices.items():
                self._of(device).follow(one)
            for stream, (number, newest) in streams.items():
                later, newer = self.streams.get(stream, (0, 0))
                self.streams[stream] = (number + later, max(newest, newer))


GROUPED = ("device", "kind", "n_sum", "unsure_sum", "moment_max", "received_max", "value_last")


def _plain(column: pa.ChunkedArray) -> list[Any]:
    return (column.cast(pa.int64()) if pa.types.is_timestamp(column.type) else column).to_pylist()


def _device_rows(devices: Mapping[int, Tally]) -> Iterator[tuple[Any, ...]]:
    for device, one in sorted(devices.items()):  # always in one order: two writers never wait for each other
        seen = datetime_of(one.seen) if one.seen else None
        yield one.received, one.duplicates, one.disordered, one.unsure, one.refused, one.withheld, seen, one.battery, device


def _stream_rows(streams: Mapping[tuple[int, str], tuple[int, int]]) -> Iterator[tuple[Any, ...]]:
    for (device, kind), (number, newest) in sorted(streams.items()):
        yield number, datetime_of(newest), datetime_of(newest), device, kind
