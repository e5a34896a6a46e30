"""A thing that the map's drawers deleted and drew anew is the same thing: its code stays, only the source's number is another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray

from hexi.core.space.ground.things import Sort, Thing

COVERED = 0.6
"""Two outlines are one building when they have at least this share of both together in common."""
NEAR_DEGREES = 0.0002
"""Some 20 m: gates that were moved farther, and ways that lie farther apart somewhere, are others."""
Shapes = NDArray[np.object_]
Marks = NDArray[np.float64]


class Known(Protocol):
    """What is known of a row: enough to find its twin."""

    @property
    def wkb(self) -> bytes: ...
    @property
    def values(self) -> tuple[object, ...]: ...


R = TypeVar("R", bound=Known)


def twins(sort: Sort, things: Sequence[Thing], rows: Sequence[R]) -> list[tuple[Thing, R]]:
    """Pairs of the same thing, the surest first; each stands in one pair at most."""
    if not things or not rows:
        return []
    shapes, others = np.array([each.shape for each in things], dtype=object), shapely.from_wkb([row.wkb for row in rows])
    ones, twos = _near(others, shapes)
    pairs: list[tuple[int, int]] = list(zip(ones.tolist(), twos.tolist(), strict=True))
    alike = [_names(things[one]) == rows[two].values[:2] for one, two in pairs]
    marks = MEASURES[sort](shapes[ones], others[twos], np.array(alike, dtype=bool)).tolist()
    marked = [(mark, one, two) for mark, (one, two) in zip(marks, pairs, strict=True) if mark > 0]
    return _paired(things, rows, sorted(marked, reverse=True))


def _names(thing: Thing) -> tuple[object, ...]:
    return thing.kind, thing.name


def _near(others: Shapes, shapes: Shapes) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    found = shapely.STRtree(others).query(shapes, predicate="dwithin", distance=NEAR_DEGREES)
    return found[0], found[1]


def _paired(things: Sequence[Thing], rows: Sequence[R], marked: list[tuple[float, int, int]]) -> list[tuple[Thing, R]]:
    used: set[int] = set()
    taken: set[int] = set()
    found: list[tuple[Thing, R]] = []
    for _, one, two in marked:
        if one not in used and two not in taken:
            used.add(one)
            taken.add(two)
            found.append((things[one], rows[two]))
    return found


def _of_areas(ones: Shapes, twos: Shapes, _: NDArray[np.bool_]) -> Marks:
    together = shapely.area(shapely.union(ones, twos))
    share = np.divide(shapely.area(shapely.intersection(ones, twos)), together, out=np.zeros_like(together), where=together > 0)
    return np.where(share >= COVERED, share, 0.0)


def _of_points(ones: Shapes, twos: Shapes, alike: NDArray[np.bool_]) -> Marks:
    return np.where(alike, 1 - shapely.distance(ones, twos) / (2 * NEAR_DEGREES), 0.0)


def _of_lines(ones: Shapes, twos: Shapes, alike: NDArray[np.bool_]) -> Marks:
    apart = shapely.hausdorff_distance(ones, twos)
    return np.where(alike & (apart <= NEAR_DEGREES), 1 - apart / (2 * NEAR_DEGREES), 0.0)


def _of_ground(ones: Shapes, twos: Shapes, alike: NDArray[np.bool_]) -> Marks:
    are_areas = (shapely.get_dimensions(ones) == 2) & (shapely.get_dimensions(twos) == 2)
    return np.where(are_areas, _of_areas(ones, twos, alike), _of_lines(ones, twos, alike))


MEASURES: dict[Sort, Callable[[Shapes, Shapes, NDArray[np.bool_]], Marks]] = {
    Sort.WAY: _of_lines, Sort.GATE: _of_points, Sort.BUILDING: _of_areas, Sort.GROUND: _of_ground,
}  # fmt: skip
