"""What hangs on a place: the registers whose rows lie in it or at it. No register is named here: each says where its rows lie."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hexi.core.data.entities import Description, registers
from hexi.core.data.filters import Query
from hexi.core.data.records import counted
from hexi.core.space.api import Level, PlaceRecord, Site, doors_of, site_by_code
from hexi.core.trust.api import Viewer
from hexi.kernel.label import Label


@dataclass(frozen=True, slots=True)
class Hung:
    """Rows of one register at a place: how many the viewer may read and know to lie there, and the filter that lists them."""

    entity: str
    label: Label
    count: int
    is_capped: bool
    where: str


def hanging(viewer: Viewer, code: str) -> tuple[Site, list[Hung]]:
    """The place or building and what hangs on it, in the order of the rooms; registers without a row are left out. Raises NotFound.

    Rows that belong to another row (a task to its case) lie where that one does and are not told again.
    """
    site = site_by_code(code)
    placed = ((about, about.place) for about in registers().values() if about.place and not about.owner)
    return site, [hung for about, field in placed for hung in _hung(viewer, about, f"{field}:at:{site.code}")]


def doors_at(site: Site) -> list[PlaceRecord]:
    """The doors of the building that the site is; none of any other place."""
    return doors_of(site.place) if site.level is Level.BUILDING and site.place else []


def _hung(viewer: Viewer, about: Description, where: str) -> Iterator[Hung]:
    count, is_capped = counted(viewer, about.key, Query(where=(where,)))
    if count:
        yield Hung(about.key, about.label, count, is_capped, where)
