"""Plots between the roads, what they are used for, and the buildings on them."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.random import Generator
from numpy.typing import NDArray
from shapely import LineString, Polygon

from hexi.core.space.generator import plan, styles
from hexi.core.space.generator.ground import Feature, Ground, largest
from hexi.core.space.generator.layout import Footprint, facing, rows, shop_strips, turned
from hexi.core.space.generator.sheet import Numbers, Points, Shapes, bend, polygons
from hexi.core.space.generator.styles import Style

SMALLEST_PLOT_M2 = 1300
MALL_M2 = 9000
# A running track: length of the straights and width, tried from large to small.
TRACKS = ((58.0, 62.0), (40.0, 46.0), (26.0, 32.0))


@dataclass(frozen=True, slots=True)
class Compound:
    """One walled plot with its buildings, in metres; `grid` is the number of the grid it lies in."""

    grid: int
    use: str
    plot: Polygon
    buildings: tuple[Footprint, ...]


@dataclass(frozen=True, slots=True)
class Built:
    compounds: tuple[Compound, ...]
    greens: tuple[Feature, ...]


def build(grids: Shapes, street: Numbers, base: Ground, seed: int) -> Built:
    """Compounds of all grids (in metres). Each grid draws from its own stream of chance, so that one more grid changes no other."""
    plots = _plots(grids, base)
    tree = shapely.STRtree(base.major_roads)
    heights = _heights(grids).tolist()
    compounds: list[Compound] = []
    greens: list[Feature] = []
    parks: list[int] = base.park_of_grid.tolist()
    streets: list[int] = street.tolist()
    for number, plot in enumerate(plots):
        if parks[number] >= 0 or plot.area < SMALLEST_PLOT_M2:
            continue
        rng = np.random.default_rng([seed, 3, number])
        era = plan.STREETS[streets[number]].era
        use = _use(era, int(heights[number]), rng)
        if use == "green":
            greens.append(Feature("green", "garden", shapely.simplify(plot, 1), "示例口袋公园", "Sample pocket park"))
            continue
        site = _Site(plot, era, int(heights[number]), tree, rng)
        buildings, extra = site.build(use)
        greens += extra
        standing = tuple(each for each in buildings if shapely.contains(plot, Polygon(each.ring)))
        if standing:
            compounds.append(Compound(number, use, plot, standing))
    return Built(tuple(compounds), tuple(greens))


def _plots(grids: Shapes, base: Ground) -> list[Polygon]:
    touching = shapely.STRtree(base.closed).query(grids, predicate="intersects")
    obstacles: list[list[int]] = [[] for _ in grids]
    pairs: list[tuple[int, int]] = touching.T.tolist()
    for grid, obstacle in pairs:
        obstacles[grid].append(obstacle)
    plots: list[Polygon] = []
    for grid, mine in zip(polygons(grids), obstacles, strict=True):
        free = shapely.difference(grid, shapely.union_all(base.closed[mine]))
        plots.append(largest(shapely.simplify(largest(shapely.buffer(free, -2)), 0.8)))
    return plots


def _heights(grids: Shapes) -> NDArray[np.float64]:
    """The highest storey that offices reach at each grid: towers gather round the plan's centres."""
    middles = shapely.get_coordinates(shapely.centroid(grids))
    highest = np.zeros(len(grids))
    for at, reach, storeys in plan.CENTRES:
        away = np.hypot(*(middles - bend(np.array([at], dtype=float))[0]).T)
        highest = np.maximum(highest, np.where(away < reach, storeys * (1 - 0.5 * away / reach), 0))
    return highest


def _use(era: str, centre: int, rng: Generator) -> str:
    chances = dict(styles.USES[era])
    if centre:
        chances["office"] += 0.28
        chances["mall"] += 0.1
    draw = rng.random()
    for use, chance in chances.items():
        draw -= chance
        if draw < 0:
            return use
    return "housing"


@dataclass(slots=True)
class _Site:
    plot: Polygon
    era: str
    centre: int
    tree: shapely.STRtree
    rng: Generator

    def build(self, use: str) -> tuple[list[Footprint], list[Feature]]:
        if use == "mall":
            return self._mall(), []
        if use == "school":
            buildings, greens = self._school()
            return (buildings, greens) if buildings else self._housing()
        if use == "housing":
            return self._housing()
        fixed = {"hospital": styles.WARD, "market": styles.HALL, "works": styles.HALL, "office": self._office()}
        return self._rows(shapely.buffer(self.plot, -9), (fixed[use],), facing(self.plot)), []

    def _rows(self, room: shapely.Geometry, chosen: tuple[Style, ...], angle: float) -> list[Footprint]:
        free = largest(shapely.transform(room, lambda points: turned(points, -angle)))
        return [each.turned(angle) for each in rows(free, chosen, self.rng)]

    def _office(self) -> Style:
        top = max(self.centre, 14)
        usual = styles.OFFICE
        return Style(
            usual.kind, (max(6, top // 2), top), usual.depth_m, usual.unit_m, usual.units, usual.gap_m, usual.pitch_m, usual.storey_m
        )

    def _housing(self) -> tuple[list[Footprint], list[Feature]]:
        options = styles.HOUSING[self.era]
        weights = np.array([weight for weight, _ in options])
        chosen = options[self.rng.choice(len(options), p=weights / weights.sum())][1]
        angle = facing(self.plot)
        if chosen[0] not in (styles.LANE, styles.WORKERS) and self.rng.random() < 0.4:
            angle *= 0.3
        shops = shop_strips(self.plot, self.tree, self.rng) if self.rng.random() < styles.SHOPS[self.era] else []
        room: shapely.Geometry = shapely.buffer(self.plot, -self.rng.uniform(3.5, 6))
        if shops:
            room = shapely.difference(room, shapely.buffer(shapely.multipolygons([Polygon(each.ring) for each in shops]), 7))
        garden = self._garden(chosen)
        open_room = shapely.difference(room, shapely.buffer(garden.shape, 5)) if garden else room
        homes = self._rows(open_room, chosen, angle)
        if self._is_bare(homes, largest(room), chosen[0]):
            homes, garden = self._rows(room, styles.FALLBACK[self.era], facing(self.plot)), None
        return [*shops, *homes], [garden] if garden else []

    def _is_bare(self, homes: list[Footprint], room: Polygon, style: Style) -> bool:
        covered = sum(Polygon(each.ring).area for each in homes)
        return covered < styles.LEAST_COVER[style.kind] * 0.8 * room.area

    def _garden(self, chosen: tuple[Style, ...]) -> Feature | None:
        if self.plot.area < 15_000 or chosen[0].pitch_m[0] < 35 or self.rng.random() < 0.35:
            return None
        middle = shapely.get_coordinates(shapely.centroid(self.plot))[0] + self.rng.normal(0, 8, 2)
        around = np.linspace(0, 2 * np.pi, 12, endpoint=False)
        radius = self.rng.uniform(15, 24) * (1 + 0.18 * np.sin(2 * around + self.rng.uniform(0, 6)))
        ring = middle + radius[:, None] * np.column_stack([np.cos(around), np.sin(around)])
        return Feature("green", "garden", Polygon(ring))

    def _mall(self) -> list[Footprint]:
        body = largest(shapely.buffer(self.plot, -15))
        if body.is_empty:
            return []
        if body.area > MALL_M2:
            middle = shapely.get_coordinates(shapely.centroid(body))[0]
            half = np.sqrt(MALL_M2) / 2
            frame = np.array([(-1.25, -0.8), (1.25, -0.8), (1.25, 0.8), (-1.25, 0.8)]) * half
            body = largest(shapely.intersection(body, Polygon(turned(frame, facing(self.plot)) + middle)))
        body = largest(shapely.simplify(body, 3))
        storeys = int(self.rng.integers(4, 8))
        door = shapely.get_coordinates(shapely.point_on_surface(body))
        return [Footprint(shapely.get_coordinates(body.exterior)[:-1], storeys, round(storeys * 5.2 + 2, 1), "mall", door)]

    def _school(self) -> tuple[list[Footprint], list[Feature]]:
        angle = facing(self.plot)
        room = largest(shapely.transform(shapely.buffer(self.plot, -7), lambda points: turned(points, -angle)))
        track = _track(room)
        greens: list[Feature] = []
        if track:
            room = largest(shapely.difference(room, shapely.buffer(track, 8)))
            pitch = shapely.transform(track, lambda points: turned(points, angle))
            greens.append(Feature("green", "pitch", pitch, "示例操场", "Sample pitch"))
        return [each.turned(angle) for each in rows(room, (styles.SCHOOL,), self.rng)], greens


def _track(room: Polygon) -> Polygon | None:
    """The largest running track that fits into the south of the room, lying east to west or upright."""
    if room.is_empty:
        return None
    west, south, east, north = room.bounds
    for straight, width in TRACKS:
        for lying in (True, False):
            shape = _stadium(straight, width, lying)
            for y in np.linspace(south, (south + north) / 2, 5):
                for x in np.linspace(west, east, 9):
                    placed = shapely.transform(shape, lambda points, x=x, y=y: points + np.array([x, y]))
                    if shapely.contains(room, placed):
                        return placed
    return None


def _stadium(straight: float, width: float, lying: bool) -> Polygon:
    radius = width / 2
    line = np.array([(radius, radius), (radius + straight, radius)])
    points: Points = line if lying else line[:, ::-1]
    return shapely.buffer(LineString(points), radius, quad_segs=4)
