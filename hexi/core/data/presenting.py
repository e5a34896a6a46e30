"""One record as its reader gets it: values, masks, version, title, and what they may do with it now."""

from __future__ import annotations

from typing import Any

from hexi.core.data.actions import allowed_actions
from hexi.core.data.entities import described
from hexi.core.data.records import reread, seen, title_of
from hexi.core.trust.api import Viewer
from hexi.kernel.errors import NotFound


def presented_whole(viewer: Viewer, entity: str, number: int) -> dict[str, Any]:
    """The record with what its reader may do. Raises NotFound."""
    about = described(entity)
    found = seen(viewer, about, number)
    return {
        "record": found.row, "version": found.row["version"], "title": title_of(about, found.row, viewer.language),
        "masked": sorted(found.hidden), "allowed_actions": allowed_actions(viewer, about, reread(viewer, about, number)),
    }  # fmt: skip


def left_by(viewer: Viewer, entity: str, number: int, version: int) -> dict[str, Any]:
    """What a deed left behind. Who may not read the register, or no longer, is told that it was done, and under which number."""
    try:
        return presented_whole(viewer, entity, number)
    except NotFound:
        return {"record": {"id": number}, "version": version, "title": str(number), "masked": [], "allowed_actions": []}
