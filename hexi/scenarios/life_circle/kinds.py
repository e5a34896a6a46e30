"""Kinds of outlets, from a data file: what they are called, which group they count for, by which map tags they are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from hexi.kit import Label

KINDS = Path(__file__).with_name("kinds.yaml")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind; `group` is basic, quality or public, `tags` are values by key, any of which tells it, `calls` how people ask for it."""

    key: str
    group: str
    label: Label
    tags: Mapping[str, tuple[str, ...]]
    calls: tuple[str, ...] = ()

    def fits(self, tags: Mapping[str, str]) -> bool:
        return any(tags.get(key) in values for key, values in self.tags.items())


@cache
def kinds() -> tuple[Kind, ...]:
    """All kinds, in the order in which they are tried."""
    rows = yaml.safe_load(KINDS.read_text(encoding="utf-8"))
    return tuple(
        Kind(
            row["key"], row["group"], Label(row["zh"], row["en"]), {key: tuple(values) for key, values in row["tags"].items()},
            tuple(row.get("calls", ())),
        )
        for row in rows
    )


def kind_of(tags: Mapping[str, str]) -> str:
    """The kind that these map tags tell, empty for none of ours."""
    return next((kind.key for kind in kinds() if kind.fits(tags)), "")


def tag_keys() -> tuple[str, ...]:
    """The keys of all tags by which kinds are known."""
    return tuple(sorted({key for kind in kinds() for key in kind.tags}))


KIND_OPTIONS = tuple((kind.key, kind.label) for kind in kinds())
