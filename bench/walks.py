"""Who is there first on foot, as an alarm asks it: over the socket of the real process that keeps the walking network.

    python -m bench.walks [--extract CITY.osm.pbf] [--seconds 20]

500 helpers stand along the streets of the drawn district, or of the city; one address after the other asks for the nearest five, 50 a
second. Then the same while that process computes the coverage of the drawn district's circles again and again. Then works are fenced off at
the desk, 20 times, and how far one comes from beside the fence is asked at once.
"""

from __future__ import annotations

import argparse
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.house import installation, share, verdict
from bench.space_roads import strewn

HELPERS, NEAREST = 500, 5
A_SECOND, BAR_MS = 50, 5.0
FENCES, FENCE_MS = 20, 200.0
Spot = tuple[float, float]


def furnished(extract: Path | None) -> list[Spot]:
    """Streets in the tables, and spots along them."""
    from hexi.core.space.api import import_osm, load_district, streets_of_district
    from hexi.kit import Level, insert_sample, places_of
    from hexi.scenarios.life_circle.models import Outlet
    from hexi.scenarios.life_circle.sample import outlets

    load_district()
    insert_sample(Outlet, outlets([place for place in places_of(Level.BUILDING) if place.lon is not None], date(2025, 11, 20)))
    if extract:
        import_osm(extract, box=(-180.0, -85.0, 180.0, 85.0))
    streets = streets_of_district()
    print(f"{streets.nodes:,} nodes, {streets.edges:,} pieces of street")
    lon, lat = streets.in_degrees(*strewn(streets, HELPERS + 2000, 7))
    return [(float(east), float(north)) for east, north in zip(lon, lat, strict=True)]


def asked(helpers: list[Spot], addresses: list[Spot], seconds: int) -> list[float]:
    """Milliseconds of each question, from the call to the answer."""
    from hexi.core.space.api import Standpoint, nearest_helpers

    standing = [Standpoint(str(number), *spot) for number, spot in enumerate(helpers)]
    took: list[float] = []
    start = time.perf_counter()
    for number in range(A_SECOND * seconds):
        time.sleep(max(0.0, start + number / A_SECOND - time.perf_counter()))
        begun = time.perf_counter()
        found = nearest_helpers(addresses[number % len(addresses)], standing, NEAREST)
        took.append(1000 * (time.perf_counter() - begun))
        if not found[0].exact:
            raise RuntimeError("The process `walks` did not answer: the straight line is no figure.")
    return took


@contextmanager
def keeper() -> Generator[int]:
    """The process that keeps the walking network, as `hexi run` has it: its number."""
    process = subprocess.Popen([sys.executable, "-m", "hexi.site.walks"])
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(20)


def processor_s(process: int) -> float:
    """What this process and that one have used: other people's work on the machine stretches the wall and not this."""
    used = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return time.process_time() + (int(used[11]) + int(used[12])) / os.sysconf("SC_CLK_TCK")


def ready(address: Spot) -> None:
    """Until the process answers, and has compiled what it needs."""
    from hexi.core.space.api import Standpoint, nearest_helpers

    logging.disable(logging.WARNING)  # until it answers, each question says that it does not
    for _ in range(600):
        if nearest_helpers(address, [Standpoint("here", *address)])[0].exact:
            logging.disable(logging.NOTSET)
            return
        time.sleep(0.2)
    raise RuntimeError("The process `walks` did not start.")


def beside_coverage(helpers: list[Spot], addresses: list[Spot], seconds: int) -> tuple[list[float], int]:
    """The same questions while another line has coverage computed without a rest, and how often that was done."""
    from hexi.core.space.api import asked_of_walks

    stopped, times = threading.Event(), list[float]()

    def compute() -> None:
        # A fence that wanders, so that no answer is one that is kept.
        while not stopped.is_set():
            begun = time.perf_counter()
            lon, lat = addresses[len(times) % len(addresses)]
            asked_of_walks("circle_coverage", time="any", barred=[(lon, lat, 30.0, False)], at="")
            times.append(time.perf_counter() - begun)

    other = threading.Thread(target=compute)
    other.start()
    while not times:
        time.sleep(0.1)
    took = asked(helpers, addresses, seconds)
    stopped.set()
    other.join()
    return took, len(times)


def fenced(addresses: list[Spot]) -> bool:
    """Works are fenced off by the action of the desk, and the streets within fifteen minutes of there are asked for: milliseconds from the
    beginning of the action to the answer."""
    from django.utils import timezone

    from hexi.core.data.api import act
    from hexi.core.space.walks.asking import answer_to
    from hexi.core.trust.api import PUBLIC, PostRecord, Viewer

    def reached() -> Any:
        return answer_to("reach", where=(lon, lat), minutes=[15], walker="adult", at=timezone.now().isoformat())

    official = Viewer(1, "示例·路政", (PostRecord(1, "data_steward", "120103"), *PUBLIC.posts))
    took: list[float] = []
    for lon, lat in addresses[:FENCES]:
        before = reached()
        begun = time.perf_counter()
        until = (timezone.now() + timedelta(hours=1)).isoformat()
        act(official, "passage.closure", None, "fence", {"lon": lon, "lat": lat, "radius_m": 30, "ends_at": until}, why="示例·施工")
        after = reached()
        # Addresses lie along private ways too, where a fence changes nothing for an adult.
        took += [1000 * (time.perf_counter() - begun)] if after != before else []
    if len(took) < FENCES // 2:
        raise RuntimeError(f"Only {len(took)} of {FENCES} fences changed anything: that is no measurement.")
    print(f"  {len(took)} fences put up at the desk, until the streets within 15 minutes are answered: p50 {share(took, 0.5):.0f} ms")
    return verdict(f"the same, worst of {FENCES}", max(took), "ms", FENCE_MS, at_most=True)


def main() -> int:
    told = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    told.add_argument("--extract", type=Path)
    told.add_argument("--seconds", type=int, default=20)
    options = told.parse_args()
    with installation():
        spots = furnished(options.extract)
        helpers, addresses = spots[:HELPERS], spots[HELPERS:]
        with keeper() as process:
            ready(addresses[0])
            asked(helpers, addresses, 1)
            print(f"  load of the machine: {os.getloadavg()[0]:.0f} on {os.cpu_count()} processors")
            worked = processor_s(process)
            took = asked(helpers, addresses, options.seconds)
            each = 1000 * (processor_s(process) - worked) / len(took)
            print(f"  processor time of a question, of the asking and of the answering process together: {each:.2f} ms")
            print(f"  nearest {NEAREST} of {HELPERS} helpers over the socket: p50 {share(took, 0.5):.2f} ms, worst {max(took):.1f} ms")
            met = verdict(f"the same at {A_SECOND} a second, p99", share(took, 0.99), "ms", BAR_MS, at_most=True)
            took, times = beside_coverage(helpers, addresses, options.seconds)
            print(f"  while coverage was computed {times} times: p50 {share(took, 0.5):.2f} ms, p99 {share(took, 0.99):.1f} ms (no bar)")
            met = (fenced(addresses) if options.extract is None else True) and met
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
