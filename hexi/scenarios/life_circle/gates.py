"""Which one locked gate or private way, opened, would help most people: the exact effect of each, the most promising first."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hexi.kit import Label, distance_m, gates_of, smallest_places
from hexi.kit.walking import Attached, after_streets, index, reach, within
from hexi.scenarios.life_circle.covering import by_community, covered
from hexi.scenarios.life_circle.gaps import COMPOUND_WIDTH
from hexi.scenarios.life_circle.standing import Standing
from hexi.scenarios.life_circle.whatif import SHUT, Effect, between, named, opened_edges

GATE_NEAR_M = 40.0
MOST, TRIES = 20, 60
"""So many are kept, and so many tried: those left out are known to help fewer people than any that is kept, or than the bound says."""


def ranked_gates(known: Standing) -> dict[str, Any]:
    """`ways`: the best, each with its people; `bound`: what none of those that were not tried can exceed (0 when all were)."""
    found: list[tuple[int, dict[str, Any]]] = []
    waiting = promising(known)
    bound = 0
    for number, (most, way) in enumerate(waiting):
        least = sorted((people for people, _ in found), reverse=True)[MOST - 1 : MOST]
        if number == TRIES or (least and most <= least[0]):
            bound = most
            break
        effect = opened(known, way)
        if effect.gains.any():
            found.append((effect.people(effect.gains), _told(known, way, effect)))
    best = sorted(found, key=lambda each: -each[0])[:MOST]
    return {"ways": [told for _, told in best], "bound": bound, "shut": len(waiting)}


def opened(known: Standing, way: int) -> Effect:
    """The exact effect of opening all that is locked on that way."""
    begun, network = time.perf_counter(), known.walks.network
    after = network.with_closed(network.closed & ~opened_edges(known, way))
    moved = after_streets(network, after, known.walks.doors, known.walks.outlets(known.scene), known.reached)
    return between(known, covered(known.scene, known.walks, moved.into(known.reached)), begun)


def promising(known: Standing) -> list[tuple[int, int]]:
    """Shut ways with the most people that opening each can help: whoever would gain with all of them open and can walk there in time.

    No single one helps anybody else: with all of them open every walk is at its shortest.
    """
    network, doors = known.walks.network, known.walks.doors
    ways = {int(way): opened_edges(known, int(way)) for way in np.unique(known.scene.streets.way[known.scene.streets.has(SHUT)])}
    ways = {way: edges for way, edges in ways.items() if edges.any()}
    if not ways:
        return []
    every = network.with_closed(network.closed & ~np.logical_or.reduce(list(ways.values())))
    best = reach(every, doors, known.walks.outlets(known.scene), known.reached.question)
    may_gain = between(known, covered(known.scene, known.walks, best), 0.0).gains
    homes = index(every, doors)
    weight = known.scene.doors.weights[:, between(known, known.is_covered, 0.0).column]
    bounds = [(_people_near(homes, edges, known.horizon_m, np.where(may_gain, weight, 0)), way) for way, edges in ways.items()]
    return sorted(((people, way) for people, way in bounds if people), reverse=True)


def _people_near(homes: Any, edges: NDArray[np.bool_], horizon_m: float, weight: NDArray[np.float64]) -> int:
    near = np.zeros(len(weight), np.bool_)
    for spot in _ends(np.flatnonzero(edges)):
        near[within(homes, spot, horizon_m).points] = True
    return round(float(weight[near].sum()))


def _ends(edges: NDArray[np.intp]) -> Iterator[Attached]:
    for edge in edges.tolist():
        yield Attached(*(np.array([each], np.int32) for each in (edge, 0, 0)))


def _gate_near(at: tuple[float, float], place: str | None) -> Label | None:
    """What the gate is called that stands there, for ways without a name."""
    gates = gates_of(place[:COMPOUND_WIDTH]) if place else []
    near = sorted((distance_m(at, (gate.lon, gate.lat)), gate.code, gate.name) for gate in gates)
    return near[0][2] if near and near[0][0] <= GATE_NEAR_M and near[0][2].zh else None


def _told(known: Standing, way: int, effect: Effect) -> dict[str, Any]:
    streets, edges = known.scene.streets, np.flatnonzero(opened_edges(known, way))
    middle = edges[len(edges) // 2 : len(edges) // 2 + 1]
    lon, lat = streets.in_degrees(*((each[streets.u[middle]] + each[streets.v[middle]]) / 2 for each in (streets.x, streets.y)))
    people = by_community(known.scene, effect.gains[:, None])[:, 0, effect.column]
    communities = known.scene.doors.communities
    at = round(float(lon[0]), 6), round(float(lat[0]), 6)
    [place] = smallest_places([at])
    return {
        "way": way, "name": (_gate_near(at, place) or named(streets.names.get(way))).as_dict(), "lon": at[0], "lat": at[1],
        "place": place or "",
        "people": effect.people(effect.gains), "elders": effect.people(effect.gains, "elders"),
        "children": effect.people(effect.gains, "children"), "by_rule": effect.total(effect.gained),
        "by_community": {communities[number]: round(float(people[number])) for number in np.flatnonzero(people)},
    }  # fmt: skip
