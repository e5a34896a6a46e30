"""Notices as the stream sends them: the outbox's changes, each written once for all clients."""

from __future__ import annotations

from dataclasses import dataclass

import orjson

from hexi.core.trust.api import Told, latest_told, told_after


@dataclass(frozen=True, slots=True)
class Notice:
    """That something changed, never what it says. What of it serves the permission filter does not leave the server."""

    told: Told
    wire: bytes

    @property
    def sequence(self) -> int:
        return self.told.sequence

    @property
    def topic(self) -> str:
        return self.told.topic


def notices_after(sequence: int) -> list[Notice]:
    """The next notices in their order, at most a batch."""
    return [_notice(told) for told in told_after(sequence)]


def latest_notices(count: int) -> list[Notice]:
    """The newest notices, oldest of them first."""
    return [_notice(told) for told in latest_told(count)]


def _notice(told: Told) -> Notice:
    """The event as it is sent, written once for all clients."""
    data = {
        "sequence": told.sequence, "topic": told.topic, "entity": told.entity, "id": told.object_id,
        "version": told.version, "place": told.place, "at": told.at.isoformat(),
    }  # fmt: skip
    return Notice(told, b"id: %d\nevent: %s\ndata: %s\n\n" % (told.sequence, told.topic.encode(), orjson.dumps(data)))
