"""One shard's rules at work in memory: readings in, findings out, and its whole state as one row of numbers for each key.

Pure but for its own memory: no clock, no database, no broker. The embedded engine and Ray's actors both hold one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from hexi.core.sensing.stream.arrays import Floats, Lot
from hexi.core.sensing.stream.arrivals import NOTHING, Arrived, Counts, Fate, Policy, released
from hexi.core.sensing.stream.runs import Finds, Run, fallen_due, run_through
from hexi.kernel.catalogue import entity_key
from hexi.kernel.context import Context
from hexi.kernel.declare import StreamRule
from hexi.kernel.reading import Quality, ReadingKind
from hexi.kernel.stream.patterns import kinds_of
from hexi.kernel.stream.stepping import DUE, NEVER, Machine, machine_of

FIRST_ROOM = 1024


class Finding(NamedTuple):
    """A rule found something: whose readings, when, since when, and with what value. At most one of a rule, key and moment."""

    rule: str
    key: str
    moment: int
    since: int
    value: float


@dataclass
class _Rule:
    rule: StreamRule
    machine: Machine
    kinds: tuple[int, ...]
    wait: float
    states: Floats
    prefix: str = ""


@dataclass
class Shard:
    """The rules on these kinds. `feed` it what came, `tick` it when time has gone by; both say what was found."""

    rules: Sequence[StreamRule]
    kinds: Sequence[ReadingKind]
    context: Context
    clock: float = -np.inf
    counts: Counts = field(default_factory=Counter[tuple[str, Fate]])
    slots: dict[str, int] = field(default_factory=dict[str, int])
    touched: list[NDArray[np.int64]] = field(default_factory=list[NDArray[np.int64]])

    def __post_init__(self) -> None:
        self.policy = Policy(self.kinds)
        self.names: list[str] = []
        self.until = np.full((len(self.kinds), FIRST_ROOM), -np.inf)
        self.waiting = {float(wait): NOTHING for wait in np.unique(self.policy.wait)}
        self.at_work = [self._made(rule) for rule in self.rules]

    def _made(self, rule: StreamRule) -> _Rule:
        machine = machine_of(rule.when, self.context)
        codes = tuple(self.policy.codes[kind.key] for kind in kinds_of(rule.when))
        states = np.repeat(np.array(machine.start)[:, None], FIRST_ROOM, axis=1)
        prefix = f"{entity_key(rule.on)}:" if rule.on else ""
        return _Rule(rule, machine, codes, float(self.policy.wait[codes[0]]), states, prefix)

    def retune(self, context: Context) -> None:
        """Go on with parameters as they are now; states stay, except where they have another shape."""
        self.context = context
        for one in self.at_work:
            machine = machine_of(one.rule.when, context)
            if machine.width == one.machine.width:
                one.machine = machine

    def feed(self, batch: pa.RecordBatch | pa.Table, number: int = 0) -> list[Finding]:
        """Take in a batch of the journal with its number; what was found."""
        came = self._arrived(batch, number)
        if not len(came.received):
            return []
        self.clock = max(self.clock, float(came.received.max()))
        return list(self._moved(self.policy.admitted(came, self.until, self.counts)))

    def tick(self, moment: float) -> list[Finding]:
        """Time has gone by, and everything that came until then was fed."""
        self.clock = max(self.clock, moment)
        return list(self._moved(NOTHING))

    def recall(self, batch: pa.RecordBatch, number: int) -> None:
        """Take in again a batch that was fed before a restart: only what was still waiting is not behind `until`."""
        unseen = self.policy.admitted(self._arrived(batch, number, Counter()), self.until, Counter())
        self._wait(unseen)

    def waiting_from(self) -> int | None:
        """The oldest batch of which something still waits."""
        return min((int(one.batch.min()) for one in self.waiting.values() if len(one.batch)), default=None)

    def _moved(self, came: Arrived) -> Iterator[Finding]:
        self._wait(came)
        for wait in self.waiting:
            yield from self._evaluated(wait)
            yield from self._due(wait)

    def _wait(self, came: Arrived) -> None:
        for wait, waiting in self.waiting.items():
            mine = self.policy.wait[came.lot.kind] == wait
            if mine.any():
                fresh = came if mine.all() else came.part(mine)
                self.waiting[wait] = waiting.beside(fresh) if len(waiting.batch) else fresh

    def _evaluated(self, wait: float) -> Iterator[Finding]:
        waiting = self.waiting[wait]
        if not len(waiting.batch):
            return
        ripe = released(waiting, wait, self.clock, len(self.names)) if wait else np.ones(len(waiting.batch), bool)
        if not ripe.any():
            return
        self.waiting[wait] = NOTHING if ripe.all() else waiting.part(~ripe)
        lot = self.policy.in_order(waiting.lot if ripe.all() else waiting.lot.part(ripe), self.counts)
        self.until[lot.kind, lot.slot] = lot.moment  # the last of equal places stays, and they are in order
        self.touched.append(np.unique(lot.slot))
        yield from self._through(lot, wait)

    def _through(self, lot: Lot, wait: float) -> Iterator[Finding]:
        runs: dict[tuple[tuple[int, ...], str], Run] = {}
        for one in self.at_work:
            if one.wait != wait:
                continue
            about = (one.kinds, one.prefix)
            if about not in runs:
                runs[about] = Run.of(self._concerning(lot, *about))
            yield from self._told(one, run_through(one.machine, one.states, runs[about], self.policy.codes, self.policy.names))

    def _concerning(self, lot: Lot, kinds: tuple[int, ...], prefix: str) -> Lot:
        mine = np.isin(lot.kind, kinds)
        if prefix:
            slots: list[int] = np.unique(lot.slot).tolist()
            mine &= np.isin(lot.slot, [slot for slot in slots if self.names[slot].startswith(prefix)])
        return lot if mine.all() else lot.part(mine)

    def _due(self, wait: float) -> Iterator[Finding]:
        for one in self.at_work:
            if one.wait == wait:
                found = fallen_due(one.machine, one.states, len(self.names), self.clock - wait)
                self.touched += [slots for slots, *_ in found]
                yield from self._told(one, found)

    def _told(self, one: _Rule, found: Finds) -> Iterator[Finding]:
        for columns in found:
            for slot, moment, since, value in zip(*(column.tolist() for column in columns), strict=True):
                yield Finding(one.rule.key, self.names[slot], int(moment), int(since), value)

    def _arrived(self, batch: pa.RecordBatch | pa.Table, number: int, counts: Counts | None = None) -> Arrived:
        """The batch in arrays; what is of no declared kind is left out."""
        kinds, keys = _coded(batch, "kind"), _coded(batch, "key")
        codes = np.array([self.policy.codes.get(name, -1) for name in kinds.dictionary.to_pylist()], np.int64)[kinds.indices.to_numpy()]
        slots = np.array([self._slot(key) for key in keys.dictionary.to_pylist()], np.int64)[keys.indices.to_numpy()]
        moment, received = (_whole(batch, name).astype(np.float64) for name in ("moment", "received"))
        said = (_whole(batch, "flags").astype(np.int64) & Quality.IMPLAUSIBLE) == 0
        lot = Lot(slots, moment, np.where(said, _whole(batch, "value"), np.nan), _whole(batch, "second"), codes)
        came = Arrived(lot, received, np.full(len(slots), number))
        if (codes < 0).any():
            (self.counts if counts is None else counts)["", "unknown_kind"] += int((codes < 0).sum())
            came = came.part(codes >= 0)
        return came

    def _slot(self, key: str) -> int:
        found = self.slots.get(key)
        if found is None:
            found = self.slots[key] = len(self.names)
            self.names.append(key)
            if len(self.names) > self.until.shape[1]:
                self._grow(2 * self.until.shape[1])
        return found

    def _grow(self, room: int) -> None:
        self.until = np.pad(self.until, ((0, 0), (0, room - self.until.shape[1])), constant_values=-np.inf)
        for one in self.at_work:
            more = np.repeat(np.array(one.machine.start)[:, None], room - one.states.shape[1], axis=1)
            one.states = np.concatenate((one.states, more), axis=1)

    def layout(self) -> list[tuple[str, str, int]]:
        """What the numbers of a key's row are: the name of each part, what it is, and how many there are."""
        rules = [(one.rule.key, type(one.machine.pattern).__name__, one.machine.width) for one in self.at_work]
        return [*((name, "until", 1) for name in self.policy.names), *rules]

    def same_layout(self, layout: Sequence[Sequence[object]]) -> bool:
        """Are rows of that layout rows of this one?"""
        return [list(part) for part in layout] == [list(part) for part in self.layout()]

    def changed(self, *, everything: bool = False) -> tuple[list[str], Floats, Floats]:
        """The keys that moved since the last call (or all), their rows, and when each is due next (NEVER where it is not)."""
        moved = [np.arange(len(self.names))] if everything else self.touched
        slots = np.unique(np.concatenate(moved)) if moved else NO_SLOTS
        self.touched = []
        rows = np.concatenate([self.until[:, slots], *(one.states[:, slots] for one in self.at_work)]).T
        due = np.min([one.states[DUE, slots] for one in self.at_work], axis=0) if self.at_work else np.full(len(slots), NEVER)
        return [self.names[slot] for slot in slots.tolist()], np.ascontiguousarray(rows), due

    def restore(self, keys: Sequence[str], rows: Floats, layout: Sequence[Sequence[object]]) -> None:
        """Put rows of `changed` back. Parts that are declared no more, or have another shape now, begin anew."""
        slots = np.array([self._slot(key) for key in keys], np.int64)
        places = self._places()
        begin = 0
        for name, what, width in layout:
            end = begin + int(str(width))
            place = places.get((str(name), str(what), end - begin))
            if place is not None:
                place[:, slots] = rows[:, begin:end].T
            begin = end

    def forget(self, keys: Sequence[str]) -> None:
        """Know nothing more of these keys: their states begin anew, and what waits of them is dropped."""
        slots = [self.slots[key] for key in keys if key in self.slots]
        self.until[:, slots] = -np.inf
        for one in self.at_work:
            one.states[:, slots] = np.array(one.machine.start)[:, None]
        for wait, waiting in self.waiting.items():
            self.waiting[wait] = waiting.part(~np.isin(waiting.lot.slot, slots))

    def _places(self) -> Mapping[tuple[str, str, int], Floats]:
        kinds = {(name, "until", 1): self.until[code : code + 1] for code, name in enumerate(self.policy.names)}
        return {**kinds, **{(one.rule.key, type(one.machine.pattern).__name__, one.machine.width): one.states for one in self.at_work}}


NO_SLOTS = np.empty(0, np.int64)


def _coded(batch: pa.RecordBatch | pa.Table, name: str) -> pa.DictionaryArray:
    column = batch.column(name)
    return pc.dictionary_encode(column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column)


def _whole(batch: pa.RecordBatch | pa.Table, name: str) -> NDArray[np.float64]:
    column = batch.column(name)
    return (column.cast(pa.int64()) if name in {"moment", "received"} else column).to_numpy()
