"""What is built on a plot: usual measures of Chinese city housing, chosen by hand so that the picture looks right."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """One kind of building in rows. `unit_m` is the length of one staircase, `homes` the homes on one storey of one staircase.

    `pitch_m` is the distance from one row's south wall to the next one's: the winter sun's rule makes it grow with the height.
    """

    kind: str
    storeys: tuple[int, int]
    depth_m: tuple[float, float]
    unit_m: tuple[float, float]
    units: tuple[int, int]
    gap_m: tuple[float, float]
    pitch_m: tuple[float, float]
    storey_m: float = 2.9
    homes: int = 0


LANE = Style("row", (2, 3), (8.5, 10.5), (7.5, 9.0), (4, 6), (4, 6), (15.5, 18), homes=2)
VILLA = Style("villa", (2, 3), (12.0, 14.0), (14.0, 16.0), (1, 1), (8, 12), (22, 26), storey_m=3.3, homes=1)
OLD = Style("slab", (5, 7), (10.5, 12.5), (12.5, 14.5), (3, 4), (7, 11), (23, 27), homes=2)
WORKERS = Style("slab", (5, 6), (10.0, 11.0), (12.0, 14.0), (3, 5), (6, 9), (22, 25), homes=3)
MIDDLE = Style("slab", (9, 11), (13.0, 14.5), (20.0, 24.0), (2, 3), (12, 16), (34, 40), homes=2)
PLATE = Style("plate", (16, 20), (15.0, 16.5), (25.0, 29.0), (1, 2), (15, 22), (44, 50), homes=4)
TOWER = Style("tower", (24, 33), (23.0, 27.0), (27.0, 32.0), (1, 1), (19, 26), (50, 58), homes=6)

SCHOOL = Style("school", (3, 5), (13.0, 16.0), (36.0, 58.0), (1, 1), (12, 18), (28, 34), storey_m=3.8)
WARD = Style("hospital", (5, 15), (18.0, 24.0), (42.0, 64.0), (1, 1), (14, 20), (40, 50), storey_m=3.9)
OFFICE = Style("office", (12, 26), (24.0, 34.0), (32.0, 48.0), (1, 1), (18, 26), (48, 60), storey_m=3.9)
HALL = Style("hall", (1, 3), (24.0, 32.0), (36.0, 56.0), (1, 1), (12, 18), (40, 50), storey_m=5.4)

# Housing of a compound by the street's age: the rows follow a list from south to north; the weight is the list's share.
HOUSING: dict[str, tuple[tuple[float, tuple[Style, ...]], ...]] = {
    "lanes": ((0.36, (LANE,)), (0.06, (VILLA,)), (0.3, (OLD,)), (0.08, (MIDDLE,)), (0.1, (TOWER,)), (0.1, (OLD, OLD, TOWER))),
    "old": ((0.46, (OLD,)), (0.26, (WORKERS,)), (0.06, (MIDDLE,)), (0.06, (MIDDLE, PLATE)), (0.08, (TOWER,)), (0.08, (OLD, OLD, PLATE))),
    "mixed": ((0.36, (OLD,)), (0.16, (WORKERS,)), (0.12, (MIDDLE,)), (0.14, (PLATE,)), (0.12, (TOWER,)), (0.1, (MIDDLE, PLATE, TOWER))),
    "new": ((0.14, (OLD,)), (0.2, (MIDDLE,)), (0.22, (PLATE,)), (0.18, (TOWER,)), (0.22, (MIDDLE, PLATE, TOWER)), (0.04, (VILLA, MIDDLE))),
}
# What is tried when the first choice leaves the plot nearly empty.
FALLBACK: dict[str, tuple[Style, ...]] = {"lanes": (LANE,), "old": (OLD,), "mixed": (OLD,), "new": (OLD,)}
LEAST_COVER = {"row": 0.3, "villa": 0.14, "slab": 0.22, "plate": 0.14, "tower": 0.12}

# Use of a plot by the street's age; what is missing to 1 is housing.
USES: dict[str, dict[str, float]] = {
    "lanes": {"school": 0.045, "hospital": 0.012, "office": 0.09, "mall": 0.012, "market": 0.015, "green": 0.03},
    "old": {"school": 0.045, "hospital": 0.009, "office": 0.025, "mall": 0.01, "market": 0.022, "green": 0.03},
    "mixed": {"school": 0.04, "hospital": 0.009, "office": 0.035, "mall": 0.01, "market": 0.016, "works": 0.02, "green": 0.035},
    "new": {"school": 0.045, "hospital": 0.008, "office": 0.03, "mall": 0.012, "market": 0.01, "works": 0.02, "green": 0.045},
}

# Share of plots along larger roads that have a strip of shops there.
SHOPS = {"lanes": 0.45, "old": 0.55, "mixed": 0.4, "new": 0.25}

# Homes on one storey behind one door, by the kind of the building; kinds that are missing are no housing.
HOMES = {style.kind: style.homes for style in (LANE, VILLA, OLD, PLATE, TOWER)}
