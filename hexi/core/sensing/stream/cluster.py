"""The same shards on a cluster of machines: one Ray actor holds each. Ray is an extra (`pip install ray`); nothing else here knows it.

An actor's memory is as good as its last `rows`: whoever drives it keeps them with the journal's offset, as the embedded engine does.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import pyarrow as pa

from hexi.core.sensing.columns import by_shard
from hexi.core.sensing.stream.arrays import Floats
from hexi.core.sensing.stream.shard import Finding, Shard
from hexi.kernel.context import Context
from hexi.kernel.declare import StreamRule
from hexi.kernel.reading import ReadingKind

Rows = tuple[list[str], Floats, float, int | None]
"""Keys, their rows, the clock, and the oldest batch of which something waits."""


class ShardActor:
    """What runs in an actor: a shard, and its state as plain values."""

    def __init__(self, rules: Sequence[StreamRule], kinds: Sequence[ReadingKind], context: Context) -> None:
        self.shard = Shard(rules, kinds, context)

    def feed(self, batch: pa.RecordBatch, number: int) -> list[Finding]:
        return self.shard.feed(batch, number)

    def tick(self, moment: float) -> list[Finding]:
        return self.shard.tick(moment)

    def recall(self, batch: pa.RecordBatch, number: int) -> None:
        self.shard.recall(batch, number)

    def rows(self) -> Rows:
        keys, rows, _ = self.shard.changed(everything=True)
        return keys, rows, self.shard.clock, self.shard.waiting_from()

    def restore(self, rows: Rows) -> None:
        keys, states, self.shard.clock, _ = rows
        self.shard.restore(keys, states, self.shard.layout())


class Cluster:
    """So many shards as actors of the Ray that this process is connected to."""

    def __init__(self, rules: Sequence[StreamRule], kinds: Sequence[ReadingKind], context: Context, shards: int) -> None:
        self.ray: Any = import_module("ray")
        self.made = (rules, kinds, context)
        self.actors: list[Any] = [self._actor() for _ in range(shards)]

    def _actor(self) -> Any:
        return self.ray.remote(ShardActor).options(num_cpus=0).remote(*self.made)

    def feed(self, batch: pa.RecordBatch, number: int = 0) -> list[Finding]:
        """Part the batch by shard; what all of them found."""
        parts = by_shard(batch, len(self.actors))
        return self._all([self.actors[shard].feed.remote(part, number) for shard, part in parts.items()])

    def tick(self, moment: float) -> list[Finding]:
        """Time has gone by; what all of them found."""
        return self._all([actor.tick.remote(moment) for actor in self.actors])

    def rows(self) -> list[Rows]:
        """The state of every shard: keep it with the offset of the journal."""
        return self.ray.get([actor.rows.remote() for actor in self.actors])

    def replace(self, shard: int, rows: Rows, recalled: Sequence[tuple[int, pa.RecordBatch]]) -> None:
        """A new actor for one that is gone, from its kept rows and the batches of which something waited."""
        actor = self.actors[shard] = self._actor()
        self.ray.get(actor.restore.remote(rows))
        for number, batch in recalled:
            part = by_shard(batch, len(self.actors)).get(shard)
            if part is not None:
                self.ray.get(actor.recall.remote(part, number))

    def _all(self, waiting: list[Any]) -> list[Finding]:
        return [Finding(*find) for found in self.ray.get(waiting) for find in found]
