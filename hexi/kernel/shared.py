"""Rows that concern several organisations: their column, and the condition that one of some is among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hexi.kernel.condition import Column, Cond, known
from hexi.kernel.context import Context


class OfficesColumn(Column[str]):
    """The keys of several organisations, written `;housing;sports;`. `entity` is the register whose rows they belong to."""

    __slots__ = ("entity",)

    def __init__(self, *about: Any, entity: str = "", **more: Any) -> None:
        super().__init__(*about, **more)
        self.entity = entity

    def one_of(self, *values: str) -> Cond:
        return Shared(self, tuple(known(self, value) for value in values))

    def __eq__(self, other: Any) -> Cond:  # type: ignore[override]
        raise TypeError(f"{self.label.en!r} names several organisations: use one_of.")

    __ne__ = __eq__  # type: ignore[assignment]
    __hash__ = object.__hash__


@dataclass(frozen=True, slots=True, eq=False)
class Shared(Cond):
    """One of these organisations is among those of the row."""

    column: OfficesColumn
    values: tuple[str, ...]

    def holds(self, row: Any, context: Context) -> bool:
        got = self.column.of(row)
        return got is not None and any(f";{value};" in got for value in self.values)

    def columns(self) -> Iterator[Column[Any]]:
        yield self.column
