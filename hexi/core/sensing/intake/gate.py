"""The gate before the journal: a batch is sifted at once by what records allow, so that engine and history get the same.

No reading asks the database. `learn` follows the register and the consents several times a second and lays a new table beside the old one.
Where it could not for a second, private readings wait outside: the answer may be no by now.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from hexi.core.sensing.devices.cards import Card
from hexi.core.sensing.intake.leave import ALWAYS, FREE, NEVER, Leave, Record, answers, asked, hour_of, leave_of, private_kinds, record_of
from hexi.core.sensing.intake.sent import Sent

FRESH_S = 1.0
Mask = NDArray[np.bool_]
Whole = NDArray[np.int64]
Answer = Literal["kept", "refused", "unsure"]


@dataclass(frozen=True, slots=True)
class Table:
    """A line for each device by its number; line 0 is nobody's. Never changed once others see it, only replaced."""

    known: Mask
    free: Mask
    since: Whole
    until: Whole
    hours: Whole

    @staticmethod
    def of(lines: int) -> Table:
        """All closed."""
        no = np.zeros(lines, bool)
        return Table(no, no.copy(), np.full(lines, NEVER), np.full(lines, ALWAYS), np.zeros(lines, np.int64))

    def copied(self, lines: int) -> Table:
        """The same with room for so many."""
        found, old = Table.of(max(lines, len(self.known))), len(self.known)
        for name in ("known", "free", "since", "until", "hours"):
            getattr(found, name)[:old] = getattr(self, name)
        return found

    def put(self, device: int, leave: Leave) -> None:
        """Into a copy."""
        self.known[device] = True
        self.free[device], self.since[device], self.until[device], self.hours[device] = leave


class Sifted(NamedTuple):
    """Rows that must not be kept, and rows of which that is not known for certain now."""

    refused: Mask
    unsure: Mask


class Gate:
    """Answers for the devices that it has learnt of."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock, self.learnt_at = clock, -np.inf
        self.private = private_kinds()
        self.registers = tuple(f"{entity}:" for entity in asked())
        self.cards = dict[int, Card]()
        self.devices = dict[Record, set[int]]()
        self.fresh, self.touched = dict[int, Card](), set[Record]()
        self.leaves = dict[int, Leave]()
        self.table = Table.of(1)

    def learn(self, cards: Iterable[Card], since: datetime | None) -> None:
        """These devices are new or others than before, and whatever changed in the consents since; all of it without a moment."""
        began = self.clock()
        changed = {(entity, number) for entity, one in asked().items() for number in one.changed(since)} if since else set[Record]()
        for card in cards:
            if self.cards.get(card.id) != card:
                self._place(card)
        self.touched |= changed & self.devices.keys()
        if self.fresh or self.touched:
            self.table = self._drawn(self.fresh.values(), self.touched)
            self.fresh, self.touched = dict[int, Card](), set[Record]()  # only now: where the database did not answer they are asked again
        self.learnt_at = began

    def _place(self, card: Card) -> None:
        """Put it to its record, and away from the one before."""
        before = self.cards.get(card.id)
        if before is not None and (old := record_of(before)) is not None:
            self.devices[old].discard(card.id)
        self.cards[card.id] = self.fresh[card.id] = card
        if (record := record_of(card)) is not None:
            self.devices.setdefault(record, set()).add(card.id)
            self.touched.add(record)

    def _drawn(self, fresh: Collection[Card], touched: Collection[Record]) -> Table:
        leaves = self._asked(touched)
        leaves |= {card.id: FREE for card in fresh if card.id not in leaves}
        table = self.table.copied(max(leaves, default=0) + 1)
        for device, leave in leaves.items():
            table.put(device, leave)
        self.leaves.update(leaves)
        return table

    def _asked(self, touched: Collection[Record]) -> dict[int, Leave]:
        found = dict[int, Leave]()
        for entity in {entity for entity, _ in touched}:
            numbers = sorted(number for name, number in touched if name == entity)
            said = answers(entity, numbers)
            for number in numbers:
                for device in self.devices[entity, number]:
                    card = self.cards[device]
                    found[device] = leave_of(card, said.get((number, card.kind)))
        return found

    @property
    def stale(self) -> bool:
        """Was nothing learnt for too long?"""
        return self.clock() - self.learnt_at > FRESH_S

    def answer(self, one: Sent) -> Answer:
        """The same as `sift` for one reading."""
        leave = self.leaves.get(one.device)
        if leave is FREE or one.kind not in self.private or not one.key.startswith(self.registers):
            return "kept"
        if leave is None or self.stale:
            return "unsure"
        return "kept" if leave.covers(one.moment) and one.received < leave.until else "refused"

    def strangers(self, given: Sequence[Sent] | pa.RecordBatch) -> bool:
        """Are there devices of which nothing was learnt yet?"""
        if not isinstance(given, pa.RecordBatch):
            return bool(self.registers) and any(one.device not in self.leaves for one in given)
        known, devices = self.table.known, given.column("device").to_numpy()
        return bool(self.registers) and not known[np.where(devices < len(known), devices, 0)].all()

    def sift(self, batch: pa.RecordBatch) -> Sifted | None:
        """Which rows stay outside; None where all may come in."""
        if not self.registers:
            return None
        table, devices = self.table, batch.column("device").to_numpy()
        at = np.where(devices < len(table.known), devices, 0)
        if table.free[at].all():
            return None
        stale = self.stale
        doubted = ~table.free[at] if stale else ~_open(table, at, batch)
        if not (doubted := self._asked_about(batch, doubted)).any():
            return None
        unsure = doubted & (stale | ~table.known[at])
        return Sifted(doubted & ~unsure, unsure)

    def _asked_about(self, batch: pa.RecordBatch, doubted: Mask) -> Mask:
        """Of these rows the private ones of records that are asked."""
        rows = np.flatnonzero(doubted)
        part = batch.select(["key", "kind"]).take(pa.array(rows))
        pairs = zip(part.column("key").to_pylist(), part.column("kind").to_pylist(), strict=True)
        found = np.zeros(batch.num_rows, bool)
        found[rows] = [kind in self.private and key.startswith(self.registers) for key, kind in pairs]
        return found


def _open(table: Table, at: Whole, batch: pa.RecordBatch) -> Mask:
    """Allowed when it was measured, and still when it came."""
    moment, received = (batch.column(name).cast(pa.int64()).to_numpy() for name in ("moment", "received"))
    within = (table.since[at] <= moment) & (np.maximum(moment, received) < table.until[at])
    return table.free[at] | (within & (table.hours[at] >> hour_of(moment) & 1).astype(bool))
