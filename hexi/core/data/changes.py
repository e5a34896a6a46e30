"""What changed, in the one order, for whoever may read it: the feed that other systems follow, and what webhooks carry outward."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from hexi.core.data.records import readable
from hexi.core.data.values import plain
from hexi.core.trust.api import Told, Viewer, filter_of, oldest_sequence, told_after
from hexi.kernel.catalogue import catalogue

LOOKED_AT = 5000
"""Ours: so many changes one question looks through at most; who may read few of them asks again from `next`."""


@dataclass(frozen=True, slots=True)
class Feed:
    """Changes that the viewer may read. Ask again from `next`; `more`: at once. `missed`: some after `since` are kept no longer."""

    rows: list[dict[str, Any]]
    next: int
    more: bool
    missed: bool


def changes(viewer: Viewer, since: int, topics: Collection[str] = (), limit: int = 100) -> Feed:
    """The changes after `since`, at most `limit`, as the permission predicate lets the viewer read the records now."""
    found: list[Told] = []
    position, looked = since, 0
    while len(found) < limit and looked < LOOKED_AT:
        batch = told_after(position, topics)
        if not batch:
            break
        looked += len(batch)
        found += readable_of(viewer, batch)
        position = batch[-1].sequence
    found, rest = found[:limit], len(found) > limit
    following = found[-1].sequence if rest else position
    return Feed([row_of(one) for one in found], following, rest or looked >= LOOKED_AT, 0 < since < oldest_sequence() - 1)


def readable_of(viewer: Viewer, told: Sequence[Told]) -> list[Told]:
    """Those whose record this viewer may read as it is now: the list's own question, once for each register.

    A change of many rows, and of what is no register, is judged by its place and organisation alone.
    """
    passes = filter_of(viewer)
    numbers: dict[str, set[int]] = {}
    for one in told:
        if one.object_id and one.entity in catalogue.entities:
            numbers.setdefault(one.entity, set()).add(one.object_id)
    open_to = {entity: _open_to(viewer, entity, wanted) for entity, wanted in numbers.items()}
    return [one for one in told if (one.object_id in open_to[one.entity] if _has_row(one, open_to) else passes(one))]


def _has_row(one: Told, open_to: Collection[str]) -> bool:
    return bool(one.object_id) and one.entity in open_to


def _open_to(viewer: Viewer, entity: str, numbers: Iterable[int]) -> set[int]:
    return set(readable(viewer, catalogue.entities[entity]).filter(pk__in=list(numbers)).values_list("pk", flat=True))


def row_of(one: Told) -> dict[str, Any]:
    """The change as JSON."""
    return {
        "sequence": one.sequence, "topic": one.topic, "entity": one.entity, "id": one.object_id, "version": one.version,
        "place": one.place, "at": plain(one.at), "action": one.action, "event": one.event,
    }  # fmt: skip
