"""A plan as the desk gets it: rounds with times and lines, what is on none and why, and the same work by the crow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from hexi.core.space.api import Timed, WalkedRoute, names, walked_routes
from hexi.kernel.catalogue import catalogue
from hexi.kernel.outside import Stop
from hexi.modules.tours.asking import Day, Out
from hexi.modules.tours.planning import NOTHING, Made, second_of, windows_of
from hexi.modules.tours.words import STRAIGHT, WHY

Spot = tuple[float, float]
Line = list[list[float]]
Busy = Mapping[int, Sequence[Out]]


def day_told(day: Day, busy: Busy) -> dict[str, Any]:
    """One tour before it is planned; `busy` is who is out on what already."""
    called = names({goer.place for goer in day.goers})
    return {
        "key": day.tour.key, "label": day.tour.label.as_dict(), "day": day.day.isoformat(), "basis": day.terms.basis.as_dict(),
        "begins_s": second_of(day.terms.begins), "ends_s": second_of(day.terms.ends), "walker": day.terms.walker,
        "capacity": day.terms.capacity, "stay_s": round(day.terms.stay.total_seconds()), "entity": day.tour.round.on,
        "window": day.tour.window.as_dict(),
        "stops": [{**_stop(stop), **_demand(day, stop)} for stop in day.stops],
        "people": [
            {"account": goer.account, "name": goer.name, "place": called[goer.place].as_dict() if goer.place in called else None,
             "start": goer.start, "duty": goer.duty.as_dict() if goer.duty else None,
             "busy": [_busy(out) for out in busy.get(goer.account, ())]}
            for goer in day.goers
        ],
    }  # fmt: skip


def _busy(out: Out) -> dict[str, Any]:
    declared = catalogue.tours.get(out.tour)
    return {"plan": out.plan, "label": declared.label.as_dict() if declared else None, "left": out.left, "over": out.over}


def _stop(stop: Stop) -> dict[str, Any]:
    lon, lat = stop.at or (None, None)
    return {
        "record": stop.record, "title": stop.title.as_dict(), "place": stop.place.as_dict(), "due_on": stop.due_on.isoformat(), "lon": lon,
        "lat": lat,
    }  # fmt: skip


def _demand(day: Day, stop: Stop) -> dict[str, Any]:
    asked = day.demands.get(stop.record, NOTHING)
    stay = day.terms.stay if asked.stay is None else asked.stay
    return {
        "windows": None if asked.spans is None else windows_of(asked.spans), "load": asked.load, "owner": asked.owner, "stay_s": round(stay.total_seconds()),
    }  # fmt: skip


def plan_told(made: Made) -> dict[str, Any]:
    """The plan with the line of every walk."""
    ways = iter(walked_routes(list(legs(made)), walker=made.of.terms.walker))
    rounds = [_round(made, each, crow, ways) for each, crow in zip(made.planned.rounds, made.planned.by_crow, strict=True)]
    reasons = {int(key): why for key, why in made.planned.unserved.items()}
    return {
        "day": made.of.day.isoformat(), "tour": made.of.tour.key, "exact": made.planned.exact,
        "note": None if made.planned.exact else STRAIGHT.as_dict(), "rounds": rounds,
        "unserved": [
            {**_stop(stop), "reason": reasons[stop.record], "why": WHY[reasons[stop.record]].as_dict()}
            for stop in made.stops if stop.record in reasons
        ],
        "total": _sum(made.planned.rounds), "crow": _sum(made.planned.by_crow),
    }  # fmt: skip


def legs(made: Made) -> Iterator[tuple[Spot, Spot]]:
    """Both ends of every walk, round after round, the one back at the end."""
    for each in made.planned.rounds:
        start: Spot = made.planned.errands.people[each.person].start
        points: list[Spot] = [start, *(made.stop(visit.stop).at or start for visit in each.visits)]
        if made.planned.errands.returns and each.visits:
            points.append(start)
        yield from pairwise(points)


def line_of(way: WalkedRoute | None) -> Line | None:
    """Its corners, None where nobody knows the way: then a straight line is drawn."""
    return [[round(lon, 6), round(lat, 6)] for lon, lat in way.line] if way else None


def _round(made: Made, timed: Timed, crow: Timed, ways: Iterator[WalkedRoute | None]) -> dict[str, Any]:
    goer, person = made.people[timed.person], made.planned.errands.people[timed.person]
    stops = [
        {
            **_stop(made.stop(visit.stop)), **_demand(made.of, made.stop(visit.stop)), "number": number, "arrive_s": visit.arrive_s,
            "begin_s": visit.begin_s, "leave_s": visit.leave_s, "wait_s": visit.wait_s, "walk_s": visit.walk_s, "metres": visit.metres,
            "late_s": visit.late_s, "locked": made.locks.get(made.stop(visit.stop).record) == goer.account, "line": line_of(next(ways)),
        }
        for number, visit in enumerate(timed.visits, 1)
    ]  # fmt: skip
    back = line_of(next(ways)) if stops and made.planned.errands.returns else None
    return {
        "account": goer.account, "name": goer.name, "start": person.start, "begins_s": person.from_s, "ends_s": person.to_s,
        "back_s": timed.back_s, "back_line": back, "walk_s": timed.walk_s, "metres": timed.metres, "over_s": timed.over_s,
        "excess": timed.excess, "has_gap": timed.has_gap, "fits": timed.fits, "stops": stops,
        "crow": {"walk_s": crow.walk_s, "metres": crow.metres},
    }  # fmt: skip


def _sum(rounds: Sequence[Timed]) -> dict[str, int]:
    return {
        "walk_s": sum(each.walk_s for each in rounds), "metres": sum(each.metres for each in rounds),
        "wait_s": sum(visit.wait_s for each in rounds for visit in each.visits), "stops": sum(len(each.visits) for each in rounds),
        "late": sum(bool(visit.late_s) for each in rounds for visit in each.visits),
    }  # fmt: skip


def way_told(way: WalkedRoute | None) -> dict[str, Any]:
    """A walk in words and as a line, as a telephone keeps it."""
    if way is None:
        return {}
    steps = [{"turn": step.turn, "text": step.text.as_dict(), "metres": round(step.metres)} for step in way.steps]
    return {"steps": steps, "line": line_of(way)}


