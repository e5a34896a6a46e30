"""A GeoJSON file of points as a table: one row for each feature, its properties as columns, then longitude and latitude as written."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import orjson

from hexi.kernel.errors import Invalid, Problem
from hexi.kernel.label import t

ENDINGS = (".geojson", ".json")
POINT = ("lon", "lat")
LARGEST_BYTES = 200_000_000


def is_points(name: str) -> bool:
    """Is the file GeoJSON by its name?"""
    return name.lower().endswith(ENDINGS)


@contextmanager
def as_table(path: Path) -> Generator[Path]:
    """The file as CSV, gone again afterwards. Raises Invalid for what is no GeoJSON and for shapes that are no points."""
    features = list(_features(path))
    heads = list(dict.fromkeys(key for properties, _ in features for key in properties if key not in POINT))
    with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow([*heads, *POINT])
        table.writerows([[_cell(properties.get(head)) for head in heads] + list(point) for properties, point in features])
        file.flush()
        yield Path(file.name)


def _cell(value: Any) -> Any:
    return "" if value is None else value if isinstance(value, str | int | float) else orjson.dumps(value).decode()


def _features(path: Path) -> Iterator[tuple[dict[str, Any], tuple[Any, Any]]]:
    for number, feature in enumerate(_read(path), start=1):
        geometry: Any = feature.get("geometry") or {}
        if geometry and geometry.get("type") != "Point":
            said = t("第 {number} 个要素不是点", "Feature {number} is no point").filled(number=number)
            raise Invalid([Problem("file", said, value=str(geometry.get("type"))[:40])], do=t("登记只接收点", "A register takes points only"))
        at: list[Any] = geometry.get("coordinates") or ["", ""]
        yield feature.get("properties") or {}, (at[0], at[1])


def _read(path: Path) -> list[dict[str, Any]]:
    bad = Invalid([Problem("file", t("不是可读的 GeoJSON 要素集", "No GeoJSON collection that can be read"), value=path.name[:80])])
    if path.stat().st_size > LARGEST_BYTES:
        raise bad
    try:
        found: Any = orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError as error:
        raise bad from error
    features: Any = cast("dict[str, Any]", found).get("features") if isinstance(found, dict) else None
    if not isinstance(features, list) or not all(isinstance(each, dict) for each in cast("list[Any]", features)):
        raise bad
    return cast("list[dict[str, Any]]", features)
