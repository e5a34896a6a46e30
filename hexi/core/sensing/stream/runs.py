"""Readings of many keys in order, moved through one rule: as arrays while many keys go side by side, one by one where few are left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hexi.core.sensing.stream.arrays import Floats, Lot, lapse, stepped
from hexi.kernel.reading import Reading
from hexi.kernel.stream.stepping import DUE, SINCE, VALUE, Machine, advanced

NARROW = 24
"""With fewer keys than this side by side, one by one is quicker."""


@dataclass(frozen=True, slots=True)
class Run:
    """Readings in rounds: the n-th round has the n-th reading of every key that has so many."""

    lot: Lot
    bounds: list[int]

    @staticmethod
    def of(lot: Lot) -> Run:
        """From readings that are sorted by key and moment."""
        size = len(lot.slot)
        first = np.flatnonzero(np.concatenate(([True], lot.slot[1:] != lot.slot[:-1]))) if size else np.empty(0, np.int64)
        if len(first) == size:
            return Run(lot, [0, size] if size else [0])
        counts = np.diff(np.append(first, size))
        rank = np.arange(size) - np.repeat(first, counts)
        small = rank.astype(np.int16) if counts.max() < 2**15 else rank  # numpy sorts short numbers by their digits
        bounds = np.concatenate(([0], np.cumsum(np.bincount(rank))))
        return Run(lot.part(np.argsort(small, kind="stable")), bounds.tolist())


Finds = list[tuple[NDArray[np.int64], Floats, Floats, Floats]]
"""Slots, moments, since when, values."""


def run_through(machine: Machine, states: Floats, run: Run, codes: Mapping[str, int], names: Sequence[str]) -> Finds:
    """Move the states on by all readings of the run; what was found. `names` are the keys of the kinds by their codes."""
    found: Finds = []
    for begin, end in pairwise(run.bounds):
        if end - begin < NARROW:
            _one_by_one(machine, states, run.lot.part(slice(begin, None)), names, found)
            break
        lot = run.lot.part(slice(begin, end))
        rows = states[:, lot.slot]
        _told(machine, rows, lot, found)
        stepped(machine, rows, lot, codes)
        _told(machine, rows, lot, found)
        states[:, lot.slot] = rows
    return found


def _told(machine: Machine, rows: Floats, lot: Lot, found: Finds) -> None:
    due = np.flatnonzero(rows[DUE] <= lot.moment)
    if len(due):
        found.append((lot.slot[due], rows[DUE, due], rows[SINCE, due], rows[VALUE, due]))
        lapse(machine, rows, due)


def fallen_due(machine: Machine, states: Floats, used: int, moment: float) -> Finds:
    """What came due by this moment without a reading."""
    due = np.flatnonzero(states[DUE, :used] <= moment)
    if not len(due):
        return []
    found = (due, states[DUE, due], states[SINCE, due], states[VALUE, due])
    lapse(machine, states, due)
    return [found]


def _one_by_one(machine: Machine, states: Floats, lot: Lot, names: Sequence[str], found: Finds) -> None:
    state_of: dict[int, Any] = {}
    columns: list[list[Any]] = [column.tolist() for column in lot]
    for slot, moment, value, second, kind in zip(*columns, strict=True):
        state = state_of.get(slot) or tuple(states[:, slot].tolist())
        state_of[slot], finds = advanced(machine, state, Reading("", str(names[kind]), int(moment), value, 0, second))
        for one in finds:
            moment_at, since, value_at = (np.array([float(part)]) for part in one)
            found.append((np.array([slot]), moment_at, since, value_at))
    for slot, state in state_of.items():
        states[:, slot] = state
