"""What the tree says of where doors may be: how far a point lies from its place, which grid is meant, which codes took over from which."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Q
from django.utils import timezone

from hexi.core.space.contracts import Box, Level, prefix_range
from hexi.core.space.datum import LonLat, metres_per_degree
from hexi.core.space.models import Place
from hexi.core.space.places import children_of, standing
from hexi.core.space.shapes import place_at, version

FAR_M = 150.0
"""Ours: a point farther from its building or compound than this contradicts the address."""
AT_ONCE = 5000


def far_points(pairs: Sequence[tuple[str, LonLat | None]]) -> dict[int, float]:
    """Metres between a point and the box or point of its place, by number, where they are too many. Unknown places are near to all."""
    codes = sorted({code for code, point in pairs if code and point})
    boxes = _boxes(codes)
    away = {n: _metres(point, boxes[code]) for n, (code, point) in enumerate(pairs) if point is not None and code in boxes}
    return {number: metres for number, metres in away.items() if metres > FAR_M}


def _boxes(codes: Sequence[str]) -> dict[str, Box]:
    found: dict[str, Box] = {}
    for start in range(0, len(codes), AT_ONCE):
        rows = Place.objects.filter(code__in=codes[start : start + AT_ONCE], lon__isnull=False)
        for code, west, south, east, north, lon, lat in rows.values_list("code", "west", "south", "east", "north", "lon", "lat"):
            found[code] = (lon, lat, lon, lat) if west is None else (west, south, east, north)
    return found


def _metres(point: LonLat, box: Box) -> float:
    west, south, east, north = box
    east_m, north_m = metres_per_degree(point[1])
    across, along = max(west - point[0], 0.0, point[0] - east), max(south - point[1], 0.0, point[1] - north)
    return math.hypot(across * east_m, along * north_m)


def sole_grid(community: str, point: LonLat | None) -> str | None:
    """The community's grid round the point, or its only one; None where neither says which."""
    if point is not None and (found := place_at(*point, Level.GRID)) is not None:
        return found.code if found.code.startswith(community) else None
    grids = [place.code for place in children_of(community) if place.level is Level.GRID]
    return grids[0] if len(grids) == 1 else None


def standing_codes(codes: Iterable[str], at: date | None = None) -> dict[str, str]:
    """For each code that has ended the code that took over, however many came between; the others, and those without one, are missing."""
    day, next_of = at or timezone.localdate(), dict[str, str]()
    wanted = {code for code in codes if code}
    asked = wanted
    while asked:
        found = _successors(asked, day)
        next_of |= found
        asked = set(found.values()) - set(next_of)
    ends = {code: end for code in wanted if code in next_of and (end := _end_of(code, next_of))}
    stand = set(_standing_among(ends.values(), day))
    return {code: end for code, end in ends.items() if end in stand}


def _end_of(code: str, next_of: Mapping[str, str]) -> str:
    """The last of the line; empty where it leads back into itself."""
    seen: set[str] = set()
    while code in next_of and code not in seen:
        seen.add(code)
        code = next_of[code]
    return "" if code in seen else code


def _successors(codes: Collection[str], day: date) -> dict[str, str]:
    listed, found = sorted(codes), dict[str, str]()
    for start in range(0, len(listed), AT_ONCE):
        rows = Place.objects.filter(code__in=listed[start : start + AT_ONCE], valid_to__lte=day).exclude(successor="")
        found |= dict(rows.values_list("code", "successor"))
    return found


def _standing_among(codes: Iterable[str], day: date) -> list[str]:
    listed, found = sorted(set(codes)), list[str]()
    for start in range(0, len(listed), AT_ONCE):
        found += standing(day).filter(code__in=listed[start : start + AT_ONCE]).values_list("code", flat=True)
    return found


def doors_version() -> str:
    """Changes whenever a doorway of the tree does: for what is computed from them."""
    return version(Level.DOORWAY)


def former_codes(code: str) -> tuple[str, ...]:
    """Codes that have ended and to which this place, or one in it, is the successor: what was noted under them lies here now."""
    found: set[str] = set()
    first, behind = prefix_range(code)
    asked = Q(successor__gte=first, successor__lt=behind)
    while asked:
        rows = set(Place.objects.filter(asked, valid_to__isnull=False).exclude(successor="").values_list("code", flat=True)) - found
        found |= rows
        asked = Q(successor__in=sorted(rows)) if rows else Q()
    return tuple(sorted(each for each in found if not each.startswith(code)))
