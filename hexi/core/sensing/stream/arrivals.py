"""What becomes of readings when they arrive: evaluated in order, kept waiting for earlier ones, or counted and left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hexi.core.sensing.stream.arrays import Floats, Lot
from hexi.kernel.reading import ReadingKind, microseconds

Fate = Literal["judged", "duplicate", "late", "ancient", "future", "implausible", "unknown_kind"]
Counts = Counter[tuple[str, Fate]]


class Arrived(NamedTuple):
    """Readings with when they came and in which batch of the journal."""

    lot: Lot
    received: Floats
    batch: NDArray[np.int64]

    def part(self, which: NDArray[np.bool_] | NDArray[np.int64] | slice) -> Arrived:
        return Arrived(self.lot.part(which), self.received[which], self.batch[which])

    def beside(self, other: Arrived) -> Arrived:
        pairs: list[Any] = [np.concatenate(pair) for pair in zip(self.lot, other.lot, strict=True)]
        lot = Lot(*pairs)
        return Arrived(lot, np.concatenate((self.received, other.received)), np.concatenate((self.batch, other.batch)))


WHOLE, NUMBER = np.empty(0, np.int64), np.empty(0, np.float64)
NOTHING = Arrived(Lot(WHOLE, NUMBER, NUMBER, NUMBER, WHOLE), NUMBER, WHOLE)


class Policy:
    """What the kinds of readings say of late, early, doubled and impossible ones, as arrays by the kind's number."""

    def __init__(self, kinds: Sequence[ReadingKind]) -> None:
        self.names = [kind.key for kind in kinds]
        self.codes = {name: code for code, name in enumerate(self.names)}
        self.wait, self.ahead, self.back = (
            np.array([float(microseconds(getattr(kind, word))) for kind in kinds]) for word in ("wait", "ahead", "back")
        )
        self.low = np.array([-np.inf if kind.low is None else kind.low for kind in kinds])
        self.high = np.array([np.inf if kind.high is None else kind.high for kind in kinds])

    def admitted(self, came: Arrived, until: Floats, counts: Counts) -> Arrived:
        """Those that are to be evaluated; the others are counted. `until` is how far each kind (line) of each key (column) has come."""
        lot, kind = came.lot, came.lot.kind
        known = until[kind, lot.slot]
        fates: tuple[tuple[Fate, NDArray[np.bool_]], ...] = (
            ("implausible", ~(np.isfinite(lot.value) & (lot.value >= self.low[kind]) & (lot.value <= self.high[kind]))),
            ("future", lot.moment > came.received + self.ahead[kind]),
            ("ancient", lot.moment < came.received - self.back[kind]),
            ("duplicate", lot.moment == known),
            ("late", lot.moment < known),
        )
        out = np.zeros(len(kind), bool)
        for fate, there in fates:
            self._count(kind[there & ~out], fate, counts)
            out |= there
        return came.part(~out) if out.any() else came

    def _count(self, kind: NDArray[np.int64], fate: Fate, counts: Counts) -> None:
        if len(kind):
            for code, number in enumerate(np.bincount(kind).tolist()):
                if number:
                    counts[self.names[code], fate] += number

    def in_order(self, lot: Lot, counts: Counts) -> Lot:
        """Sorted by key, moment and kind; of those that agree in all three the largest stays."""
        lot = lot.part(_order(lot, len(self.names)))
        same = (lot.slot[1:] == lot.slot[:-1]) & (lot.moment[1:] == lot.moment[:-1]) & (lot.kind[1:] == lot.kind[:-1])
        if same.any():
            self._count(lot.kind[:-1][same], "duplicate", counts)
            lot = lot.part(np.append(~same, True))
        self._count(lot.kind, "judged", counts)
        return lot


def _order(lot: Lot, kinds: int) -> NDArray[np.int64]:
    """Sorting one whole number is several times quicker than sorting four columns: where they fit into one, and no two are the same."""
    if not len(lot.slot):
        return lot.slot
    since = (lot.moment - lot.moment.min()).astype(np.int64)
    bits_kind, bits_since = kinds.bit_length(), int(since.max()).bit_length()
    if bits_kind + bits_since + int(lot.slot.max()).bit_length() < 63:
        number = (((lot.slot << bits_since) | since) << bits_kind) | lot.kind
        order = np.argsort(number)
        if (np.diff(number[order]) > 0).all():
            return order
    return np.lexsort((lot.value, lot.kind, lot.moment, lot.slot))


def released(waiting: Arrived, wait: float, clock: float, keys: int) -> NDArray[np.bool_]:
    """Which need wait no longer: what has waited, what nothing can come before any more, and what belongs before these."""
    limit = clock - wait
    ripe = (waiting.received <= limit) | (waiting.lot.moment <= limit)
    if ripe.all() or not ripe.any():
        return ripe
    newest = np.full(keys, -np.inf)
    np.maximum.at(newest, waiting.lot.slot[ripe], waiting.lot.moment[ripe])
    return waiting.lot.moment <= newest[waiting.lot.slot]
