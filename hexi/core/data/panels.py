"""What the sources of panels have in common: for whom they count, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from hexi.core.data.documents import may
from hexi.core.data.entities import described
from hexi.core.trust.api import Viewer
from hexi.kernel.condition import Cond, PlaceColumn, all_of
from hexi.kernel.screen import Envelope

Params = Mapping[str, str]
Read = Callable[[Viewer, Params], Envelope]


def may_read(viewer: Viewer, *registers: str) -> bool:
    """Is there any row of each of these registers (`room.register`) that the viewer may read?"""
    return all(may(viewer, described(one), "read") for one in registers)


def for_readers_of(registers: Iterable[str], read: Read, otherwise: Callable[[], Envelope]) -> Read:
    """The source for whoever may read all of these registers; the others get `otherwise()`, for none is something else than not shown."""
    needed = tuple(registers)

    def told(viewer: Viewer, params: Params) -> Envelope:
        return read(viewer, params) if may_read(viewer, *needed) else otherwise()

    return told


def inside(column: PlaceColumn, params: Params) -> Cond:
    """Rows of the place that the page shows; all without one."""
    code = params.get("place", "")
    return column.within(code) if code else all_of()
