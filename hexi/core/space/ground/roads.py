"""Roads from a GeoJSON file, such as a shapefile export of OpenStreetMap: no numbers of their own, and only a class and a name."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from hexi.core.space.contracts import Datum
from hexi.core.space.ground import rules
from hexi.core.space.ground.features import Feature, read_features
from hexi.core.space.ground.importing import GroundReport, bring
from hexi.core.space.ground.osm_things import from_line
from hexi.core.space.ground.things import Bad, Brought, Sort
from hexi.core.trust.api import PLATFORM, Viewer
from hexi.kernel.label import t

KINDS = ("highway", "fclass", "class", "道路等级", "railway")
NAMES = ("name", "Name", "NAME", "名称", "道路名称")
GRADE = re.compile(r"_grade\d$")  # Geofabrik: track_grade1 to 5
NO_CLASS = t("没有我们认识的道路等级，未导入", "Its class of road is none that we know; left out")
NO_LINE = t("不是线，未导入", "No line; left out")
EMPTY = t("没有图形，未导入", "It has no shape; left out")
LONGEST_SOURCE = 40


def import_roads(
    path: Path, datum: Datum, *, source: str = "", replaces: tuple[str, ...] = (), viewer: Viewer = PLATFORM
) -> GroundReport:  # fmt: skip
    """The lines of a GeoJSON file as ways, cut nowhere. Another file of the same `source` (the file's name) follows this one.

    `replaces`: sources whose ways end where these lie. Raises Invalid.
    """
    read = read_features(path, datum)
    shapes = np.array([each.shape for each in read.features], dtype=object)
    outline = shapely.box(*shapely.total_bounds(shapes).tolist()) if len(shapes) else shapely.Point()
    found = Brought((source or path.stem)[:LONGEST_SOURCE], outline)
    found.bad += [Bad(f"feature {number}", EMPTY) for number in read.shapeless]
    lines = list(_lines(read.features, found))
    from_line(found, [(ref, tags) for ref, tags, _ in lines], np.array([shape for *_, shape in lines], dtype=object))
    return bring(found, path, f"GeoJSON, {datum.value}, {read.moved_m:.0f} m", viewer, sorts=(Sort.WAY,), replaces=replaces)


def _lines(features: tuple[Feature, ...], found: Brought) -> Iterator[tuple[str, dict[str, str], Any]]:
    seen: dict[str, int] = {}
    for number, feature in enumerate(features, start=1):
        tags = tags_of(feature.properties)
        if not rules.way_kind(tags):
            found.bad.append(Bad(f"feature {number}", NO_CLASS))
            continue
        parts: list[shapely.Geometry] = list(shapely.get_parts(feature.shape))
        for part in parts:
            if part.geom_type != "LineString":
                found.bad.append(Bad(f"feature {number}", NO_LINE))
                continue
            ref = hashlib.sha256(shapely.to_wkb(part)).hexdigest()[:20]
            seen[ref] = seen.get(ref, 0) + 1
            if seen[ref] == 1:  # the same line twice is one
                yield ref, tags, part


def tags_of(properties: Mapping[str, Any]) -> dict[str, str]:
    """What the columns say, in the words of OpenStreetMap."""
    kind = GRADE.sub("", next((str(properties[name]) for name in KINDS if properties.get(name)), ""))
    kind = "road" if kind == "unknown" else kind
    is_rail = rules.road_class(kind) == "rail"
    tags = {"railway" if is_rail else "highway": kind, "name": next((str(properties[n]) for n in NAMES if properties.get(n)), "")}
    for name in ("bridge", "tunnel"):
        if str(properties.get(name, "")).upper() in {"T", "1", "YES", "TRUE"}:
            tags[name] = "yes"
    layer = properties.get("layer")
    return tags | ({"layer": str(int(layer))} if isinstance(layer, int | float) else {})
