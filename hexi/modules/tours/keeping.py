"""Plans are kept, handed out to telephones and taken back: each is one transaction with its events."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone

from hexi.core.data.api import Change, readable
from hexi.core.space.api import ANY_TIME, WalkedRoute, walked_routes
from hexi.core.trust.api import Viewer, record, ring_after_commit
from hexi.kernel.errors import Conflict, NotFound
from hexi.kernel.label import t
from hexi.modules.tours.asking import tour_for
from hexi.modules.tours.models import Plan, PlannedStop
from hexi.modules.tours.planning import Made, moment
from hexi.modules.tours.telling import legs, way_told
from hexi.modules.tours.words import WHY


def keep(viewer: Viewer, made: Made, why: str = "") -> Plan:
    """The plan with its stops, not handed out yet."""
    change = Change(viewer, "keep_plan", why)
    ways = iter(walked_routes(list(legs(made)), walker=made.of.terms.walker))
    with transaction.atomic():
        plan: Plan = change.create(Plan, **_plan(viewer, made))
        rows = [row for number in range(len(made.people)) for row in _stops(made, number, ways)]
        for values in rows:
            change.create(PlannedStop, plan=plan, **values)
        _told(change)
    return plan


def _plan(viewer: Viewer, made: Made) -> dict[str, Any]:
    served = [each for each in made.planned.rounds if each.visits]
    return {
        "tour": made.of.tour.key, "day": made.of.day, "place": made.of.area, "walker": made.of.terms.walker, "people": len(served),
        "stops": sum(len(each.visits) for each in served), "walk_s": sum(each.walk_s for each in served),
        "metres": sum(each.metres for each in served), "crow_m": sum(each.metres for each in made.planned.by_crow),
        "exact": made.planned.exact, "by": viewer.name,
        "unserved": [{"record": int(key), "reason": str(why), "why": WHY[why].as_dict()} for key, why in made.planned.unserved.items()],
    }  # fmt: skip


def _stops(made: Made, number: int, ways: Iterator[WalkedRoute | None]) -> Iterator[dict[str, Any]]:
    """The rows of one person's round; the way back is walked past."""
    each, goer, day = made.planned.rounds[number], made.people[number], made.of.day
    for place, visit in enumerate(each.visits, 1):
        stop, asked = made.stop(visit.stop), made.planned.errands.stops[visit.stop]
        lon, lat = stop.at or (None, None)
        yield {
            "account": goer.account, "who": goer.name, "number": place, "record": stop.record, "place": goer.place, "lon": lon, "lat": lat,
            "arrive_at": moment(day, visit.arrive_s), "begin_at": moment(day, visit.begin_s), "leave_at": moment(day, visit.leave_s),
            "windows": [] if asked.windows == ANY_TIME else asked.windows, "walk_s": visit.walk_s, "metres": visit.metres,
            "load": asked.load, "locked": made.locks.get(stop.record) == goer.account, "way": way_told(next(ways)),
        }  # fmt: skip
    if each.visits and made.planned.errands.returns:
        next(ways)


def hand_out(viewer: Viewer, number: int, why: str = "") -> Plan:
    """From now on the rounds are on the telephones of those who go. One kind of round is out once a day in an area. Raises Conflict."""
    with transaction.atomic():
        plan = _own(viewer, number)
        if plan.state != "draft":
            raise Conflict(t("这份计划已下发或撤回", "This plan was handed out or taken back already"))
        change = Change(viewer, "hand_out", why, record=plan)
        for other in Plan.objects.filter(tour=plan.tour, day=plan.day, place=plan.place, state="out"):
            change.save(other, state="withdrawn")
        change.save(plan, state="out", handed_at=timezone.now())
        _told(change)
    return plan


def withdraw(viewer: Viewer, number: int, why: str = "") -> Plan:
    """Off the telephones again; what was said at its stops stays. Raises Conflict."""
    with transaction.atomic():
        plan = _own(viewer, number)
        if plan.state == "withdrawn":
            raise Conflict(t("这份计划已撤回", "This plan was taken back already"))
        change = Change(viewer, "withdraw_plan", why, record=plan)
        change.save(plan, state="withdrawn")
        _told(change)
    return plan


def _own(viewer: Viewer, number: int) -> Plan:
    """The plan, locked, where this viewer may read it and plan such tours. Raises NotFound, Forbidden."""
    found = readable(viewer, Plan).filter(pk=number).first()
    if found is None:
        raise NotFound(which=str(number))
    tour_for(viewer, found.tour)
    return Plan.objects.select_for_update().get(pk=number)


def _told(change: Change) -> None:
    record(change.viewer, *change.happenings)
    ring_after_commit("stream")
