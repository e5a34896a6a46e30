"""Rows of a register that says how its imports differ: what the file leaves open is filled in, and what is odd is remarked on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hexi.core.data.entities import Description
from hexi.kernel.arrival import Answers, Arriving


def all_names(about: Description, names: Sequence[str]) -> tuple[str, ...]:
    """The columns of the table that an import fills in: those of the sheet, and those that the register adds."""
    added = about.arrival.sets if about.arrival else ()
    return (*names, *(name for name in added if name not in names))


def arriving(about: Description, names: Sequence[str], values: Sequence[Any], words: Mapping[str, str]) -> Arriving:
    """One row as its register gets it to complete it, every column there."""
    found = dict(zip(names, values, strict=True))
    for name in all_names(about, names)[len(names) :]:
        found[name] = about.model._meta.get_field(name).get_default()
    return Arriving(found, dict(words))


def settled(about: Description, rows: Sequence[Arriving], answers: Answers) -> None:
    """Let the register complete them."""
    if about.arrival is not None and rows:
        about.arrival.settle(rows, answers)
