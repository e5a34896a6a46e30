"""What a map file brings, before it meets the tables: things with shape, points of use, and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

import shapely

from hexi.core.space.ground.tables import Footprint, Gate, Ground, Mapped, Way
from hexi.kernel.ground import Spot
from hexi.kernel.label import Label, t


class Sort(StrEnum):
    """The tables that a map file fills."""

    WAY = "way"
    GATE = "gate"
    BUILDING = "building"
    GROUND = "ground"


TABLES: dict[Sort, type[Mapped]] = {Sort.WAY: Way, Sort.GATE: Gate, Sort.BUILDING: Footprint, Sort.GROUND: Ground}
LETTERS = {Sort.WAY: "W", Sort.GATE: "G", Sort.BUILDING: "B", Sort.GROUND: "A"}
SORT_LABELS: dict[Sort, Label] = {
    Sort.WAY: t("道路", "ways"), Sort.GATE: t("出入口与路口", "gates and crossings"), Sort.BUILDING: t("建筑", "buildings"),
    Sort.GROUND: t("水面与绿地", "water and green"),
}  # fmt: skip


@dataclass(slots=True)
class Thing:
    """One thing of the map in WGS-84; `more` has the columns that only its table has."""

    sort: Sort
    ref: str
    kind: str
    name: str
    name_en: str
    shape: shapely.Geometry
    more: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bad:
    """Something that stayed out, or came in mended: which, why."""

    ref: str
    message: Label
    is_mended: bool = False


@dataclass(slots=True)
class Brought:
    """All that one file holds of one area (`outline` in WGS-84)."""

    source: str
    outline: shapely.Geometry
    things: list[Thing] = field(default_factory=list[Thing])
    spots: list[Spot] = field(default_factory=list[Spot])
    bad: list[Bad] = field(default_factory=list[Bad])
    as_of: datetime | None = None
    read: Mapping[str, int] = field(default_factory=dict[str, int])
