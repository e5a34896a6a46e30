"""From an OSM object's tags and its shape to our things and points of use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from hexi.core.space.datum import metres_per_degree
from hexi.core.space.ground import rules
from hexi.core.space.ground.things import Bad, Brought, Sort, Thing
from hexi.kernel.catalogue import catalogue
from hexi.kernel.ground import Spot
from hexi.kernel.label import t

Tags = Mapping[str, str]
Head = tuple[str, Tags]
Shapes = NDArray[np.object_]
ODD_HEIGHT = t("高度写法无法理解，未采用", "Its height cannot be read; left unknown")


def is_way_of_ours(tags: Tags) -> bool:
    return bool(rules.way_kind(tags)) or is_water_line(tags)


def is_water_line(tags: Tags) -> bool:
    return not rules.way_kind(tags) and tags.get("waterway") in rules.rules()["waters"]


def wants_area(tags: Tags) -> bool:
    return rules.is_building(tags) or rules.area_of(tags) is not None or is_spot(tags)


def is_spot(tags: Tags) -> bool:
    """Does a keeper of points want it?"""
    return any(keeper.wants(tags) for keeper in catalogue.keepers.values())


def from_point(found: Brought, points: Sequence[tuple[str, float, float, Tags]]) -> None:
    for ref, lon, lat, tags in points:
        if kind := rules.gate_kind(tags):
            found.things.append(_gate((ref, tags), kind, lon, lat))
        if is_spot(tags):
            found.spots.append(Spot(found.source, ref, lon, lat, "", tags))


def _gate(head: Head, kind: str, lon: float, lat: float) -> Thing:
    ref, tags = head
    more = {
        "lon": lon, "lat": lat, "is_shut": rules.is_shut(tags), "opening_hours": tags.get("opening_hours", "")[:120],
        "wheelchair": tags.get("wheelchair", "")[:10], "use": tags.get("entrance", "")[:20] if kind == "entrance" else "",
        "number": stair_of(tags)[:20] if kind == "entrance" else "",
    }  # fmt: skip
    return Thing(Sort.GATE, ref, kind, *_names(tags), shapely.Point(lon, lat), more)


def from_line(found: Brought, heads: Sequence[Head], shapes: Shapes) -> None:
    for (ref, tags), shape, metres in zip(heads, shapes, lengths_m(shapes), strict=True):
        if kind := rules.way_kind(tags):
            found.things.append(Thing(Sort.WAY, ref, kind, *_names(tags), shape, way_more(kind, tags, metres)))
        else:
            found.things.append(Thing(Sort.GROUND, ref, "stream", *_names(tags), shape, {"rank": tags["waterway"]}))


def way_more(kind: str, tags: Tags, metres: float) -> dict[str, Any]:
    """The columns that only ways have."""
    layer = tags.get("layer", "0")
    return {
        "walkable": rules.may_walk(kind, tags), "flags": int(rules.way_flags(kind, tags)), "surface": tags.get("surface", "")[:30],
        "is_covered": tags.get("covered") in {"yes", "arcade", "colonnade"} or "tunnel" in tags, "length_m": round(metres, 2),
        "layer": int(layer) if layer.lstrip("-").isdecimal() and len(layer) < 4 else 0,
    }  # fmt: skip


def lengths_m(shapes: Shapes) -> list[float]:
    """Length of each line on the ellipsoid, in metres; the same for a line whatever stands beside it."""
    if not len(shapes):
        return []
    points, owners = shapely.get_coordinates(shapes, return_index=True)
    middles = (points[1:, 1] + points[:-1, 1]) / 2
    latitudes, east_m, north_m = _scales()
    across, along = np.diff(points, axis=0).T
    steps = np.hypot(across * np.interp(middles, latitudes, east_m), along * np.interp(middles, latitudes, north_m))
    steps[np.diff(owners) != 0] = 0
    return np.bincount(owners[1:], weights=steps, minlength=len(shapes)).tolist()


@cache
def _scales() -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Latitudes a tenth of a degree apart with the metres of a degree east and north: so fine that a line between is exact to a hair."""
    latitudes = np.linspace(-90, 90, 1801)
    east_m, north_m = np.array([metres_per_degree(float(each)) for each in latitudes]).T
    return latitudes, east_m, north_m


def from_area(found: Brought, heads: Sequence[Head], shapes: Shapes) -> None:
    middles = shapely.point_on_surface(shapes)
    held = shapely.intersects(found.outline, middles)
    for (ref, tags), shape, middle, is_in in zip(heads, shapes, middles, held, strict=True):
        if shape is None:
            continue
        if is_in and rules.is_building(tags):
            found.things.append(_building((ref, tags), shape, found))
        elif area := rules.area_of(tags):
            found.things.append(Thing(Sort.GROUND, ref, area.kind, *_names(tags), shape, {"rank": area.rank}))
        if is_in and is_spot(tags):
            found.spots.append(Spot(found.source, ref, middle.x, middle.y, "", tags))


def _building(head: Head, shape: Any, found: Brought) -> Thing:
    ref, tags = head
    height = rules.height_of(tags)
    if height.is_odd:
        found.bad.append(Bad(ref, ODD_HEIGHT, is_mended=True))
    more = {"height_m": height.metres, "storeys": height.storeys, "height_source": height.source, "address": address_of(tags)}
    return Thing(Sort.BUILDING, ref, tags["building"][:30], *_names(tags), shape, more)


def address_of(tags: Tags) -> str:
    """Street and house number as the map has them: 友谊路12号."""
    number = tags.get("addr:housenumber", "")
    street = tags.get("addr:street", "")
    if not (number and street):
        return tags.get("addr:full", "")[:160]
    return (f"{street}{number}" if not street.isascii() else f"{number} {street}")[:160]


def stair_of(tags: Tags) -> str:
    """Which stair an entrance leads to, as the map has it: addr:unit, or the entrance's own mark."""
    return tags.get("addr:unit", "") or tags.get("ref", "")


def _names(tags: Tags) -> tuple[str, str]:
    return tags.get("name", "")[:120].replace("\x00", ""), tags.get("name:en", "")[:160].replace("\x00", "")
