"""The newest notices, held once for all clients: each client has only a position in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter

from hexi.site.stream.notices import Notice

KEPT = 10_000
HEADROOM = 2_000
"""Old notices are dropped in blocks of this size, so that dropping costs nothing per notice."""

_sequence = attrgetter("sequence")


class Memory:
    """A list of notices in their order, bounded. `newest` is the sequence of the last one that was ever taken in."""

    def __init__(self, kept: int = KEPT) -> None:
        self.kept = kept
        self.newest = 0
        self.notices: list[Notice] = []

    def take(self, notices: Sequence[Notice]) -> None:
        """Add the next notices."""
        if notices:
            self.notices.extend(notices)
            self.newest = notices[-1].sequence
        if len(self.notices) > self.kept + HEADROOM:
            del self.notices[: -self.kept]

    def covers(self, position: int) -> bool:
        """Can somebody who has seen everything up to `position` get all the rest from here?

        Not when the rest was dropped, and not when the position lies ahead: then the database was set back to an older state.
        """
        oldest = self.notices[0].sequence if self.notices else self.newest + 1
        return oldest - 1 <= position <= self.newest

    def after(self, position: int, limit: int) -> list[Notice]:
        """The notices that follow the position, at most `limit`."""
        start = bisect_right(self.notices, position, key=_sequence)
        return self.notices[start : start + limit]
