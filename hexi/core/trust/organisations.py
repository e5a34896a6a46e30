"""The tree of organisations, small enough to be held in memory and asked without a query."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.db.models.signals import post_delete, post_save

from hexi.core.trust.models import Organisation
from hexi.kernel.label import Label, t

SECONDS = 30.0  # how long another process may show an old name


@dataclass
class _Tree:
    labels: dict[str, Label]
    children: dict[str, list[str]]
    streets: dict[str, str]
    read_at: float


_held: list[_Tree] = []


def organisation_labels() -> dict[str, Label]:
    """Every organisation's name by its key."""
    return _tree().labels


def offices_of_places() -> dict[str, str]:
    """The office that answers for a street, by the street's place code."""
    return _tree().streets


def subtree_keys(key: str) -> tuple[str, ...]:
    """The organisation and all under it; each once, even where somebody has made a loop."""
    tree, found = _tree(), {key: None}
    waiting = [key]
    while waiting:
        new = [child for child in tree.children.get(waiting.pop(), ()) if child not in found]
        found.update(dict.fromkeys(new))
        waiting.extend(new)
    return tuple(found)


def _tree() -> _Tree:
    if not _held or time.monotonic() - _held[0].read_at > SECONDS:
        _held[:] = [_read()]
    return _held[0]


def _read() -> _Tree:
    rows = list(Organisation.objects.select_related("parent"))
    children: dict[str, list[str]] = {}
    for row in rows:
        if row.parent:
            children.setdefault(row.parent.key, []).append(row.key)
    streets = {row.place: row.key for row in rows if row.kind == "street_office"}
    return _Tree({row.key: t(row.name_zh, row.name_en) for row in rows}, children, streets, time.monotonic())


def forget(**_: object) -> None:
    """Read the tree anew at the next question."""
    _held.clear()


post_save.connect(forget, sender=Organisation)
post_delete.connect(forget, sender=Organisation)
