"""The columnar face of patterns: the states of many keys and one reading of each give the next states, all at once.

`rows` has a line for each number of the state and a column for each key, as `hexi.kernel.stream.stepping` lays them out; a step writes
into it. The contract test proves that both faces give the same numbers to the last bit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from hexi.kernel.stream.patterns import Absent, Counted, Held, InOrder, Unusual
from hexi.kernel.stream.seen import Seen
from hexi.kernel.stream.stepping import DUE, NEVER, SINCE, VALUE, Machine, after

Floats = NDArray[np.float64]


class Lot(NamedTuple):
    """One reading of each of many keys: their slots, moments, values and kinds (as numbers that `codes` gives)."""

    slot: NDArray[np.int64]
    moment: Floats
    value: Floats
    second: Floats
    kind: NDArray[np.int64]

    def part(self, which: Any) -> Lot:
        return Lot(self.slot[which], self.moment[which], self.value[which], self.second[which], self.kind[which])


Step = Callable[[Machine, Floats, Lot, Mapping[str, int]], None]


def _set(rows: Floats, hit: Any, *values: Any) -> None:
    """Write these numbers of the state where it was a hit."""
    for line, value in zip(rows, values, strict=False):
        np.copyto(line, value, where=hit)


def _held(machine: Machine, rows: Floats, lot: Lot, _codes: Mapping[str, int]) -> None:
    lasting, silence = machine.spans
    hit = cast(Held, machine.pattern).seen.holds(lot.value, lot.second)
    fresh = (rows[1] == NEVER) | (lot.moment - rows[3] > silence)
    since, told = np.where(fresh, lot.moment, rows[1]), np.where(fresh, 0.0, rows[4])
    due = since + lasting
    due[(told != 0) | (due > lot.moment + silence)] = NEVER
    _set(rows, hit, due, since, lot.value, lot.moment, told)
    _set(rows, ~hit, *machine.start)


def _absent(machine: Machine, rows: Floats, lot: Lot, _codes: Mapping[str, int]) -> None:
    hit = cast(Absent, machine.pattern).seen.holds(lot.value, lot.second)
    _set(rows, hit, after(lot.moment, machine.spans[0], machine.day), lot.moment, lot.value)


def _counted(machine: Machine, rows: Floats, lot: Lot, _codes: Mapping[str, int]) -> None:
    hit = np.flatnonzero(cast(Counted, machine.pattern).seen.holds(lot.value, lot.second))
    if not len(hit):
        return
    ring, moment = rows[4:], lot.moment[hit]
    head = rows[3, hit].astype(np.int64)
    ring[head, hit] = moment
    head = (head + 1) % len(ring)
    oldest = ring[head, hit]
    rows[DUE, hit] = np.where(moment - oldest <= machine.spans[0], moment, NEVER)
    rows[SINCE, hit], rows[VALUE, hit], rows[3, hit] = oldest, lot.value[hit], head


def _in_order(machine: Machine, rows: Floats, lot: Lot, codes: Mapping[str, int]) -> None:
    pattern, (within, quiet) = cast(InOrder, machine.pattern), machine.spans
    count, moment = len(pattern.steps), lot.moment
    due, since, value, stage, last = rows

    def met(seen: Seen) -> NDArray[np.bool_]:
        return (lot.kind == codes[seen.kind.key]) & seen.holds(lot.value, lot.second)

    timely = moment >= last
    waiting = timely & (due != NEVER)
    broken = waiting & met(pattern.unless) if pattern.unless else np.zeros(len(moment), bool)
    moving = timely & ~waiting
    stage = np.where(moving & (moment - since > within), 0.0, stage)
    steps = np.array([met(step) for step in pattern.steps])
    on = moving & steps[stage.astype(np.int64) % count, np.arange(len(moment))]
    anew = moving & ~on & steps[0]
    since = np.where((on & (stage == 0)) | anew, moment, since)
    value = np.where(on | anew, lot.value, value)
    lost = broken | (moving & ~on & ~anew if pattern.strict else False)
    stage = np.select([on, anew, lost], [stage + 1, 1.0, 0.0], stage)
    done = moving & (stage == count)
    due = np.select([done, broken], [moment + quiet, NEVER], due)
    rows[:] = due, since, value, np.where(done, 0.0, stage), np.where(timely, moment, last)


def _unusual(machine: Machine, rows: Floats, lot: Lot, _codes: Mapping[str, int]) -> None:
    pattern = cast(Unusual, machine.pattern)
    hit = pattern.seen.holds(lot.value, lot.second)
    _, since, _, n, mean, variance, run = rows
    away = lot.value - mean
    far = {"both": np.abs(away), "above": away, "below": -away}[pattern.side]
    odd = (n >= pattern.learnt) & (far > cast(float, pattern.deviations) * np.sqrt(variance)) & (far > cast(float, pattern.least))
    run = np.where(odd, run + 1, 0.0)
    since = np.where(run <= 1, lot.moment, since)
    learns = hit & (~odd | (run > pattern.times))
    n_next = np.minimum(n + 1, float(pattern.memory))
    part = 1 / n_next
    mean_next, variance_next = mean + part * away, (1 - part) * (variance + part * away * away)
    _set(rows[3:6], learns, n_next, mean_next, variance_next)
    _set(rows[6:], hit, run)
    _set(rows, hit, np.where(run == pattern.times, lot.moment, NEVER), since, lot.value)


STEPS: dict[type, Step] = {Held: _held, Absent: _absent, Counted: _counted, InOrder: _in_order, Unusual: _unusual}


def stepped(machine: Machine, rows: Floats, lot: Lot, codes: Mapping[str, int]) -> None:
    """Move every key of the lot on by its reading."""
    STEPS[type(machine.pattern)](machine, rows, lot, codes)


def lapse(machine: Machine, rows: Floats, which: Any) -> None:
    """What remains of these states after a finding."""
    rows[DUE, which] = NEVER
    match machine.pattern:
        case Held():
            rows[4, which] = 1.0
        case Counted():
            rows[3:, which] = np.array(machine.start[3:])[:, None]
        case InOrder():
            rows[3, which] = 0.0
        case _:
            pass
