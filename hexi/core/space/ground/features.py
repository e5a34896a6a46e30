"""Features of a GeoJSON file in WGS-84. In which system its coordinates are, the file does not say reliably: whoever sends it does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray

from hexi.core.space.contracts import DATUM_LABELS, Datum
from hexi.core.space.datum import convert, distance_m
from hexi.kernel.errors import Invalid, Problem
from hexi.kernel.label import joined, t

Floats = NDArray[np.float64]
LARGEST_BYTES = 400_000_000


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature: what it says of itself, and its shape in WGS-84."""

    properties: Mapping[str, Any]
    shape: shapely.Geometry


@dataclass(frozen=True, slots=True)
class Features:
    """The features of a file, how far in metres on average their points were moved, and which features have no shape."""

    features: tuple[Feature, ...]
    moved_m: float
    shapeless: tuple[int, ...]


def datum_of(said: str) -> Datum:
    """The system that is meant. Raises Invalid for none and for one that is unknown: half a kilometre is no small error."""
    try:
        return Datum(said.strip().lower().replace("-", ""))
    except ValueError:
        known = joined([t(datum.value, datum.value) for datum in DATUM_LABELS])
        words = t("请说明坐标系：{known}", "Say in which system the coordinates are: {known}").filled(known=known)
        raise Invalid([Problem("datum", words, value=said)]) from None


def read_features(path: Path, datum: Datum) -> Features:
    """The features of a FeatureCollection, of one feature or of a bare geometry. Raises Invalid."""
    found: list[Feature] = []
    shapeless: list[int] = []
    moved: list[float] = []
    for number, (properties, geometry) in enumerate(_parts(_document(path)), start=1):
        shape = _shape(geometry)
        if shape is None:
            shapeless.append(number)
            continue
        points = shapely.get_coordinates(shape)
        _check_degrees(points, number)
        found.append(Feature(properties, in_wgs84(shape, datum)))
        moved.append(distance_m(_pair(points[0]), convert(*_pair(points[0]), datum, Datum.WGS84)))
    return Features(tuple(found), round(sum(moved) / len(moved), 1) if moved else 0.0, tuple(shapeless))


def in_wgs84(shape: shapely.Geometry, datum: Datum) -> shapely.Geometry:
    """The shape moved into WGS-84, rounded to the centimetre, so that what met still meets."""

    def moved(points: Floats) -> Floats:
        if datum in (Datum.WGS84, Datum.CGCS2000):
            there = points
        else:
            there = np.array([convert(*_pair(point), datum, Datum.WGS84) for point in points], dtype=np.float64)
        return np.round(there, 7)

    return shapely.transform(shape, moved)


def _pair(point: Floats) -> tuple[float, float]:
    return float(point[0]), float(point[1])


def _document(path: Path) -> dict[str, Any]:
    if path.stat().st_size > LARGEST_BYTES:
        said = t("GeoJSON 文件过大，最多 400 MB", "The GeoJSON file is too large: 400 MB at most")
        raise Invalid([Problem("file", said, value=path.name)], do=t("请分块导入，或改用 .osm.pbf", "Import it in parts, or as .osm.pbf"))
    try:
        found: Any = orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError as error:
        raise _no_geojson(path) from error
    if not isinstance(found, dict) or "type" not in found:
        raise _no_geojson(path)
    return cast("dict[str, Any]", found)


def _no_geojson(path: Path) -> Invalid:
    return Invalid([Problem("file", t("不是可读的 GeoJSON 文件", "No GeoJSON file that can be read"), value=path.name)])


def _parts(document: dict[str, Any]) -> Iterator[tuple[Mapping[str, Any], Any]]:
    if document["type"] == "FeatureCollection":
        features: list[dict[str, Any]] = document.get("features") or []
        for feature in features:
            yield feature.get("properties") or {}, feature.get("geometry")
    elif document["type"] == "Feature":
        yield document.get("properties") or {}, document.get("geometry")
    else:
        yield {}, document


def _shape(geometry: Any) -> shapely.Geometry | None:
    if not geometry:
        return None
    try:
        shape = shapely.force_2d(shapely.from_geojson(orjson.dumps(geometry)))
    except shapely.GEOSException:
        return None
    return None if shape.is_empty else shape


def _check_degrees(points: Floats, number: int) -> None:
    if (np.abs(points[:, 0]) <= 180).all() and (np.abs(points[:, 1]) <= 90).all():
        return
    said = t("第 {number} 个要素的坐标不是经纬度（可能是投影坐标）", "Feature {number} has no degrees; they may be metres of a projection")
    found = Problem("file", said.filled(number=number), value=", ".join(f"{each:.1f}" for each in points[0]))
    raise Invalid([found], do=t("请先转换为经纬度再导入", "Convert it to longitude and latitude first"))
