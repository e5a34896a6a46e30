"""Every declared key is a word that is kept: in docs/reference/terms.md, or for a scenario's own words in its README."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from hexi.kernel.catalogue import catalogue
from hexi.kernel.declare import Room
from hexi.tools.checks.tree import Fault, Tree
from hexi.tools.house import open_house_without_database

PAGE = Path("docs/reference/terms.md")
WORD = re.compile(r"`([a-z][a-z0-9_.]*)`")


def faults(tree: Tree) -> Iterator[Fault]:
    if not (tree.root / "hexi" / "site" / "settings.py").exists():
        return
    open_house_without_database()
    kept = words_in(tree.root / PAGE)
    for room in catalogue.rooms.values():
        folder = Path("hexi/scenarios") / room.key
        own = words_in(tree.root / folder / "README.md")
        page = folder / "README.md" if own else PAGE
        for key in sorted(keys_of(room) - kept - own):
            yield Fault(
                page, 1, f"`{key}` of the room {room.key} is not explained: add a line with the key, its Chinese name and one sentence."
            )


def words_in(page: Path) -> set[str]:
    """The keys that a page explains: those between backticks."""
    return set(WORD.findall(page.read_text(encoding="utf-8"))) if page.exists() else set()


def keys_of(room: Room) -> set[str]:
    """What a room declares, by the keys that people meet in code, addresses and files."""
    found = {room.key}
    found |= {entity.__name__.lower() for entity in room.entities}
    for declared in (room.roles, room.rules, room.reading_kinds, room.stream_rules, room.params, room.indicators, room.actions):
        found |= {one.key for one in declared}
    for lifecycle in (*(life for _, life in room.lifecycles), *(one.lifecycle for one in room.case_types)):
        found |= {lifecycle.key} | {state.key for state in lifecycle.states}
    for one in room.case_types:
        found |= {one.key} | {clock.key for clock in one.clocks} | {rung.key for rung in one.ladder}
    return found
