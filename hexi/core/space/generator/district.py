"""The whole reference district from one seed: places of every level and the ground under them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
import shapely
from numpy.typing import NDArray

from hexi.core.space.contracts import WIDTHS, Level
from hexi.core.space.facts import Facts, NamedPlace
from hexi.core.space.generator import names, plan
from hexi.core.space.generator.compounds import Built, Compound, build
from hexi.core.space.generator.ground import Feature, Ground, ground
from hexi.core.space.generator.partition import Partition, partition
from hexi.core.space.generator.sheet import DECIMALS, Numbers, Points, Shapes, in_degrees, in_metres, to_degrees
from hexi.core.space.generator.skeleton import skeleton
from hexi.core.space.generator.styles import HOMES
from hexi.core.space.generator.walkways import Entrance, Walkway, walkways

SEED = 2025


@dataclass(slots=True)
class Table:
    """Places of one level as columns. `shapes` are in degrees; doorways have none, only `points`."""

    level: Level
    codes: list[str] = field(default_factory=list[str])
    names: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    kinds: list[str] = field(default_factory=list[str])
    are_facts: list[bool] = field(default_factory=list[bool])
    storeys: list[int] = field(default_factory=list[int])
    heights_m: list[float] = field(default_factory=list[float])
    homes: list[int] = field(default_factory=list[int])
    shapes: Shapes | None = None
    points: Points = field(default_factory=lambda: np.empty((0, 2)))
    areas_m2: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))

    def add(self, code: str, name: tuple[str, str], kind: str = "", is_fact: bool = False) -> None:
        self.codes.append(code)
        self.names.append(name)
        self.kinds.append(kind)
        self.are_facts.append(is_fact)

    def draw(self, shapes: Shapes) -> None:
        """Take the shapes (degrees), and from them the areas and a point well inside each."""
        self.shapes = shapes
        self.areas_m2 = np.round(shapely.area(in_metres(shapes)), 1)
        large = self.level in (Level.DISTRICT, Level.STREET, Level.COMMUNITY)
        inside = shapely.maximum_inscribed_circle(in_metres(shapes), 5.0) if large else None
        self.points = _label_points(inside) if inside is not None else shapely.get_coordinates(shapely.point_on_surface(shapes))
        self.points = np.round(self.points, DECIMALS)


def _label_points(circles: Shapes) -> Points:
    starts = shapely.get_point(circles, 0)
    return to_degrees(shapely.get_coordinates(starts))


@dataclass(frozen=True, slots=True)
class Drawn:
    """`ground`, `ways` and `gates` are in degrees; numbers of compounds are rows of their table."""

    tables: tuple[Table, ...]
    ground: tuple[Feature, ...]
    ways: tuple[Walkway, ...] = ()
    gates: tuple[Entrance, ...] = ()


def draw(facts: Facts, seed: int = SEED) -> Drawn:
    """The district; the same facts and seed give the same places to the last digit."""
    drawn = skeleton()
    cut = partition(drawn, np.random.default_rng([seed, 1]))
    base = ground(drawn, cut, np.random.default_rng([seed, 2]))
    built = build(in_metres(cut.grids), cut.street, base, seed)
    areas, grid_codes = _areas(facts, cut)
    tables = (*areas, *_built_tables(built, cut, grid_codes, seed))
    features = tuple(_ground_features(base, built))
    ways, gates = walkways(cut.grids, _shapes_of(tables, Level.COMPOUND), features)
    return Drawn(tables, features, tuple(ways), tuple(gates))


def _shapes_of(tables: tuple[Table, ...], level: Level) -> Shapes:
    shapes = next(table.shapes for table in tables if table.level is level)
    assert shapes is not None
    return shapes


def _areas(facts: Facts, cut: Partition) -> tuple[list[Table], list[str]]:
    """District, streets, communities and grids, and the code of each grid."""
    district, streets, communities, grids = (Table(level) for level in list(Level)[:4])
    district.add(facts.district.code, (facts.district.name, facts.district.name_en), is_fact=True)
    district.draw(_merged([cut.grids]))
    known = {street.code: street for street in facts.streets}
    street_shapes: list[Shapes] = []
    community_shapes: list[Shapes] = []
    grid_shapes: list[Shapes] = []
    codes = [""] * len(cut.grids)
    for number, street in enumerate(plan.STREETS):
        named = known[street.code]
        streets.add(named.code, (named.name, named.name_en), is_fact=True)
        street_shapes.append(cut.grids[cut.street == number])
        mine = _north_to_south(cut, np.unique(cut.community[cut.street == number]))
        for community, (code, name, is_fact) in zip(mine, _community_names(facts, named, len(mine)), strict=True):
            communities.add(code, name, is_fact=is_fact)
            inside = np.flatnonzero(cut.community == community)
            community_shapes.append(cut.grids[inside])
            for grid_number, grid in enumerate(_reading_order(cut.grids, inside), start=1):
                codes[grid] = f"{code}{grid_number:02}"
                grids.add(codes[grid], names.grid_name(grid_number))
                grid_shapes.append(cut.grids[[grid]])
    streets.draw(_merged(street_shapes))
    communities.draw(_merged(community_shapes))
    grids.draw(np.concatenate(grid_shapes))
    return [district, streets, communities, grids], codes


def _merged(parts: list[Shapes]) -> Shapes:
    return np.array([shapely.coverage_union_all(each) for each in parts], dtype=object)


def _north_to_south(cut: Partition, communities: Numbers) -> list[int]:
    """Communities in an order of their own: where the real ones lie is not known here, so codes are handed out from north to south."""
    tops = [shapely.bounds(cut.grids[cut.community == each])[:, 3].max() for each in communities]
    return [int(communities[n]) for n in np.argsort(-np.array(tops), kind="stable")]


def _reading_order(shapes: Shapes, chosen: Numbers) -> list[int]:
    middles = shapely.get_coordinates(shapely.centroid(shapes[chosen]))
    rows = np.round(middles[:, 1] / 0.0015)
    return [int(chosen[n]) for n in np.lexsort((middles[:, 0], -rows))]


def _community_names(facts: Facts, street: NamedPlace, count: int) -> list[tuple[str, tuple[str, str], bool]]:
    """Code, name and whether it is a fact, by code; numbered samples make up what is not known."""
    width = WIDTHS[Level.COMMUNITY]
    real = [each for each in facts.communities if each.code.startswith(street.code) and len(each.code) == width][:count]
    found = [(each.code, (each.name, each.name_en), True) for each in real]
    free = (n for n in range(1, 1000) if f"{street.code}{n:03}" not in {each.code for each in real})
    for number in islice(free, count - len(real)):
        found.append((f"{street.code}{number:03}", names.community_name(street.name, street.name_en, number), False))
    return sorted(found)


def _built_tables(built: Built, cut: Partition, grid_codes: list[str], seed: int) -> tuple[Table, Table, Table]:
    compounds, buildings, doorways = (Table(level) for level in list(Level)[4:])
    naming = names.CompoundNames(np.random.default_rng([seed, 4]))
    ordered = sorted(built.compounds, key=lambda each: grid_codes[each.grid])
    streets: list[int] = cut.street.tolist()
    for compound in ordered:
        code = f"{grid_codes[compound.grid]}001"
        compounds.add(code, naming.name(compound.use, plan.STREETS[streets[compound.grid]].era), compound.use)
        _add_buildings(compound, code, buildings, doorways)
    standing = [building for compound in ordered for building in compound.buildings]
    compounds.draw(in_degrees(np.array([each.plot for each in ordered], dtype=object)))
    buildings.draw(in_degrees(shapely.polygons([shapely.linearrings(each.ring) for each in standing])))
    doorways.points = to_degrees(np.vstack([each.doors for each in standing]))
    return compounds, buildings, doorways


def _add_buildings(compound: Compound, compound_code: str, buildings: Table, doorways: Table) -> None:
    """Houses and shops are numbered apart, as their plates are."""
    plates = {True: 0, False: 0}
    for number, building in enumerate(compound.buildings, start=1):
        is_shop = building.kind == "shop"
        plates[is_shop] += 1
        code = f"{compound_code}{number:03}"
        buildings.add(code, names.building_name(building.kind, plates[is_shop]), building.kind)
        buildings.storeys.append(building.storeys)
        buildings.heights_m.append(building.height_m)
        for door in range(1, len(building.doors) + 1):
            doorways.add(f"{code}{door:02}", names.doorway_name(door, building.kind in HOMES), building.kind)
            doorways.storeys.append(building.storeys)
            doorways.homes.append(building.storeys * HOMES.get(building.kind, 0))


def _ground_features(base: Ground, built: Built) -> Iterator[Feature]:
    features = [*base.features, *built.greens]
    shapes = in_degrees(np.array([each.shape for each in features], dtype=object))
    for feature, shape in zip(features, shapes, strict=True):
        yield Feature(feature.kind, feature.rank, shape, feature.name, feature.name_en)
