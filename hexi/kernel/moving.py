"""A condition on one register, said of the records that refer to it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from hexi.kernel.condition import (
    Aged,
    Both,
    Column,
    Compare,
    Cond,
    Either,
    Everything,
    FlagColumn,
    Has,
    Missing,
    Not,
    Nothing,
    OlderThan,
    OneOf,
    ReferenceColumn,
    Within,
    both,
    either,
)
from hexi.kernel.shared import Shared


def moved(cond: Cond, way: ReferenceColumn) -> Cond:
    """`moved(Team.rank >= 3, Task.team)` is `Task.team.to(Team.rank) >= 3`. Everything and nothing stay what they are."""
    match cond:
        case Both(left, right):
            return both(moved(left, way), moved(right, way))
        case Either(left, right):
            return either(moved(left, way), moved(right, way))
        case Not(inner):
            return ~moved(inner, way)
        case FlagColumn():
            return way.to(cond)
        case Compare() | OneOf() | Shared() | Has() | Missing() | OlderThan() | Aged() | Within():
            return _leaf(cond, way)
        case Everything() | Nothing():
            return cond
        case _:
            raise TypeError(f"{type(cond).__name__} cannot be said through a reference: add it to hexi/kernel/moving.py.")


def _leaf(cond: Any, way: ReferenceColumn) -> Cond:
    found = replace(cond, column=way.to(cond.column))
    return replace(found, value=way.to(cast("Column[Any]", cond.value))) if isinstance(cond, Compare) and cond.other is not None else found
