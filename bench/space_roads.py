"""Networks to measure on: an extract of OpenStreetMap, a file of road lines, a grid of any size; points strewn along them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from hexi.core.space.network.streets import Floats, Ints, StreetFlag, Streets, streets_of
from hexi.kernel.label import Label

WALKED = frozenset({
    "bridleway", "corridor", "cycleway", "footway", "living_street", "path", "pedestrian", "platform", "primary", "primary_link",
    "residential", "road", "secondary", "secondary_link", "service", "steps", "tertiary", "tertiary_link", "track", "trunk", "trunk_link",
    "unclassified",
})  # fmt: skip
FLAGS = {"steps": StreetFlag.STEPS, "trunk": StreetFlag.TRUNK, "trunk_link": StreetFlag.TRUNK}
Way = tuple[int, str, str, Sequence[tuple[float, float]], Sequence[int]]
"""Id, class, name, vertices in WGS-84 degrees, and the vertices' ids."""


def of_extract(file: Path) -> Streets:
    """The walked ways of an .osm.pbf file."""
    return _streets(_ways_of_extract(file))


def _ways_of_extract(file: Path) -> Iterable[Way]:
    import osmium  # an option of this benchmark

    for way in osmium.FileProcessor(str(file)).with_locations():
        if way.is_way() and way.tags.get("highway") in WALKED and way.tags.get("foot") != "no":
            nodes = [node for node in way.nodes if node.location.valid()]
            yield way.id, way.tags["highway"], way.tags.get("name", ""), [(n.lon, n.lat) for n in nodes], [n.ref for n in nodes]


def of_lines(file: Path) -> Streets:
    """The roads of a GeoJSON file; vertices are the same where they agree to 1e-7 degrees."""
    known: dict[tuple[float, float], int] = {}

    def ways() -> Iterable[Way]:
        features = json.loads(file.read_text(encoding="utf-8"))["features"]
        for number, feature in enumerate(features):
            said, shape = feature["properties"], feature["geometry"]
            for line in [shape["coordinates"]] if shape["type"] == "LineString" else shape["coordinates"]:
                spots = [(round(spot[0], 7), round(spot[1], 7)) for spot in line]
                ids = [known.setdefault(spot, len(known)) for spot in spots]
                yield number, said.get("fclass") or "", said.get("name") or "", spots, ids

    return _streets(ways())


def _streets(ways: Iterable[Way]) -> Streets:
    number: dict[int, int] = {}
    spots: list[tuple[float, float]] = []
    edges: list[tuple[int, int, int, int]] = []
    names: dict[int, Label] = {}
    for row, kind, name, line, ids in ways:
        for each, spot in zip(ids, line, strict=True):
            if each not in number:
                number[each] = len(spots)
                spots.append(spot)
        pairs = [(number[one], number[other]) for one, other in pairwise(ids) if one != other]
        edges += [(one, other, int(FLAGS.get(kind, 0)), row) for one, other in pairs]
        if name:
            names[row] = Label(name, name)
    lon, lat = np.array(spots).T
    u, v, flags, way = np.array(edges).T
    return streets_of(lon, lat, u, v, flags=flags, way=way, names=names)


def grid(side: int, step_m: float = 100.0) -> Streets:
    """`side` x `side` crossings."""
    node = np.arange(side * side, dtype=np.int32).reshape(side, side)
    u = np.concatenate([node[:, :-1].ravel(), node[:-1].ravel()])
    v = np.concatenate([node[:, 1:].ravel(), node[1:].ravel()])
    x, y = node.ravel() % side * step_m, node.ravel() // side * step_m
    nothing = np.zeros(len(u))
    return Streets((0.0, 0.0), x, y, u, v, np.full(len(u), step_m), nothing, np.arange(len(u)), {})


def strewn(streets: Streets, count: int, seed: int, *, off_m: float = 15.0) -> tuple[Floats, Floats]:
    """Points beside the streets, each metre of street as likely as any other."""
    draw = np.random.default_rng(seed)
    edge = draw.choice(streets.edges, count, p=streets.metres / streets.metres.sum())
    share = draw.random(count)
    x = streets.x[streets.u[edge]] * (1 - share) + streets.x[streets.v[edge]] * share
    y = streets.y[streets.u[edge]] * (1 - share) + streets.y[streets.v[edge]] * share
    return x + draw.normal(0, off_m, count), y + draw.normal(0, off_m, count)


def kinds_of(count: int, kinds: int, seed: int) -> Ints:
    """A kind for each point, some much more frequent than others."""
    draw = np.random.default_rng(seed)
    weights = 1 / np.arange(2, kinds + 2)
    return draw.choice(kinds, count, p=weights / weights.sum()).astype(np.int32)
