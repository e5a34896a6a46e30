"""Read an OpenStreetMap file (.osm.pbf, .osm) as a stream, cut to an outline: what our tables and the keepers of points want."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import osmium
import shapely

from hexi.core.space.ground.mending import mended
from hexi.core.space.ground.osm_things import from_area, from_line, from_point, is_water_line, is_way_of_ours, wants_area
from hexi.core.space.ground.things import Bad, Brought
from hexi.kernel.catalogue import catalogue
from hexi.kernel.errors import Invalid, Problem
from hexi.kernel.label import t

OURS = ("highway", "railway", "building", "barrier", "entrance", "natural", "waterway", "leisure", "landuse")
AREAS = ("building", "natural", "waterway", "leisure", "landuse", "amenity", "shop", "healthcare", "office", "tourism")
BATCH = 20_000
LARGE_BYTES = 300_000_000
"""Above it the nodes' places are kept in a file and not in memory: a country has hundreds of millions of nodes."""
BROKEN = t("由成员拼成的面不完整或不闭合，未导入", "The members make no whole area; left out")
HOLED = t("部分节点不在文件中，按其余节点画出", "Some of its points are not in the file; drawn from the others")
SOURCE = "osm"
Tags = dict[str, str]


def read_osm(path: Path, outline: shapely.Geometry) -> Brought:
    """All that the file holds in the outline (WGS-84). Memory grows with what lies in the outline, not with the file.

    Raises Invalid for a file that is no OSM file.
    """
    found = Brought(SOURCE, outline, as_of=_moment(path))
    shapely.prepare(outline)
    with tempfile.TemporaryDirectory(prefix="hexi-osm-") as scratch:
        store = f"sparse_file_array,{scratch}/nodes" if path.stat().st_size > LARGE_BYTES else "flex_mem"
        stream = osmium.FileProcessor(str(path)).with_locations(store).with_areas(osmium.filter.KeyFilter(*AREAS))
        _Sorting(found).take(_objects(stream.with_filter(osmium.filter.KeyFilter(*_keys())), path))
    return found


def _keys() -> list[str]:
    return sorted({*OURS, *(key for keeper in catalogue.keepers.values() for key in keeper.keys)})


def _objects(stream: Iterable[Any], path: Path) -> Iterator[Any]:
    try:
        yield from stream
    except RuntimeError as error:
        raise _unreadable(path) from error


def _unreadable(path: Path) -> Invalid:
    said = t("不是可读的 OpenStreetMap 文件（.osm.pbf 或 .osm）", "No OpenStreetMap file that can be read (.osm.pbf or .osm)")
    return Invalid(
        [Problem("file", said, value=path.name)], do=t("请检查文件是否完整，重新下载后再导入", "Check that it is whole and fetch it again")
    )


def _moment(path: Path) -> datetime | None:
    """When the file's data were current, where it says so."""
    try:
        with osmium.io.Reader(str(path)) as reader:
            said = reader.header().get("osmosis_replication_timestamp")
    except RuntimeError as error:
        raise _unreadable(path) from error
    return datetime.fromisoformat(said) if said else None


class _Sorting:
    """Objects on their way into things: shapes are made and cut a batch at a time, because one by one is ten times as slow."""

    def __init__(self, found: Brought) -> None:
        self.found, self.wkb = found, osmium.geom.WKBFactory()
        self.lines: list[tuple[str, str, Tags]] = []  # reference, WKB, tags
        self.areas: list[tuple[str, str, Tags]] = []
        self.points: list[tuple[str, float, float, Tags]] = []
        self.open_relations: set[int] = set()
        self.counts = {"points": 0, "ways": 0, "areas": 0}
        self.west, self.south, self.east, self.north = found.outline.bounds

    def take(self, objects: Iterable[Any]) -> None:
        for each in objects:
            if each.is_node():
                self._node(each)
            elif each.is_way():
                self._way(each)
            elif each.is_relation():
                self._relation(each)
            elif not each.from_way():
                self._area(each)
        self._flush(0)
        self.found.bad += [Bad(f"r{number}", BROKEN) for number in sorted(self.open_relations)]
        self.found.read = self.counts

    def _node(self, node: Any) -> None:
        place = node.location
        if place.valid() and self.west <= place.lon <= self.east and self.south <= place.lat <= self.north:
            self.points.append((f"n{node.id}", place.lon, place.lat, _tags(node)))
            self._flush(BATCH)

    def _way(self, way: Any) -> None:
        tags = _tags(way)
        ref = f"w{way.id}"
        if not len(way.nodes):
            return
        is_area = way.is_closed() and wants_area(tags)
        is_line = is_way_of_ours(tags) and not (is_area and is_water_line(tags))  # a canal round a pond is the pond
        if not (is_area or is_line):
            return
        shape = self._line(way, ref)
        if shape is None:
            return
        if is_area:
            self.areas.append((ref, shape, tags))
        if is_line:
            self.lines.append((ref, shape, tags))
        self._flush(BATCH)

    def _line(self, way: Any, ref: str) -> str | None:
        """The way as WKB; drawn from the points that the file has, where it lacks some."""
        try:
            if way.nodes[0].location.valid():  # the factory passes over points that lack at the beginning, without a word
                return self.wkb.create_linestring(way)
        except osmium.InvalidLocationError:
            pass
        except RuntimeError:  # fewer than two different points
            return None
        there = [(one.lon, one.lat) for one in way.nodes if one.location.valid()]
        if len(there) < 2:
            return None
        line = shapely.LineString(there)
        if shapely.intersects(self.found.outline, line):
            self.found.bad.append(Bad(ref, HOLED, is_mended=True))
        return shapely.to_wkb(line).hex()

    def _relation(self, relation: Any) -> None:
        tags = _tags(relation)
        if tags.get("type") == "multipolygon" and wants_area(tags):
            self.open_relations.add(relation.id)

    def _area(self, area: Any) -> None:
        tags = _tags(area)
        try:
            shape = self.wkb.create_multipolygon(area)
        except RuntimeError:  # its rings do not close: it stays among the open ones and is listed
            return
        self.open_relations.discard(area.orig_id())
        if wants_area(tags):
            self.areas.append((f"r{area.orig_id()}", shape, tags))
            self._flush(BATCH)

    def _flush(self, above: int) -> None:
        """Make things of what waits, where more than so many wait."""
        found = self.found
        if len(self.points) > above:
            self.counts["points"] += len(self.points)
            held = shapely.intersects(found.outline, shapely.points([one[1:3] for one in self.points]))
            from_point(found, [one for one, is_in in zip(self.points, held, strict=True) if is_in])
            self.points.clear()
        if len(self.lines) > above:
            self.counts["ways"] += len(self.lines)
            from_line(found, *_cut(self.lines, found.outline))
            self.lines.clear()
        if len(self.areas) > above:
            self.counts["areas"] += len(self.areas)
            heads, shapes = _cut(self.areas, found.outline)
            from_area(found, heads, mended(heads, shapes, found))
            self.areas.clear()


def _tags(each: Any) -> Tags:
    return {tag.k: tag.v for tag in each.tags}


def _cut(waiting: list[tuple[str, str, Tags]], outline: shapely.Geometry) -> tuple[list[tuple[str, Mapping[str, str]]], Any]:
    """Those that touch the outline, whole: a way that ends at a border would end in the middle of a street."""
    shapes = shapely.from_wkb([wkb for _, wkb, _ in waiting])
    held = shapely.intersects(outline, shapes)
    return [(ref, tags) for (ref, _, tags), is_in in zip(waiting, held, strict=True) if is_in], shapes[held]
