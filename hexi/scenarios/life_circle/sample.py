"""Invented outlets for the reference district, the same for the same seed: how many of each kind is ours, not a statistic."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from hexi.kit import Invented, Level, Progress, insert_sample, invent_people, places_of, t
from hexi.scenarios.life_circle.circles import form_sample
from hexi.scenarios.life_circle.kinds import kinds
from hexi.scenarios.life_circle.models import Outlet

SEED = 20251120
COUNTS = {
    "convenience": 420, "supermarket": 60, "market": 30, "greengrocer": 240, "breakfast": 210, "hairdresser": 320, "laundry": 110,
    "pharmacy": 170, "copyshop": 80, "housekeeping": 60, "repair": 130, "recycling": 60, "parcel_locker": 460, "parcel_point": 200,
    "forward_warehouse": 25, "eldercare": 46, "childcare": 40, "canteen": 60, "cafe": 110, "bakery": 120, "restaurant": 560, "gym": 80,
    "bookshop": 25, "florist": 70, "pet": 60, "massage": 90, "training": 120, "car_wash": 40, "clinic": 90, "hospital": 8,
    "kindergarten": 75, "school": 60, "culture": 60, "playground": 130, "bank": 90, "toilets": 110, "bus_stop": 260, "station": 24,
}  # fmt: skip
AT_HOMES = {"parcel_locker", "playground", "eldercare", "canteen", "recycling", "kindergarten", "childcare", "toilets", "culture"}
TRADE = {"shop", "mall", "market", "office"}
HOURS = ("Mo-Su 07:00-21:00", "Mo-Su 08:30-20:00", "Mo-Su 06:00-10:30", "24/7", "Mo-Fr 09:00-11:30,13:30-17:30", "")
JITTER_M, DEGREE_M = 12, 111_000
CLUSTER = 0.55
"""Ours: the share of outlets that stand in a street's busy half; the rest anywhere. Busy places have much and quiet ones little."""
PEOPLE = (
    Invented("circle", "示例·陈商圈", "circle_planner", place="120103", organisation="commerce"),
)  # fmt: skip


def load(progress: Progress) -> None:
    """Outlets, circles and the one who looks after them; nothing where there are outlets already."""
    buildings = [place for place in places_of(Level.BUILDING) if place.lon is not None]
    if buildings:
        added = insert_sample(Outlet, outlets(buildings, localdate()))
        progress(t(f"{added:,} 个虚构便民网点", f"{added:,} invented outlets"))
        form_sample(progress)
    invent_people(PEOPLE)


def outlets(buildings: Sequence[Any], today: date) -> Iterator[dict[str, Any]]:
    """Rows of the register, at buildings that fit their kind."""
    rng = random.Random(SEED)  # noqa: S311  a sample, no secret
    trade = [place for place in buildings if place.kind in TRADE]
    homes = [place for place in buildings if place.kind not in TRADE] or list(buildings)
    busy = {True: _busy(trade or homes, rng), False: _busy(homes, rng)}
    called, number = {kind.key: kind.label.zh for kind in kinds()}, 0
    for kind, count in COUNTS.items():
        sites, few = (homes if kind in AT_HOMES else trade or homes), busy[kind not in AT_HOMES]
        for index in range(count):
            number += 1
            site = rng.choice(few if rng.random() < CLUSTER else sites)
            named = {"code": f"O{number:07}", "name": f"示例{called[kind]}{index + 1:03}", "kind": kind}
            yield {**named, **_described(site, rng, today)}


def _busy(sites: Sequence[Any], rng: random.Random) -> list[Any]:
    communities = sorted({place.code[:12] for place in sites})
    chosen = set(rng.sample(communities, max(1, len(communities) // 2)))
    return [place for place in sites if place.code[:12] in chosen]


def _described(site: Any, rng: random.Random, today: date) -> dict[str, Any]:
    lon, lat = (value + rng.uniform(-JITTER_M, JITTER_M) / DEGREE_M for value in (site.lon, site.lat))
    seen = None if rng.random() < 0.12 else today - timedelta(days=int(rng.expovariate(1 / 110)))
    return {
        "place": site.code[:14], "lon": Decimal(f"{lon:.7f}"),
        "lat": Decimal(f"{lat:.7f}"), "opening_hours": rng.choice(HOURS), "chain": rng.random() < 0.27,
        "wheelchair": rng.choices(("yes", "limited", "no", ""), (40, 15, 15, 30))[0], "confirmed_on": seen,
        "confirmed_by": "示例·网格员" if seen else "", "confirmed_as": "grid_worker" if seen else "",
        "closed_on": today - timedelta(days=rng.randint(5, 300)) if rng.random() < 0.03 else None,
        "note": "虚构数据",
    }  # fmt: skip
