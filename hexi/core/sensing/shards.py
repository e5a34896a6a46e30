"""How many shards this installation has, and where each one's journal lies."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings


def bell_of(shard: int) -> str:
    """The bell of the shard's engine: something new stands in its journal."""
    return f"engine-{shard}"


def shard_count() -> int:
    """Readings are parted by key into so many shards; each has one writer and one engine. A change needs the journals to be empty."""
    return int(settings.SENSING_SHARDS)


def journal_folder(shard: int) -> Path:
    """Where the intake writes and the engine of this shard reads."""
    return Path(settings.JOURNAL) / f"{shard:03d}"
