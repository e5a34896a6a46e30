"""Outlets as a map brings them: new ones in, known ones followed, and what a person confirmed left as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from hexi.kit import Arrived, Change, Keeper, Shown, Spot, distance_m, insert_many, platform_change, t
from hexi.scenarios.life_circle.codes import fresh_codes
from hexi.scenarios.life_circle.kinds import kind_of, tag_keys
from hexi.scenarios.life_circle.models import Outlet

WHY = "地图导入"
NEAR_M = 50.0
"""An outlet of the same kind and name within so many metres is the same one, drawn anew."""
POINT = ("lon", "lat", "place")
SAME, NEW, MOVED, CHANGED, RENUMBERED, RETURNED, GONE, KEPT = (
    "same", "new", "moved", "changed", "renumbered", "returned", "gone", "kept"
)  # fmt: skip


def keep(arrived: Arrived) -> Mapping[str, int]:
    """What the file says of the outlets in its area into the register; runs in the import's transaction."""
    known = {row.ref: row for row in Outlet.objects.filter(source=arrived.source).exclude(ref="")}
    left: list[Spot] = []
    counts: Counter[str] = Counter()
    with platform_change("map", WHY) as change:
        for spot in arrived.spots:
            row = known.pop(spot.ref, None)
            if row is None:
                left.append(spot)
            else:
                counts.update(_follow(change, row, spot))
        gone = [row for row in known.values() if row.off_map_on is None and arrived.holds(float(row.lon), float(row.lat))]
        fresh = _renumbered(change, left, gone, counts)
        for row in gone:
            change.save(row, off_map_on=localdate())
        counts[GONE] = len(gone)
    insert_many(_made(fresh, arrived.source), "map", WHY)
    counts[NEW] = len(fresh)
    return {key: count for key, count in counts.items() if count}


def values_of(spot: Spot) -> dict[str, Any]:
    """The fields that a map knows."""
    tags = spot.tags
    brand = tags.get("brand", "")
    wheelchair = tags.get("wheelchair", "")
    return {
        "name": tags.get("name", "")[:120], "kind": kind_of(tags), "place": spot.place, "address": _address(tags),
        "lon": Decimal(f"{spot.lon:.7f}"), "lat": Decimal(f"{spot.lat:.7f}"), "opening_hours": tags.get("opening_hours", "")[:160],
        "brand": brand[:80], "chain": True if brand else None, "wheelchair": wheelchair if wheelchair in {"yes", "no", "limited"} else "",
    }  # fmt: skip


def _address(tags: Mapping[str, str]) -> str:
    number, street = tags.get("addr:housenumber", ""), tags.get("addr:street", "")
    return (tags.get("addr:full", "") or (f"{street}{number}" if number and street else ""))[:160]


def _follow(change: Change, row: Outlet, spot: Spot) -> list[str]:
    """What became of a known outlet: a confirmed one stays as the person left it."""
    values = values_of(spot)
    differs = {name: value for name, value in values.items() if getattr(row, name) != value}
    back: dict[str, date | None] = {"off_map_on": None} if row.off_map_on else {}
    if row.confirmed_on and differs:
        if back:
            change.save(row, **back)
        return [KEPT]
    if not differs and not back:
        return [SAME]
    change.save(row, **differs, **back)
    moved = any(name in differs for name in POINT)
    return [*([RETURNED] if back else []), *([MOVED] if moved else []), *([CHANGED] if set(differs) - set(POINT) else [])]


def _renumbered(change: Change, spots: list[Spot], gone: list[Outlet], counts: Counter[str]) -> list[Spot]:
    """Spots that no outlet fits; the others give their outlet its new number, and it is no longer among those that are gone."""
    by_name: dict[tuple[str, str], list[Outlet]] = {}
    for row in gone:
        by_name.setdefault((row.kind, row.name), []).append(row)
    fresh: list[Spot] = []
    for spot in spots:
        twin = _twin(spot, by_name.get((kind_of(spot.tags), spot.tags.get("name", "")), []))
        if twin is None:
            fresh.append(spot)
            continue
        by_name[twin.kind, twin.name].remove(twin)
        gone.remove(twin)
        change.save(twin, ref=spot.ref)
        counts[RENUMBERED] += 1
    return fresh


def _twin(spot: Spot, rows: list[Outlet]) -> Outlet | None:
    away = [(distance_m((spot.lon, spot.lat), (float(row.lon), float(row.lat))), row.pk, row) for row in rows]
    near = min(away, default=None)
    return near[2] if near and near[0] <= NEAR_M else None


def _made(spots: list[Spot], source: str) -> list[Outlet]:
    codes = fresh_codes(len(spots))
    return [Outlet(code=code, source=source, ref=spot.ref, **values_of(spot)) for code, spot in zip(codes, spots, strict=True)]


def shown() -> Iterator[Shown]:
    """Outlets that stand, for the base map."""
    rows = Outlet.objects.filter(closed_on__isnull=True, off_map_on__isnull=True, lon__isnull=False, lat__isnull=False).order_by("pk")
    for pk, lon, lat, kind, name, hours in rows.values_list("pk", "lon", "lat", "kind", "name", "opening_hours"):
        yield Shown(pk, float(lon), float(lat), kind, name, hours=hours)


KEEPER = Keeper("outlets", t("便民网点", "outlets"), tag_keys(), lambda tags: bool(kind_of(tags)), keep, shown)
