"""What the parts of the OGC API share: media types, collections, links."""

from __future__ import annotations

from hexi.core.space.ground.things import Sort
from hexi.kernel.errors import NotFound
from hexi.kernel.label import t

ROOT = "/ogc"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
JSON, GEOJSON, TILE = "application/json", "application/geo+json", "application/vnd.mapbox-vector-tile"
COLLECTIONS = {f"{sort.value}s" if sort is not Sort.GROUND else "ground": sort for sort in Sort}


def sort_of(name: str) -> Sort:
    """The sort of things that a collection holds. Raises NotFound."""
    if name not in COLLECTIONS:
        raise NotFound(t("没有这个图层", "There is no such layer"), which=name[:40])
    return COLLECTIONS[name]


def link(base: str, path: str, rel: str, media_type: str = JSON) -> dict[str, str]:
    """A link of the API; `base` is where it stands."""
    return {"href": f"{base}{path}", "rel": rel, "type": media_type}
