"""A town of four communities along two parallel streets, small enough to be reckoned by hand.

    y = 600 m   ====================== north street
                |                  #  <- a path with steps behind a locked gate, at x = 1,500
    y = 0       ====================== south street
    x =         0                  2,000

Communities are strips of 500 m from west to east. A door stands every 100 m on the south street, from x = 50 to x = 1,950.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils import timezone

from hexi.core.space.datum import metres_per_degree
from hexi.core.space.models import Place, Way
from hexi.core.space.walking import StreetFlag
from hexi.scenarios.life_circle.models import Outlet
from hexi.scenarios.population.models import Resident

WEST, SOUTH = 117.2, 39.08
EAST_M, NORTH_M = metres_per_degree(SOUTH)
DISTRICT, STREET = "120103", "120103001"
COMMUNITIES = tuple(f"{STREET}{number:03}" for number in range(1, 5))
Point = tuple[float, float]


def at(x: float, y: float) -> Point:
    """Metres from the south-west corner as degrees."""
    return round(WEST + x / EAST_M, 7), round(SOUTH + y / NORTH_M, 7)


def line(*points: Point) -> bytes:
    return struct.pack("<BII", 1, 2, len(points)) + b"".join(struct.pack("<dd", *point) for point in points)


def polygon(points: Sequence[Point]) -> bytes:
    ring = (*points, points[0])
    return struct.pack("<BIII", 1, 3, 1, len(ring)) + b"".join(struct.pack("<dd", *point) for point in ring)


def built() -> None:
    """Places, streets and doors; nobody lives there yet and there is no outlet."""
    _place(DISTRICT, "district", 0, 2000)
    _place(STREET, "street", 0, 2000)
    for number, code in enumerate(COMMUNITIES):
        _place(code, "community", 500 * number, 500 * number + 500)
    for number in range(20):
        x, community = 50 + 100 * number, COMMUNITIES[number // 5]
        lon, lat = at(x, 0)
        Place.objects.create(
            code=f"{community}01001{number + 1:03}01", level="doorway", name=f"{number + 1}号", lon=lon, lat=lat, homes=3, storeys=3,
            parent=f"{community}01001{number + 1:03}", origin="generated", updated_at=timezone.now(),
        )  # fmt: skip
    _way(1, StreetFlag.GATE_CLOSED | StreetFlag.STEPS, (at(1500, 0), at(1500, 600)))
    _way(2, StreetFlag(0), (at(0, 0), at(1500, 0), at(2000, 0)))
    _way(3, StreetFlag(0), (at(0, 600), at(1500, 600), at(2000, 600)))
    _way(4, StreetFlag(0), (at(0, 0), at(0, 600)))


def _place(code: str, level: str, west: float, east: float) -> None:
    corners = [at(west, -100), at(east, -100), at(east, 700), at(west, 700)]
    (left, low), (right, high) = corners[0], corners[2]
    Place.objects.create(
        code=code, level=level, name=f"示例{code[-3:]}", name_en=f"Sample {code[-3:]}", parent=code[:-3] if level != "district" else "",
        lon=(left + right) / 2, lat=(low + high) / 2, west=left, south=low, east=right, north=high, geometry=polygon(corners),
        origin="generated", updated_at=timezone.now(),
    )  # fmt: skip


def _way(number: int, flags: StreetFlag, points: Sequence[Point]) -> None:
    lons, lats = [point[0] for point in points], [point[1] for point in points]
    Way.objects.create(
        code=f"W{number:07}", source="sketch", ref=str(number), kind="footway", west=min(lons), east=max(lons), south=min(lats),
        north=max(lats), geometry=line(*points), cell=0, updated_at=timezone.now(), walkable=True, flags=int(flags), length_m=0,
    )  # fmt: skip


def outlet(kind: str, x: float, y: float = 0, **more: object) -> Outlet:
    lon, lat = at(x, y)
    place = COMMUNITIES[min(3, int(x // 500))]
    code = f"T{Outlet.objects.count() + 1:07}"
    return Outlet.objects.create(code=code, kind=kind, name=f"示例{kind}", lon=Decimal(str(lon)), lat=Decimal(str(lat)), place=place, **more)


def resident(door: int, age: int) -> None:
    """Somebody of that age behind the door of that number, counted from 1 in the west."""
    community, year = COMMUNITIES[(door - 1) // 5], timezone.localdate().year - age
    Resident.objects.create(
        name="示例·某", sex="female", born_on=date(year, 1, 1), home=f"{community}01001{door:03}01", residence="registered", lives_alone=False
    )  # fmt: skip
