"""A day's rounds: 200 stops, a third of them within two hours, 10 people; planned, against what people do without a plan.

    python -m bench.tours [--roads ROADS.geojson] [--stops 200] [--people 10]

Without a plan everybody takes the stops nearest to where they begin, and goes always to the nearest next: as the crow flies, or on foot.
All three are timed on foot by the same lines. Streets are a drawn grid of 4 km, or those of the file.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from bench.house import verdict
from bench.space_roads import grid, of_lines, strewn
from hexi.core.space.datum import distance_m
from hexi.core.space.network.attach import Kerbs
from hexi.core.space.network.contraction import contract, islands
from hexi.core.space.network.reach import Outlets, Question, reach
from hexi.core.space.network.streets import Streets
from hexi.core.space.tours.by_crow import nearest_next, on_foot
from hexi.core.space.tours.problem import ANY_TIME, NO_WAY, Effort, Errands, TourPerson, TourStop
from hexi.core.space.tours.solving import orders
from hexi.core.space.tours.timing import Timed, timed

PACE_M_S, HOUR_S = 66.7 / 60, 3600
STAY_S, SHIFT_S, WINDOW_S = 5 * 60, (9 * HOUR_S, 17 * HOUR_S), 2 * HOUR_S
BAR_S, BAR_LENGTH, BAR_SERVED = 8.0, 0.9, 0.98
Away = Callable[[int, int], float]


def errands_on(streets: Streets, stops: int, people: int) -> tuple[Errands, float]:
    """The question, and how many seconds the table of walks took."""
    network = contract(streets)
    _, is_apart = islands(network, 1000)
    x, y = strewn(streets, people + stops, 7)
    at = Kerbs(network, ~is_apart).attach(x, y)
    count, started = people + stops, time.perf_counter()
    found = reach(network, at, Outlets(at, np.arange(count, dtype=np.int32), count), Question((20_000.0,), nearest=1))
    metres = np.where(found.nearest[:, :, 0] < 0, NO_WAY, np.rint(found.nearest_mm[:, :, 0] / 1000)).astype(int)
    np.fill_diagonal(metres, 0)
    spent = time.perf_counter() - started
    seconds = np.where(metres < 0, NO_WAY, np.rint(metres / PACE_M_S)).astype(int)
    lon, lat = streets.in_degrees(x, y)
    spots = [(float(one), float(other)) for one, other in zip(lon, lat, strict=True)]
    rows = [tuple(tuple(row) for row in table.tolist()) for table in (seconds, metres)]
    return Errands(_stops(spots[people:]), tuple(TourPerson(str(n), spots[n], *SHIFT_S) for n in range(people)), *rows), spent


def _stops(spots: Sequence[tuple[float, float]]) -> tuple[TourStop, ...]:
    rng = np.random.default_rng(11)
    opens = rng.integers(SHIFT_S[0] // HOUR_S, SHIFT_S[1] // HOUR_S - 2, len(spots)) * HOUR_S
    return tuple(
        TourStop(str(n), spot, STAY_S, ((int(opens[n]), int(opens[n]) + WINDOW_S),)) if n % 3 == 0 else TourStop(str(n), spot, STAY_S)
        for n, spot in enumerate(spots)
    )


def unplanned(errands: Errands, away: Away) -> list[Timed]:
    """Everybody takes what is nearest to them, and goes to the nearest next."""
    own: list[list[int]] = [[] for _ in errands.people]
    for stop in range(len(errands.stops)):
        own[min(range(len(own)), key=lambda person, stop=stop: away(person, errands.row(stop)))].append(stop)
    return [timed(errands, person, nearest_next(errands, person, stops, away)) for person, stops in enumerate(own)]


def crow(errands: Errands) -> Away:
    points = [person.start for person in errands.people] + [stop.at or (0.0, 0.0) for stop in errands.stops]
    return lambda one, other: distance_m(points[one], points[other])


def told(name: str, rounds: Sequence[Timed], spent: float) -> None:
    """How much of it is walked, and how much of it comes too late."""
    late = sum(bool(visit.late_s) for each in rounds for visit in each.visits)
    over = sum(each.over_s > 0 for each in rounds)
    back = max(each.back_s for each in rounds) / HOUR_S
    stops = sum(len(each.visits) for each in rounds)
    much = f"{stops:3} stops, {_km(rounds):6.1f} km, {late:2} too late, {over} over the shift"
    print(f"  {name:26} {much}, last back {back:4.1f} h, {spent:5.2f} s")


def compared(name: str, streets: Streets, stops: int, people: int) -> list[bool]:
    errands, spent = errands_on(streets, stops, people)
    print(f"{name}: {stops} stops, {people} people; the table of {stops + people} by {stops + people} walks in {spent:.2f} s")
    print(" at any hour of the shift:")
    free = replace(errands, stops=tuple(replace(stop, windows=ANY_TIME) for stop in errands.stops))
    [by_crow, _] = _plain(free)
    planned, wall = _planned(free)
    print(" a third of them within two hours:")
    _plain(errands)
    kept, longer = _planned(errands)
    served = sum(len(each.visits) for each in kept) / stops
    return [
        all(each.fits for each in (*planned, *kept)),
        verdict(f"{name}: planned", max(wall, longer), "s", BAR_S, at_most=True),
        verdict(f"{name}: length against the crow's", _km(planned) / _km(by_crow), "", BAR_LENGTH, at_most=True),
        verdict(f"{name}: served within their hours", served, "", BAR_SERVED, at_most=False),
    ]


def _plain(errands: Errands) -> list[list[Timed]]:
    ways = (("nearest next by the crow", crow(errands)), ("nearest next on foot", on_foot(errands)))
    found = [(what, unplanned(errands, away)) for what, away in ways]
    for what, rounds in found:
        told(what, rounds, 0.0)
    return [rounds for _, rounds in found]


def _planned(errands: Errands) -> tuple[list[Timed], float]:
    started = time.perf_counter()
    rounds = [timed(errands, person, order) for person, order in enumerate(orders(errands, Effort()))]
    spent = time.perf_counter() - started
    told("planned", rounds, spent)
    return rounds, spent


def _km(rounds: Sequence[Timed]) -> float:
    return sum(each.metres for each in rounds) / 1000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--roads", type=Path)
    parser.add_argument("--stops", type=int, default=200)
    parser.add_argument("--people", type=int, default=10)
    options = parser.parse_args()
    kept = compared("grid of 4 km", grid(41), options.stops, options.people)
    if options.roads:
        kept += compared(options.roads.stem, of_lines(options.roads), options.stops, options.people)
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
