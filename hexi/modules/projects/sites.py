"""Tasks on the map: only those whose place a source names or an official entered, at the point of that place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hexi.core.data.api import plain
from hexi.core.space.api import names, points_of
from hexi.core.trust.api import Viewer
from hexi.kernel.label import Label
from hexi.modules.projects.sources import ORIGIN, programme_of, task_rows, tasks_of

SHOWN = ("id", "code", "title", "category", "status", "mark", "stage", "share", "place", "as_of", "target", "reason")


def sites(viewer: Viewer, params: Mapping[str, str]) -> dict[str, Any]:
    """A FeatureCollection of points. A task without a place is in the lists and not here."""
    programme = programme_of(viewer, params)
    rows = [row for row in task_rows(viewer, tasks_of(viewer, programme, params)) if row["place"]]
    codes = {row["place"] for row in rows}
    points, called = points_of(codes), names(codes)
    features = [_feature(row, points[row["place"]], called[row["place"]]) for row in rows if row["place"] in points]
    as_of = plain(programme.as_of) if programme and programme.as_of else ""
    return {"type": "FeatureCollection", "features": features, "as_of": as_of, "quality": "published", "origin": ORIGIN.as_dict()}


def _feature(row: dict[str, Any], point: tuple[float, float], name: Label) -> dict[str, Any]:
    properties = {key: row[key] for key in SHOWN} | {"place_name": name.as_dict()}
    return {"type": "Feature", "id": row["id"], "geometry": {"type": "Point", "coordinates": list(point)}, "properties": properties}
