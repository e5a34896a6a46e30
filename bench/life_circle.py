"""Trying out changes of outlets and ways in a real city: every answer is a complete one, and nobody waits for it.

    python -m bench.life_circle --extract CITY.osm.pbf [--doors 20000] [--outlets 10000]

Doors, outlets and locked gates are strewn along the streets; the rules are those in force.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bench.house import installation, share, verdict
from bench.space_roads import of_extract, strewn
from hexi.core.space.network.streets import Floats, StreetFlag, Streets

if TYPE_CHECKING:
    from hexi.scenarios.life_circle.scene import Doors, Scene, Shops
    from hexi.scenarios.life_circle.standing import Standing

TRIES, LOCKED = 40, 60
BAR_MS = 1000.0
COMMUNITIES = 150


def scene_of(streets: Streets, doors: int, outlets: int) -> Scene:
    """The city with the rules of today; some of its ways have a locked gate."""
    from hexi.scenarios.life_circle.rules import table
    from hexi.scenarios.life_circle.scene import Scene

    draw = np.random.default_rng(4)
    locked = np.isin(np.arange(streets.edges), draw.choice(streets.edges, LOCKED, replace=False))
    flags = np.where(locked, streets.flags | np.uint16(StreetFlag.GATE_CLOSED), streets.flags)
    day = date.today()  # noqa: DTZ011  the day of the machine that measures
    rules = table().on(day)
    services = tuple(sorted({rule.kinds for rule in rules}))
    closed = replace(streets, flags=flags)
    people, shops = _doors(closed, doors), _shops(closed, outlets, services)
    return Scene("bench", day, rules, services, people, shops, closed, is_drawn=False)


def _doors(streets: Streets, count: int) -> Doors:
    from hexi.scenarios.life_circle.rules import table
    from hexi.scenarios.life_circle.scene import EVERYBODY, HOMES, Doors

    lon, lat = streets.in_degrees(*strewn(streets, count, 1))
    columns = (EVERYBODY, *(band.key for band in table().bands), HOMES)
    weights = np.random.default_rng(6).integers(0, 9, (count, len(columns))).astype(float)
    codes = tuple(f"120103{number * COMMUNITIES // count:06}{number:010}" for number in range(count))
    return Doors(codes, lon, lat, weights, columns, True)


def _shops(streets: Streets, count: int, services: tuple[tuple[str, ...], ...]) -> Shops:
    from hexi.scenarios.life_circle.scene import Shops

    lon, lat = streets.in_degrees(*strewn(streets, count, 2))
    service = np.random.default_rng(3).integers(0, len(services), count).astype(np.int32)
    return Shops(np.arange(count, dtype=np.int32), lon, lat, service, np.ones(count, np.bool_), ("",) * count)


def ready(scene: Scene) -> Standing:
    """What a process keeps."""
    from hexi.scenarios.life_circle.standing import Standing

    begun = time.perf_counter()
    walks = scene.walks("adult")
    found = Standing(scene, walks, walks.reached(scene))
    print(f"  before any change {found.is_covered.mean():.0%} of doors and rules are covered; {found.doors.points:,} doors can be found")
    print(f"  made ready in {time.perf_counter() - begun:.1f} s: {len(scene.doors.codes):,} doors, {len(scene.rules)} rules")
    return found


def tries(known: Standing, change: str) -> tuple[list[float], list[float]]:
    """Milliseconds of each try of this kind of change, by the wall and of processor time."""
    from hexi.scenarios.life_circle.whatif import Tried, effect_of

    scene, draw = known.scene, np.random.default_rng(9)
    spots: tuple[Floats, Floats] = scene.streets.in_degrees(*strewn(scene.streets, TRIES, 8))
    ways = np.unique(scene.streets.way[scene.streets.has(StreetFlag.GATE_CLOSED)])
    took, cpu = list[float](), list[float]()
    for number in range(TRIES):
        outlet, way = int(draw.integers(len(scene.shops.rows))), int(ways[number % len(ways)])
        at = {"lon": float(spots[0][number]), "lat": float(spots[1][number])}
        what = {"open": {"kind": "convenience", **at}, "close": {"outlet": outlet}, "move": {"outlet": outlet, **at}, "gate": {"way": way}}
        asked = what[change]
        begun, worked = time.perf_counter(), time.process_time()
        effect_of(known, Tried(change, **asked))  # type: ignore[arg-type]
        took.append(1000 * (time.perf_counter() - begun))
        cpu.append(1000 * (time.process_time() - worked))
    return took, cpu


def main() -> int:
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--extract", type=Path, required=True)
    told.add_argument("--doors", type=int, default=20_000)
    told.add_argument("--outlets", type=int, default=10_000)
    asked = told.parse_args()
    with installation():
        streets = of_extract(asked.extract)
        print(f"{asked.extract.stem}: {streets.nodes:,} nodes, {asked.outlets:,} outlets")
        known = ready(scene_of(streets, asked.doors, asked.outlets))
        print(f"  load of the machine: {os.getloadavg()[0]:.0f} on {os.cpu_count()} processors")
        met: list[bool] = []
        for change in ("open", "close", "move", "gate"):
            took, cpu = tries(known, change)
            print(f"  {change}: middle {share(took, 0.5):,.0f} ms by the wall")
            print(f"    processor time {share(cpu, 0.5):,.0f} ms, at most {max(cpu):,.0f} ms")
            met.append(verdict(f"{change}, the slowest of {TRIES}", max(took), "ms", BAR_MS, at_most=True))
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
