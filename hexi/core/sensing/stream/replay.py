"""Rules on readings that somebody else brings in order: the seam for trying a rule on the history, here or on a cluster. No database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pyarrow as pa

from hexi.core.sensing.columns import READINGS
from hexi.core.sensing.stream.shard import Finding, Shard
from hexi.kernel.context import Context
from hexi.kernel.declare import StreamRule
from hexi.kernel.reading import ReadingKind, microseconds


def found_in(
    rules: Sequence[StreamRule], kinds: Sequence[ReadingKind], batches: Iterable[pa.RecordBatch], context: Context, end: int
) -> Iterator[Finding]:
    """What they find in batches in the order of moments, up to `end`: the seam for engines that bring the readings themselves."""
    shard = Shard(rules, kinds, context)
    for number, batch in enumerate(batches):
        yield from shard.feed(batch.cast(READINGS), number)
    yield from shard.tick(end + max((float(microseconds(kind.wait)) for kind in kinds), default=0.0))
