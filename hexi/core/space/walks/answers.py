"""Answers to questions about walks, in plain values that travel between processes. Importing this loads the compiler."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any

import numpy as np

from hexi.core.space.network.attach import Attached
from hexi.core.space.network.directions import Step, directions
from hexi.core.space.network.reach import Outlets, Question, reach
from hexi.core.space.network.reached import walked_from
from hexi.core.space.network.route import Route, route
from hexi.core.space.network.search import Index, index, nearest, within
from hexi.core.space.network.streets import Floats, Streets
from hexi.core.space.walks.kept import KEPT, Footing, make_room
from hexi.core.space.walks.shops import SHOPS, open_at
from hexi.kernel.catalogue import catalogue
from hexi.kernel.ground import Shown

Spots = Sequence[Sequence[float]]
FARTHEST_M = 20_000.0


def nearest_of(*, where: Sequence[float], spots: Spots, limit: int, walker: str, at: str) -> Any:
    """`found`: the nearest few of the spots (lon, lat), each by number, metres and seconds; `off`: the numbers of those that no street is
    near to. None where there is no network, or no street near the point itself.
    """
    footing = _footing(walker, at)
    if footing is None or (here := _attached(footing, [where])).edge[0] < 0:
        return None
    standing = _standing(footing, spots)
    found = nearest(standing.known, here, limit, within_m=FARTHEST_M)
    pace = footing.walker.metres_per_minute
    walks = [(number, mm / 1000, mm * 0.06 / pace) for number, mm in zip(found.points.tolist(), found.mm.tolist(), strict=True)]
    return {"found": walks, "off": standing.off}


@dataclass(frozen=True, slots=True, eq=False)
class _Standing:
    """Spots joined to the streets, ready to be found; `off`: those that no street is near to."""

    footing: Footing
    known: Index
    off: list[int]


_STANDINGS: dict[bytes, _Standing] = {}
MOST_STANDINGS = 16
_ROOM = Lock()


def _standing(footing: Footing, spots: Spots) -> _Standing:
    """Helpers stand where they stood a moment ago: to join hundreds of them anew takes longer than to find the nearest."""
    key = np.array(spots, float).tobytes()
    kept = _STANDINGS.get(key)
    if kept is None or kept.footing is not footing:
        there = _attached(footing, spots)
        kept = _Standing(footing, index(footing.network, there), np.flatnonzero(there.edge < 0).tolist())
        with _ROOM:
            make_room(_STANDINGS, MOST_STANDINGS)
            _STANDINGS[key] = kept
    return kept


def between_of(*, spots: Spots, walker: str, at: str) -> Any:
    """`metres` from each spot to each other, -1 where no way leads; `off`: the numbers of those that no street is near to."""
    footing = _footing(walker, at)
    if footing is None:
        return None
    points, count = _attached(footing, spots), len(spots)
    # Every spot is an outlet of a kind of its own: then the nearest of each kind are all of them.
    found = reach(footing.network, points, Outlets(points, np.arange(count, dtype=np.int32), count), Question((FARTHEST_M,), nearest=1))
    metres = np.where(found.nearest[:, :, 0] < 0, -1, np.rint(found.nearest_mm[:, :, 0] / 1000)).astype(int)
    np.fill_diagonal(metres, 0)
    return {"metres": metres.tolist(), "off": np.flatnonzero(points.edge < 0).tolist()}


def route_of(*, where: Sequence[float], to: Sequence[float], walker: str, at: str) -> Any:
    """The way between two points; None where there is none."""
    (way,) = routes_of(pairs=[(where, to)], walker=walker, at=at)
    return way


def routes_of(*, pairs: Sequence[Spots], walker: str, at: str) -> Any:
    """The way between both points of each pair; None for a pair that none leads between."""
    footing = _footing(walker, at)
    if footing is None or not pairs:
        return [None] * len(pairs)
    ends = _attached(footing, [spot for pair in pairs for spot in pair])
    found = [route(footing.network, ends[one : one + 1], ends[one + 1 : one + 2], within_m=FARTHEST_M) for one in range(0, len(ends), 2)]
    return [None if way is None else _told(footing, way) for way in found]


def _told(footing: Footing, way: Route) -> Mapping[str, Any]:
    streets = footing.network.streets
    lon, lat = streets.in_degrees(*way.points.T)
    return {
        "metres": way.metres, "seconds": footing.walker.minutes(way.metres) * 60,
        "steps": [_step(streets, step) for step in directions(streets, way)],
        "line": np.column_stack([lon, lat]).round(7).tolist(),
    }  # fmt: skip


def _step(streets: Streets, step: Step) -> Mapping[str, Any]:
    lon, lat = streets.in_degrees(step.x, step.y)
    text = {"zh": step.text.zh, "en": step.text.en}
    return {"turn": step.turn.value, "text": text, "metres": step.metres, "lon": round(float(lon), 7), "lat": round(float(lat), 7)}


def reach_of(*, where: Sequence[float], minutes: Sequence[float], walker: str, at: str) -> Any:
    """For each of the minutes the pieces of street within that walk, as lines (lon, lat). None where there is no network."""
    footing = _footing(walker, at)
    if footing is None:
        return None
    limits = [footing.walker.metres(each) for each in minutes]
    walked = walked_from(footing.network, _attached(footing, [where]), max(limits))
    return [_in_degrees(footing, walked.lines(limit)) for limit in limits]


def _in_degrees(footing: Footing, lines: Floats) -> Any:
    lon, lat = footing.network.streets.in_degrees(lines[..., 0], lines[..., 1])
    return np.stack([lon, lat], axis=-1).round(6).tolist()


def outlets_of(*, where: Sequence[float], kinds: Sequence[str], limit: int, minutes: float, walker: str, at: str) -> Any:
    """The nearest few outlets of each kind (every kind when none is said) that are open then. None where there is no network.

    Each is told with whether its hours are known; one whose hours nobody knows, or can read, counts as open.
    """
    footing, moment = _footing(walker, at), datetime.fromisoformat(at)
    if footing is None:
        return None
    wanted = [(shop, open_at(shop.hours, moment)) for shop in SHOPS.all() if not kinds or shop.kind in kinds]
    stands = [(shop, is_open) for shop, is_open in wanted if is_open is not False]
    known = index(footing.network, _attached(footing, [(shop.lon, shop.lat) for shop, _ in stands]))
    found = within(known, _attached(footing, [where]), footing.walker.metres(minutes))
    counts: Counter[str] = Counter()
    answer: list[Mapping[str, Any]] = []
    numbers: list[int] = found.points.tolist()
    for number, mm in zip(numbers, found.mm.tolist(), strict=True):
        shop, is_open = stands[number]
        counts[shop.kind] += 1
        if counts[shop.kind] <= limit:
            answer.append(_shop(shop, is_open, mm / 1000, footing.walker.minutes(mm / 1000) * 60))
    return {"outlets": answer, "counts": counts}


def _shop(shop: Shown, is_open: bool | None, metres: float, seconds: float) -> Mapping[str, Any]:
    return {
        "number": shop.number, "kind": shop.kind, "name": shop.name, "lon": shop.lon, "lat": shop.lat, "metres": metres,
        "seconds": seconds, "hours": shop.hours, "open": is_open,
    }  # fmt: skip


def _footing(walker: str, at: str) -> Footing | None:
    return KEPT.footing(walker, datetime.fromisoformat(at))


def _attached(footing: Footing, spots: Spots) -> Attached:
    lon, lat = np.array(spots, float).reshape(-1, 2).T
    return footing.kerbs.attach(*footing.network.streets.in_metres(lon, lat))


ANSWERS: Mapping[str, Callable[..., Any]] = {
    "nearest": nearest_of, "between": between_of, "route": route_of, "routes": routes_of, "reach": reach_of, "outlets": outlets_of,
}  # fmt: skip


def answer_of(ask: str) -> Callable[..., Any]:
    """What answers: one of these, or one that a room declares."""
    return ANSWERS[ask] if ask in ANSWERS else catalogue.walk_answers[ask].answer
