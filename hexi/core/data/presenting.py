"""One record as its reader gets it: values, masks, version, title, and what they may do with it now."""

from __future__ import annotations

from typing import Any

from hexi.core.data.actions import allowed_actions
from hexi.core.data.entities import Description, described
from hexi.core.data.parameters import tuned_context
from hexi.core.data.records import reread, seen, title_of
from hexi.core.trust.api import Viewer
from hexi.kernel.catalogue import catalogue
from hexi.kernel.condition import Everything
from hexi.kernel.errors import NotFound


def presented_whole(viewer: Viewer, entity: str, number: int) -> dict[str, Any]:
    """The record with what its reader may do. Raises NotFound."""
    about = described(entity)
    found, row = seen(viewer, about, number), reread(viewer, about, number)
    return {
        "record": found.row, "version": found.row["version"], "title": title_of(about, found.row, viewer.language),
        "masked": sorted(found.hidden), "allowed_actions": allowed_actions(viewer, about, row), "next_step": next_step(about, row),
    }  # fmt: skip


def next_step(about: Description, row: Any) -> dict[str, Any] | None:
    """The usual next step of the record and who takes it, whoever asks; None where nobody has to take one."""
    life, context = catalogue.life_of(about.key, row), tuned_context()
    steps = life.steps_from(getattr(row, life.field)) if life else ()
    usual = [step for step in steps if step.primary and step.by and step.when.holds(row, context)]
    if not usual:
        return None
    step = min(usual, key=lambda one: isinstance(one.when, Everything))
    by = [step.party.label] if step.party else [catalogue.roles[role].label for role in step.by if role in catalogue.roles]
    return {"label": step.label.as_dict(), "by": [label.as_dict() for label in by]}


def left_by(viewer: Viewer, entity: str, number: int, version: int) -> dict[str, Any]:
    """What a deed left behind. Who may not read the register, or no longer, is told that it was done, and under which number."""
    try:
        return presented_whole(viewer, entity, number)
    except NotFound:
        return {"record": {"id": number}, "version": version, "title": str(number), "masked": [], "allowed_actions": []}
