"""A small town as an OSM file, written anew for each test: what is drawn, and what the map's drawers did to it later."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import quoteattr

import shapely
from django.utils import timezone

from hexi.core.space.models import Place

BOX = (117.200, 39.000, 117.210, 39.010)
Tags = dict[str, str]


@dataclass
class Town:
    """Nodes stand on a net of 0.001 degrees (86 m, 111 m): node 203 is 2 east and 3 north of the corner."""

    nodes: dict[int, Tags] = field(default_factory=dict[int, Tags])
    ways: dict[int, tuple[list[int], Tags]] = field(default_factory=dict[int, tuple[list[int], Tags]])
    relations: dict[int, tuple[list[tuple[str, int]], Tags]] = field(default_factory=dict[int, tuple[list[tuple[str, int]], Tags]])
    moved: dict[int, tuple[float, float]] = field(default_factory=dict[int, tuple[float, float]])
    left_out: set[int] = field(default_factory=set[int])

    def way(self, number: int, nodes: Iterable[int], **tags: str) -> None:
        self.ways[number] = (list(nodes), {key.replace("__", ":"): value for key, value in tags.items()})

    def written(self, path: Path) -> Path:
        """The town as a file that osmium reads."""
        used = {node for nodes, _ in self.ways.values() for node in nodes} | set(self.nodes)
        lines = ['<?xml version="1.0"?><osm version="0.6">']
        for number in sorted(used - self.left_out):
            lon, lat = self.moved.get(number, (BOX[0] + number // 100 / 1000, BOX[1] + number % 100 / 1000))
            lines.append(f'<node id="{number}" version="1" lon="{lon:.7f}" lat="{lat:.7f}">{_tags(self.nodes.get(number, {}))}</node>')
        for number, (nodes, tags) in sorted(self.ways.items()):
            inside = "".join(f'<nd ref="{node}"/>' for node in nodes)
            lines.append(f'<way id="{number}" version="1">{inside}{_tags(tags)}</way>')
        for number, (members, tags) in sorted(self.relations.items()):
            inside = "".join(f'<member type="way" ref="{way}" role="{role}"/>' for role, way in members)
            lines.append(f'<relation id="{number}" version="1">{inside}{_tags(tags)}</relation>')
        path.write_text("\n".join([*lines, "</osm>"]), encoding="utf-8")
        return path


def _tags(tags: Tags) -> str:
    return "".join(f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in tags.items())


def small_town() -> Town:
    """Two streets that cross at node 202, a shut gate on a path, steps, a motorway, a park with a pond, three buildings, shops."""
    town = Town()
    town.way(1, [2, 102, 202, 302, 402], highway="residential", name="友谊路", name__en="Youyi Road", oneway="yes")
    town.way(2, [200, 201, 202, 203, 204], highway="tertiary", name="围堤道")
    town.way(3, [302, 303, 304], highway="footway")
    town.nodes[303] = {"barrier": "gate", "access": "private"}
    town.way(4, [204, 304], highway="steps", surface="cobblestone")
    town.way(5, [0, 100, 200], highway="motorway", name="京津高速")
    town.way(6, [402, 403], highway="service", access="private")
    town.nodes[102] = {"highway": "crossing"}
    town.way(
        20,
        [600, 601, 701, 700, 600],
        building="apartments",
        name="3号楼",
        building__levels="6",
        addr__street="友谊路",
        addr__housenumber="12号",
    )
    town.way(21, [603, 604, 704, 703, 603], building="retail", height="12.5 m", shop="supermarket", name="示例超市")
    town.way(22, [606, 607, 707, 706, 606], building="yes", height="high")
    town.way(30, [800, 803, 903, 900, 800], leisure="park", name="示例公园")
    town.way(31, [505, 506, 406, 405, 505], natural="water")
    town.nodes[901] = {"shop": "bakery", "name": "早点铺"}
    return town


def drawn_place(code: str, level: str, name: str, box: tuple[float, float, float, float]) -> Place:
    """A place with this box (west, south, east, north) as its shape."""
    sides = dict(zip(("west", "south", "east", "north"), box, strict=True))
    shape = shapely.to_wkb(shapely.box(*box))
    return Place.objects.create(code=code, level=level, name=name, origin="import", updated_at=timezone.now(), geometry=shape, **sides)
