"""An indicator over the map: the parts of a place, each with its value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hexi.core.space.api import layer
from hexi.core.trust.api import Viewer
from hexi.modules.indicators.board import areas, district_code


def fill(viewer: Viewer, params: Mapping[str, str]) -> dict[str, Any]:
    """The areas of the place as features with `value` and `status`; areas without a value keep their outline."""
    place = params.get("place") or district_code()
    found = areas(viewer, params)
    by_code = {row["code"]: row for row in found.rows}
    name = "space.streets" if len(place) == len(district_code()) else "space.communities"
    collection = layer(name, within=[place])
    for feature in collection["features"]:
        row = by_code.get(feature["properties"]["code"], {})
        feature["properties"] |= {"value": row.get("value"), "status": row.get("status", "none")}
    return {**collection, "as_of": found.as_of, "quality": found.quality, "origin": found.origin.as_dict()}
