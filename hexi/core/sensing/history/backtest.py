"""A rule that is not yet in force, tried on what was measured: the same findings, had it been."""

from __future__ import annotations

from datetime import datetime

from hexi.core.sensing.history.asking import engine, files_of
from hexi.core.sensing.stream.replay import found_in
from hexi.core.sensing.stream.shard import Finding
from hexi.kernel.context import Context
from hexi.kernel.declare import StreamRule
from hexi.kernel.reading import ReadingKind, moment_of
from hexi.kernel.stream.patterns import kinds_of

ROWS = 200_000
PART = """
SELECT key, '{kind}' AS kind, moment, value, moment AS received, second, flags
FROM read_parquet([{files}], hive_partitioning = false) WHERE moment >= make_timestamptz({begin}) AND moment < make_timestamptz({end})
"""


def found_in_history(rule: StreamRule, begin: datetime, end: datetime, context: Context) -> list[Finding]:
    """What the rule finds in the readings of that time, as if each had come at its moment. Parameters are as `context` has them."""
    parts = [_part(kind, begin, end) for kind in kinds_of(rule.when)]
    question = " UNION ALL ".join(part for part in parts if part)
    if not question:
        return []
    with engine() as duck:
        batches = duck.sql(f"{question} ORDER BY moment").to_arrow_reader(ROWS)
        return sorted(found_in((rule,), kinds_of(rule.when), batches, context, moment_of(end)))


def _part(kind: ReadingKind, begin: datetime, end: datetime) -> str:
    files = ", ".join(f"'{path}'" for path in map(_quoted, files_of(kind.key, begin, end)))
    return PART.format(kind=kind.key, files=files, begin=moment_of(begin), end=moment_of(end)) if files else ""


def _quoted(path: object) -> str:
    return str(path).replace("'", "''")
