"""Counts on their way to the device register: gathered in memory, written together every few seconds.

They are for people to look at, not for accounts: a process that is killed loses those of the last seconds, and no reading.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import connection, transaction

from hexi.core.sensing.devices.models import Datastream
from hexi.kernel.reading import datetime_of

BATTERY = "battery"
WRITE = """
UPDATE sensing_device SET received = received + %s, duplicates = duplicates + %s, disordered = disordered + %s, unsure = unsure + %s,
    refused = refused + %s, last_seen = COALESCE(%s, last_seen), battery_pct = COALESCE(%s, battery_pct) WHERE id = %s
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
    seen: int = 0
    battery: int | None = None


@dataclass(slots=True)
class Counts:
    """The tallies of all devices, and of each kind that they send: how many, and the newest moment."""

    devices: dict[int, Tally] = field(default_factory=dict[int, Tally])
    streams: dict[tuple[int, str], tuple[int, int]] = field(default_factory=dict[tuple[int, str], tuple[int, int]])
    known: set[tuple[int, str]] = field(default_factory=set[tuple[int, str]])
    lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, device: int) -> Tally:
        """The tally of this device."""
        found = self.devices.get(device)
        if found is None:
            found = self.devices[device] = Tally()
        return found

    def refuse(self, device: int, number: int) -> None:
        """So many more were not taken."""
        with self.lock:
            self.of(device).refused += number

    def streamed(self, device: int, kind: str, moment: int) -> None:
        """One more of this kind."""
        number, newest = self.streams.get((device, kind), (0, 0))
        self.streams[device, kind] = (number + 1, max(newest, moment))

    def write(self) -> None:
        """Add them to the register, in one transaction; what cannot be written now is tried again with the next."""
        with self.lock:
            devices, self.devices = self.devices, {}
            streams, self.streams = self.streams, {}
        if not devices and not streams:
            return
        fresh = set(streams) - self.known
        with transaction.atomic(), connection.cursor() as cursor:
            Datastream.objects.bulk_create((Datastream(device_id=device, kind=kind) for device, kind in fresh), ignore_conflicts=True)
            cursor.executemany(WRITE, _device_rows(devices))
            cursor.executemany(STREAMED, _stream_rows(streams))
        self.known |= fresh


def _device_rows(devices: Mapping[int, Tally]) -> Iterable[tuple[object, ...]]:
    for device, one in sorted(devices.items()):  # always in one order: two writers never wait for each other
        seen = datetime_of(one.seen) if one.seen else None
        yield one.received, one.duplicates, one.disordered, one.unsure, one.refused, seen, one.battery, device


def _stream_rows(streams: Mapping[tuple[int, str], tuple[int, int]]) -> Iterable[tuple[object, ...]]:
    for (device, kind), (number, newest) in sorted(streams.items()):
        yield number, datetime_of(newest), datetime_of(newest), device, kind
