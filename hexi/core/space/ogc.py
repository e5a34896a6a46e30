"""The map for other people's programs: OGC API - Features, part 1 (17-069r4), as GeoJSON in WGS-84. Everything in it is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, Max, Min, QuerySet, Value

from hexi.core.space import ogc_tiles
from hexi.core.space.contracts import Box, Level
from hexi.core.space.geojson import geometries_of
from hexi.core.space.ground.comparing import COMMON, MORE
from hexi.core.space.ground.tables import Footprint, Mapped
from hexi.core.space.ground.things import SORT_LABELS, TABLES, Sort
from hexi.core.space.ground.valid import standing_in
from hexi.core.space.ogc_words import COLLECTIONS, CRS84, GEOJSON, ROOT, link, sort_of
from hexi.core.space.places import standing
from hexi.core.space.shapes import decoded, in_box
from hexi.core.space.sources import asked_box
from hexi.kernel.errors import Invalid, NotFound, Problem
from hexi.kernel.label import Language, t

CONFORMS = tuple(
    f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{part}" for part in ("core", "geojson", "oas30")
)  # fmt: skip
USUAL, MOST = 100, 5000
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
PROPERTIES = ("code", "source", "ref", "place", "valid_from", *COMMON)
Params = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """One page of a collection: how many, after which row, in which box."""

    limit: int
    after: int
    box: Box | None


def landing(base: str) -> dict[str, Any]:
    links = [
        link(base, "/", "self"), link(base, "/conformance", "conformance"), link(base, "/collections", "data"),
        {"href": f"{base.removesuffix(ROOT)}/api/openapi.json", "rel": "service-desc", "type": OPENAPI},
        link(base, "/tileMatrixSets", ogc_tiles.REL + "/tiling-schemes"), *ogc_tiles.links_of(base),
    ]  # fmt: skip
    return {"title": "Hexi", "description": "The map of the district", "links": links}


def conformance() -> dict[str, Any]:
    return {"conformsTo": [*CONFORMS, *ogc_tiles.CONFORMS]}


def collections(base: str, language: Language) -> dict[str, Any]:
    found = [collection(base, name, language) for name in COLLECTIONS]
    return {"links": [link(base, "/collections", "self")], "collections": found}


def collection(base: str, name: str, language: Language) -> dict[str, Any]:
    """What one collection is, where, and where its features are. Raises NotFound."""
    sort = sort_of(name)
    box = _standing(sort).aggregate(west=Min("west"), south=Min("south"), east=Max("east"), north=Max("north"))
    extent = {"extent": {"spatial": {"bbox": [list(box.values())], "crs": CRS84}}} if box["west"] is not None else {}
    links = [link(base, f"/collections/{name}", "self"), link(base, f"/collections/{name}/items", "items", GEOJSON)]
    links += ogc_tiles.links_of(base, name)
    return {"id": name, "title": SORT_LABELS[sort].said(language), "itemType": "feature", "crs": [CRS84], "links": links, **extent}


def items(base: str, name: str, params: Params) -> dict[str, Any]:
    """A page of features with the way to the next one. Raises NotFound, Invalid."""
    sort, asked = sort_of(name), _asked(params)
    rows = list(_rows(sort, asked)[: asked.limit + 1])
    page = rows[: asked.limit]
    here = f"/collections/{name}/items"
    links = [link(base, f"{here}?{urlencode(params)}".rstrip("?"), "self", GEOJSON)]
    if len(rows) > len(page):
        links.append(link(base, f"{here}?{urlencode({**params, 'after': page[-1][0]})}", "next", GEOJSON))
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    # Counted once: whoever turns the pages has heard it.
    matched = {} if asked.after else {"numberMatched": _standing(sort, asked.box).count()}
    told = {"type": "FeatureCollection", "timeStamp": stamp, **matched, "numberReturned": len(page)}
    return {**told, "links": links, "features": _features(sort, page)}


def item(base: str, name: str, code: str) -> dict[str, Any]:
    """One feature by its code, closed ones too. Raises NotFound."""
    sort = sort_of(name)
    rows = [*TABLES[sort].objects.filter(code=code[:12]).values_list(*_columns(sort))]
    if not rows and sort is Sort.BUILDING:
        rows = [*_houses().filter(code=code[:20]).values_list(*_columns(sort))]
    if not rows:
        raise NotFound(t("地图上没有这个编码", "The map has no such code"), which=code[:40])
    links = [link(base, f"/collections/{name}/items/{code}", "self", GEOJSON), link(base, f"/collections/{name}", "collection")]
    return {**_features(sort, rows)[0], "links": links}


def _rows(sort: Sort, asked: Asked) -> Any:
    return _standing(sort, asked.box).filter(pk__gt=asked.after).order_by("pk").values_list(*_columns(sort))


def _standing(sort: Sort, box: Box | None = None) -> QuerySet[Any]:
    """What stands today; before a map has brought buildings those of the place tree, as on our own maps."""
    if sort is Sort.BUILDING and not standing_in(Footprint).exists():
        return in_box(_houses(), box) if box else _houses()
    table: type[Mapped] = TABLES[sort]
    return standing_in(table, box)


def _houses() -> QuerySet[Any]:
    """Buildings of the tree, told by the same columns."""
    rows = standing().filter(level=Level.BUILDING, geometry__isnull=False)
    return rows.annotate(source=F("origin"), ref=F("code"), place=F("parent"), height_source=F("origin"), address=Value(""))


def _columns(sort: Sort) -> tuple[str, ...]:
    return ("pk", "geometry", *PROPERTIES, *MORE[sort])


def _features(sort: Sort, rows: Sequence[tuple[Any, ...]]) -> list[dict[str, Any]]:
    names = (*PROPERTIES, *MORE[sort])
    shapes = decoded([row[1] for row in rows])
    drawn = [{"type": "Point", "coordinates": list(shape.coords[0])} for shape in shapes] if sort is Sort.GATE else geometries_of(shapes)
    return [
        {"type": "Feature", "id": row[2], "geometry": geometry, "properties": dict(zip(names, map(_plain, row[2:]), strict=True))}
        for row, geometry in zip(rows, drawn, strict=True)
    ]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _asked(params: Params) -> Asked:
    limit, after = _number(params, "limit", USUAL), _number(params, "after", 0)
    if limit < 1:
        raise Invalid([Problem("limit", t("每页至少一个", "A page has one at least"), value=str(limit))])
    return Asked(min(limit, MOST), after, asked_box({"box": params.get("bbox", "")}))


def _number(params: Params, name: str, usual: int) -> int:
    said = params.get(name, "")
    if not said:
        return usual
    if not (said.isascii() and said.isdecimal() and len(said) < 16):
        raise Invalid([Problem(name, t("应为整数", "This is a whole number"), value=said[:40])])
    return int(said)
