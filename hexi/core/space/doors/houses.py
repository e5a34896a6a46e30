"""The buildings of the place tree that a map has: known ones get their outline, others are entered where their grid is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from hexi.core.space.addresses.reading import house_key
from hexi.core.space.contracts import WIDTHS, Level, PointBy, level_of
from hexi.core.space.datum import metres_per_degree
from hexi.core.space.doors.contracts import DoorWish
from hexi.core.space.doors.keeping import Turned, changed, entered
from hexi.core.space.doors.making import Below
from hexi.core.space.doors.numbering import BESIDE
from hexi.core.space.ground import rules
from hexi.core.space.ground.tables import Footprint
from hexi.core.space.ground.things import Bad
from hexi.core.space.ground.valid import standing_in
from hexi.core.space.models import Place
from hexi.core.space.places import standing
from hexi.core.space.shapes import places_at
from hexi.kernel.errors import Conflict
from hexi.kernel.label import t

WHY = "地图导入"
FULL = t("所在网格的楼栋编码已用完，未进入地点库", "No building codes are left in its grid; not entered into the place tree")
BESIDE_M = 3.0


@dataclass(frozen=True, slots=True)
class House:
    """A building of the tree with its outline on the map."""

    code: str
    shape: Any


@dataclass(frozen=True, slots=True)
class _Print:
    """A footprint of the map, as far as it matters here."""

    pk: int
    code: str
    ref: str
    name: str
    address: str
    place: str
    kind: str
    storeys: int | None
    height_m: float | None
    shape: Any


def houses_of(source: str, bad: list[Bad]) -> list[House]:
    """Every building of the map that has doors, as a building of the tree. In the caller's transaction."""
    prints = _prints(source)
    left = [one for one in prints if level_of(one.place) is not Level.BUILDING]
    met = {one.pk: one.place for one in prints if level_of(one.place) is Level.BUILDING}
    known = _known(left)
    _outline({code: one for one in left if (code := known.get(one.pk))})
    made = _made([one for one in left if one.pk not in known], bad)
    for pk, code in (known | made).items():
        Footprint.objects.filter(pk=pk).update(place=code)
    codes = met | known | made
    return [House(codes[one.pk], one.shape) for one in prints if one.pk in codes]


def _prints(source: str) -> list[_Print]:
    rows = standing_in(Footprint).filter(source=source).exclude(kind__in=rules.rules()["doors"]["no_door"]).exclude(place="")
    columns = ("pk", "code", "ref", "name", "address", "place", "kind", "storeys", "height_m", "geometry")
    return [_print(*row) for row in rows.order_by("code").values_list(*columns)]


def _print(*row: Any) -> _Print:
    *own, geometry = row
    return _Print(*own, shape=shapely.from_wkb(bytes(geometry)))


def _known(prints: Sequence[_Print]) -> dict[int, str]:
    """Buildings of the tree without an outline that these are: by the doors that a list has there, else by their number in the compound."""
    if not prints:
        return {}
    bare = set(standing().filter(level=Level.BUILDING, geometry__isnull=True).values_list("code", flat=True))
    found: dict[int, str] = {}
    for pk, code in (*_by_doors(prints, bare), *_by_number(prints, bare)):
        if code not in found.values():
            found.setdefault(pk, code)
    return found


def _by_doors(prints: Sequence[_Print], bare: set[str]) -> list[tuple[int, str]]:
    rows = [
        row
        for row in standing().filter(level=Level.DOORWAY, point_by=PointBy.LIST).values_list("parent", "lon", "lat")
        if row[0] in bare
    ]
    if not rows:
        return []
    points = shapely.points([(lon, lat) for _, lon, lat in rows])
    _, north_m = metres_per_degree(rows[0][2])
    tree = shapely.STRtree(np.array([one.shape for one in prints], dtype=object))
    ones, twos = tree.query(points, predicate="dwithin", distance=BESIDE_M / north_m)
    pairs: list[tuple[int, int]] = list(zip(ones.tolist(), twos.tolist(), strict=True))
    votes = Counter((prints[two].pk, str(rows[one][0])) for one, two in pairs)
    return [pair for pair, _ in votes.most_common()]


def _by_number(prints: Sequence[_Print], bare: set[str]) -> list[tuple[int, str]]:
    numbers = {(code[: WIDTHS[Level.COMPOUND]], house_key(name)): code for code, name in _names(bare)}
    around = zip(prints, _compounds(prints), strict=True)
    found = [(one.pk, numbers.get((compound, house_key(one.name)))) for one, compound in around if compound]
    return [(pk, code) for pk, code in found if code]


def _names(codes: set[str]) -> list[tuple[str, str]]:
    return [row for row in standing().filter(level=Level.BUILDING).values_list("code", "name") if row[0] in codes and house_key(row[1])]


def _compounds(prints: Sequence[_Print]) -> list[str | None]:
    middles = shapely.get_coordinates(shapely.point_on_surface(np.array([one.shape for one in prints], dtype=object)))
    return places_at([(float(x), float(y)) for x, y in middles], Level.COMPOUND)


def _made(prints: Sequence[_Print], bad: list[Bad]) -> dict[int, str]:
    """New buildings of the tree, in their compound or beside all of them; none where no grid is round them."""
    around = _compounds(prints) if prints else []
    homes: dict[int, str] = {one.pk: compound or one.place for one, compound in zip(prints, around, strict=True)}
    within = [one for one in prints if level_of(homes[one.pk]) in (Level.GRID, Level.COMPOUND)]
    below, found = Below(set(homes.values())), dict[int, str]()
    for one in within:
        try:
            found[one.pk] = _entered(below, homes[one.pk], one).code
        except Conflict:
            bad.append(Bad(one.ref, FULL))
    entered(below.fresh, WHY)
    return found


def _entered(below: Below, home: str, one: _Print) -> Place:
    wish = DoorWish(home)
    if level_of(home) is Level.GRID:
        home = below.part(home, BESIDE, wish)[0].code
    # Two houses of a compound may have one name on the map; the second one is called by its own code.
    said = one.name or one.address or f"楼{one.code}"
    row, is_new = below.part(home, said, wish)
    if not is_new:
        row, is_new = below.part(home, f"{said}（{one.code}）", wish)
    for name, value in _shape_values(one).items():
        setattr(row, name, value)
    return row


def _outline(prints: Mapping[str, _Print]) -> None:
    """The outline of the map for buildings that had none."""
    rows = {row.code: row for row in Place.objects.filter(code__in=list(prints))}
    turned = [Turned(row, _shape_values(prints[code])) for code, row in rows.items()]
    changed("redraw", turned, WHY)


def _shape_values(one: _Print) -> dict[str, Any]:
    west, south, east, north = one.shape.bounds
    outline: shapely.Geometry = one.shape
    ((lon, lat),) = shapely.get_coordinates(shapely.point_on_surface(outline)).tolist()
    east_m, north_m = metres_per_degree(lat)
    return {
        "geometry": shapely.to_wkb(one.shape), "west": west, "south": south, "east": east, "north": north, "lon": lon, "lat": lat,
        "area_m2": round(one.shape.area * east_m * north_m, 1), "storeys": one.storeys, "height_m": one.height_m, "is_drawn": False,
    }  # fmt: skip
