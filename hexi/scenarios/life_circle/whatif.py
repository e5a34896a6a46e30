"""What would change if an outlet opened, closed or moved, or a locked way were opened: computed at once, nothing stored."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hexi.kit import Invalid, Label, Problem, distance_m, t
from hexi.kit.walking import Attached, Moved, Reach, StreetFlag, Streets, after_shutting, after_streets, contract, within
from hexi.scenarios.life_circle.covering import covered
from hexi.scenarios.life_circle.kinds import kinds
from hexi.scenarios.life_circle.scene import EVERYBODY, HOMES
from hexi.scenarios.life_circle.standing import KEPT, Standing
from hexi.scenarios.life_circle.times import ANY

Ints = NDArray[np.int32]
NEAR_M = 400.0
GATE_WITHIN_M = 80.0
"""Ours: a new gate joins corners of streets that lie no farther from it."""
MOST_NEAR = 40
SHUT = StreetFlag.GATE_CLOSED | StreetFlag.PRIVATE


@dataclass(frozen=True, slots=True)
class Tried:
    """One change: `open` needs kind and point, `close` an outlet, `move` an outlet and a point, `gate` a locked way or the point at
    which a compound gets a new gate.
    """

    change: str
    kind: str = ""
    lon: float | None = None
    lat: float | None = None
    outlet: int | None = None
    way: int | None = None
    walker: str = "adult"
    time: str = ANY


@dataclass(frozen=True, slots=True, eq=False)
class Effect:
    """Who would gain and lose: `gained`, `lost` [rule, column], `gains`, `loses` [door] any rule at all; `before` and `whole` for shares;
    the time that it took.
    """

    standing: Standing
    gained: NDArray[np.float64]
    lost: NDArray[np.float64]
    gains: NDArray[np.bool_]
    loses: NDArray[np.bool_]
    before: NDArray[np.float64]
    whole: NDArray[np.float64]
    seconds: float

    @property
    def column(self) -> int:
        return self.standing.scene.doors.columns.index(EVERYBODY if self.standing.scene.doors.are_people_known else HOMES)

    def total(self, which: NDArray[np.float64]) -> int:
        """People summed over the rules: one person who gains two kinds counts twice."""
        return round(float(which[:, self.column].sum()))

    def people(self, which: NDArray[np.bool_], band: str = "") -> int:
        """People, each once, behind these doors."""
        column = self.standing.scene.doors.columns.index(band) if band else self.column
        return round(float(self.standing.scene.doors.weights[which, column].sum()))


def tried(what: Tried) -> Effect:
    """The effect of the change. Raises Invalid for one that cannot be."""
    _check(what)
    return effect_of(KEPT.of(what.walker, what.time), what)


def effect_of(known: Standing, what: Tried) -> Effect:
    """The effect of a change that was checked, on how things stand."""
    begun = time.perf_counter()
    is_after = covered(known.scene, known.walks, WAYS[what.change](known, what))
    return between(known, is_after, begun)


def between(known: Standing, is_after: NDArray[np.bool_], begun: float) -> Effect:
    """Who gains and who loses when those are covered afterwards."""
    is_before, weights = known.is_covered, known.scene.doors.weights
    gained, lost = is_after & ~is_before, is_before & ~is_after
    gains, loses = (np.asarray(each.any(axis=1)) for each in (gained, lost))
    return Effect(
        known, _weighed(gained, weights), _weighed(lost, weights), gains, loses, _weighed(is_before, weights),
        weights.sum(axis=0), time.perf_counter() - begun,
    )  # fmt: skip


def _weighed(is_so: NDArray[np.bool_], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """[rule, column] people; only doors at which anything is so are looked at."""
    some = np.flatnonzero(is_so.any(axis=1))
    return is_so[some].T.astype(float) @ weights[some]


def _check(what: Tried) -> None:
    problems: list[Problem] = []
    if what.change not in WAYS:
        problems.append(Problem("change", t("没有这种变动", "There is no such change"), value=what.change))
    if what.change == "open" and what.kind not in {kind.key for kind in kinds()}:
        problems.append(Problem("kind", t("请选择业态", "Choose a kind"), value=what.kind))
    if what.change in {"open", "move"} and (what.lon is None or what.lat is None):
        problems.append(Problem("lon", t("请在地图上选择位置", "Choose a place on the map")))
    if what.change in {"close", "move"} and what.outlet is None:
        problems.append(Problem("outlet", t("请选择网点", "Choose an outlet")))
    if what.change == "gate" and what.way is None and (what.lon is None or what.lat is None):
        problems.append(Problem("way", t("请选择上锁的通道，或在地图上选新开门的位置", "Choose a locked way, or where the new gate shall be")))
    if problems:
        raise Invalid(problems)


def _opened(known: Standing, what: Tried) -> Reach:
    return _with_new(known, known.reached, known.scene.services_of(what.kind), what)


def _closed(known: Standing, what: Tried) -> Reach:
    numbers = np.flatnonzero(known.scene.shops.rows == what.outlet).astype(np.int32)
    if not len(numbers):
        raise Invalid([Problem("outlet", t("该网点不在营，或业态不在规则内", "It does not stand, or no rule asks for its kind"), value=str(what.outlet))])
    outlets, after = known.walks.outlets(known.scene), known.reached
    for number in numbers.tolist():
        served = within(known.doors, known.walks.shops[number : number + 1], known.horizon_m)
        moved: Moved = after_shutting(known.walks.network, known.walks.doors, outlets, after, (number, served))
        after = moved.into(after)
    return after


def _moved(known: Standing, what: Tried) -> Reach:
    services = known.scene.shops.service[known.scene.shops.rows == what.outlet]
    return _with_new(known, _closed(known, what), services.tolist(), what)


def _with_new(known: Standing, before: Reach, services: list[int], what: Tried) -> Reach:
    """One outlet more. Whoever it is nearest to has its distance now; its number is no outlet's."""
    found = within(known.doors, _spot(known, what), known.horizon_m)
    nearest_mm = before.nearest_mm.copy()
    for service in services:
        nearest_mm[found.points, service, 0] = np.minimum(nearest_mm[found.points, service, 0], found.mm)
    return Reach(before.question, before.counts, before.nearest, nearest_mm)


def _spot(known: Standing, what: Tried) -> Attached:
    x, y = known.scene.streets.in_metres([what.lon or 0.0], [what.lat or 0.0])
    spot = known.walks.kerbs.attach(x, y)
    if spot.edge[0] < 0:
        raise Invalid([Problem("lon", t("附近 300 米内没有可步行的道路", "There is no street to walk on within 300 m"))])
    return spot


def _gate(known: Standing, what: Tried) -> Reach:
    return _unlocked(known, what) if what.way is not None else _broken_through(known, what)


def _broken_through(known: Standing, what: Tried) -> Reach:
    """A gate in a compound's wall: one piece of street more, from the path inside that is nearest to the street outside."""
    old = known.scene.streets
    inside, outside = _both_sides(old, np.array(old.in_metres([what.lon or 0.0], [what.lat or 0.0]), float)[:, 0])
    metres = float(np.hypot(old.x[inside] - old.x[outside], old.y[inside] - old.y[outside]))
    streets = replace(
        old, u=np.append(old.u, inside), v=np.append(old.v, outside), metres=np.append(old.metres, metres),
        flags=np.append(old.flags, 0), way=np.append(old.way, 0),
    )  # fmt: skip
    closed = known.walks.network.closed
    before = contract(streets, np.append(closed, True))
    after = before.with_closed(np.append(closed, False))
    doors, outlets = known.walks.doors, known.walks.outlets(known.scene)
    return after_streets(before, after, doors, outlets, known.reached).into(known.reached)


def _both_sides(streets: Streets, spot: NDArray[np.float64]) -> tuple[int, int]:
    """The nearest corner of a path inside of a compound, and of a street outside. Raises Invalid where there are not both."""
    is_inner = streets.has(StreetFlag.INNER)
    inner, outer = (np.unique(np.concatenate([streets.u[edges], streets.v[edges]])) for edges in (is_inner, ~is_inner))
    away = np.hypot(streets.x - spot[0], streets.y - spot[1])
    found: list[int] = []
    # A corner that belongs to both is a gate that is there already.
    for nodes in (np.setdiff1d(inner, outer), np.setdiff1d(outer, inner)):
        near = int(nodes[away[nodes].argmin()]) if len(nodes) else -1
        if near < 0 or away[near] > GATE_WITHIN_M:
            wrong = t("附近须同时有小区内部道路和外部道路", "A path inside of a compound and a street outside must be near")
            raise Invalid([Problem("lon", wrong, value=f"{GATE_WITHIN_M:g} m")])
        found.append(near)
    return found[0], found[1]


def _unlocked(known: Standing, what: Tried) -> Reach:
    network, locked = known.walks.network, opened_edges(known, what.way or 0)
    if not locked.any():
        what_is_wrong = t("这条通道没有上锁，或因台阶等原因仍不可通行", "This way is not locked, or stays closed for other reasons")
        raise Invalid([Problem("way", what_is_wrong, value=str(what.way))])
    after = network.with_closed(network.closed & ~locked)
    return after_streets(network, after, known.walks.doors, known.walks.outlets(known.scene), known.reached).into(known.reached)


def opened_edges(known: Standing, way: int) -> NDArray[np.bool_]:
    """The pieces of the way that this walker could use if nothing on it were locked or private; steps stay closed to a wheelchair."""
    streets, closed_to = known.scene.streets, known.walks.walker.closed_to
    shut = streets.has(SHUT) & ~streets.has(closed_to & ~SHUT)
    return (streets.way == way) & known.walks.network.closed & shut


WAYS = {"open": _opened, "close": _closed, "move": _moved, "gate": _gate}


def locked_ways(known: Standing, at: tuple[float, float]) -> list[Mapping[str, Any]]:
    """Locked and private ways near the point, nearest first: number, name, middle."""
    streets = known.scene.streets
    edges = np.flatnonzero(streets.has(SHUT))
    lon, lat = streets.in_degrees(
        (streets.x[streets.u[edges]] + streets.x[streets.v[edges]]) / 2, (streets.y[streets.u[edges]] + streets.y[streets.v[edges]]) / 2
    )
    found: dict[int, tuple[float, float, float]] = {}
    for edge, east, north in zip(edges.tolist(), lon.tolist(), lat.tolist(), strict=True):
        away, way = distance_m(at, (east, north)), int(streets.way[edge])
        if away <= NEAR_M and away < found.get(way, (away + 1,))[0]:
            found[way] = away, east, north
    return [
        {"way": way, "name": named(streets.names.get(way)).as_dict(), "metres": round(away), "lon": round(east, 6), "lat": round(north, 6)}
        for way, (away, east, north) in sorted(found.items(), key=lambda each: each[1])[:MOST_NEAR]
    ]  # fmt: skip


def named(name: Label | None) -> Label:
    """What a way is called."""
    return name or t("无名通道", "nameless way")

