"""What comes is freed of what came before, is too much or may not be kept: as columns where it is much, row by row where it is little."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from hexi.core.sensing.columns import NO_SEQUENCE
from hexi.core.sensing.intake.counting import Counts
from hexi.core.sensing.intake.gate import Gate
from hexi.core.sensing.intake.recent import Recent, mark_of, mark_of_sequence, marks_of, marks_of_sequences
from hexi.core.sensing.intake.sent import Outcome, Sent

MINUTE_S = 60.0
PER_MINUTE = 60_000
Whole = np.ndarray[Any, np.dtype[np.int64]]
Series = tuple[str, str]


class Sieve:
    """What it knows of what came. `few` and `many` leave the same of the same readings; a row by itself costs less by `few`.

    Both return what is left and the marks that they set, to be taken back where it cannot be written; the outcome says what became of all.
    """

    def __init__(self, recent: Recent, counts: Counts, gate: Gate) -> None:
        self.recent, self.counts, self.gate = recent, counts, gate
        self.newest = dict[Series, int]()
        self.per_minute = PER_MINUTE
        self.minute, self.in_minute = 0.0, dict[int, int]()

    def few(self, sent: Sequence[Sent], outcome: Outcome) -> tuple[list[Sent], list[int]]:
        """Row by row."""
        self._throttle(Counter(one.device for one in sent).items(), outcome)
        left, marks = list[Sent](), list[int]()
        for one in sent:
            if one.device in outcome.throttled or self._stays_outside(one, outcome):
                continue
            if self._is_new(one, marks):
                left.append(one)
            else:
                outcome.duplicates += 1
                self.counts.add(one.device, duplicates=1)
        outcome.stored, outcome.disordered = len(left), sum(self._is_late(one) for one in left)
        return left, marks

    def _stays_outside(self, one: Sent, outcome: Outcome) -> bool:
        answer = self.gate.answer(one)
        if answer == "refused":
            outcome.withheld += 1
            self.counts.add(one.device, withheld=1)
        elif answer == "unsure":
            outcome.unsure.add(one.device)
        return answer != "kept"

    def _is_new(self, one: Sent, marks: list[int]) -> bool:
        own = [mark_of_sequence(one)] if one.sequence != NO_SEQUENCE else []
        for mark in (*own, mark_of(one)):
            if not self.recent.add(mark):
                return False
            marks.append(mark)
        return True

    def _is_late(self, one: Sent) -> bool:
        series = (one.key, one.kind)
        before = self.newest.get(series, 0)
        if one.moment >= before:
            self.newest[series] = one.moment
            return False
        self.counts.add(one.device, disordered=1)
        return True

    def many(self, batch: pa.RecordBatch, outcome: Outcome) -> tuple[pa.RecordBatch, list[int]]:
        """As columns."""
        devices, marks = batch.column("device").to_numpy(), list[int]()
        self._throttle(_numbers(devices), outcome)
        if outcome.throttled:
            batch = batch.filter(pa.array(~np.isin(devices, list(outcome.throttled))))
        batch = self._at_the_gate(batch, outcome)
        counted = np.flatnonzero(batch.column("sequence").to_numpy() != NO_SEQUENCE)
        if len(counted):
            kept = np.ones(batch.num_rows, dtype=bool)
            kept[counted] = self._news(marks_of_sequences(batch.take(pa.array(counted))), marks)
            batch = self._left(batch, kept, outcome)
        batch = self._left(batch, self._news(marks_of(batch), marks), outcome)
        outcome.stored, outcome.disordered = batch.num_rows, self._late(batch)
        return batch, marks

    def _at_the_gate(self, batch: pa.RecordBatch, outcome: Outcome) -> pa.RecordBatch:
        sifted = self.gate.sift(batch)
        if sifted is None:
            return batch
        devices = batch.column("device").to_numpy()
        outcome.unsure |= set(devices[sifted.unsure].tolist())
        outcome.withheld += int(sifted.refused.sum())
        for device, number in _numbers(devices[sifted.refused]):
            self.counts.add(device, withheld=number)
        return batch.filter(pa.array(~(sifted.refused | sifted.unsure)))

    def _throttle(self, numbers: Iterable[tuple[int, int]], outcome: Outcome) -> None:
        """Of a device that sends too much in a minute nothing more is taken."""
        now = time.monotonic()
        if now - self.minute > MINUTE_S:
            self.minute, self.in_minute = now, {}
        for device, number in numbers:
            total = number + self.in_minute.get(device, 0)
            if total > self.per_minute:
                outcome.throttled.add(device)
            else:
                self.in_minute[device] = total

    def _news(self, found: Any, marks: list[int]) -> Any:
        fresh = self.recent.fresh(found)
        kept = np.ones(len(found), dtype=bool) if fresh is None else np.array(fresh, dtype=bool)
        marks += found[kept].tolist()
        return kept

    def _left(self, batch: pa.RecordBatch, kept: Any, outcome: Outcome) -> pa.RecordBatch:
        """Only these rows; the others came before."""
        if kept.all():
            return batch
        outcome.duplicates += int((~kept).sum())
        for device, number in _numbers(batch.column("device").to_numpy()[~kept]):
            self.counts.add(device, duplicates=number)
        return batch.filter(pa.array(kept))

    def _late(self, batch: pa.RecordBatch) -> int:
        """How many came after later ones of their series."""
        total, moments, devices = 0, batch.column("moment").cast(pa.int64()).to_numpy(), batch.column("device").to_numpy()
        for series, rows in _series(batch):
            own = moments[rows]
            before = np.maximum.accumulate(np.concatenate(([self.newest.get(series, 0)], own)))
            self.newest[series] = int(before[-1])
            late = own < before[:-1]
            for device, number in _numbers(devices[rows][late]) if late.any() else ():
                self.counts.add(device, disordered=number)
                total += number
        return total


def _numbers(devices: Whole) -> list[tuple[int, int]]:
    """How many of each."""
    found, numbers = np.unique(devices, return_counts=True)
    return list(zip(found.tolist(), numbers.tolist(), strict=True))


def _series(batch: pa.RecordBatch) -> list[tuple[Series, Any]]:
    """The rows of each key and kind, in their order."""
    if not batch.num_rows:
        return []
    keys, kinds = pc.dictionary_encode(batch.column("key")), pc.dictionary_encode(batch.column("kind"))
    names, sorts = keys.dictionary.to_pylist(), kinds.dictionary.to_pylist()
    codes = keys.indices.to_numpy().astype(np.int64) * len(sorts) + kinds.indices.to_numpy()
    order = np.argsort(codes, kind="stable")
    found, begins = np.unique(codes[order], return_index=True)
    return [
        ((names[code // len(sorts)], sorts[code % len(sorts)]), rows)
        for code, rows in zip(found.tolist(), np.split(order, begins[1:]), strict=True)
    ]
