"""One's own round: what is still to do in which order, what is said at a stop, and the rest planned anew from where one stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.utils import timezone

from hexi.core.data.api import Change, plain
from hexi.core.space.api import ANY_TIME, Manner, TourPerson, TourStop, names, plan_rounds, walked_routes
from hexi.core.trust.api import Viewer, record, ring_after_commit
from hexi.kernel.catalogue import catalogue
from hexi.kernel.errors import Conflict, NotFound
from hexi.kernel.label import t
from hexi.kernel.outside import Stop
from hexi.modules.tours.models import Plan, PlannedStop
from hexi.modules.tours.planning import moment
from hexi.modules.tours.telling import way_told
from hexi.modules.tours.words import SAID

Spot = tuple[float, float]


def mine(viewer: Viewer) -> dict[str, Any]:
    """The viewer's rounds that were handed out for today, each with its stops in order; names as the viewer may see them."""
    found = _today(viewer)
    known = {plan.tour: _due(viewer, plan.tour) for plan in found}
    return {"tours": [_tour(plan, stops, known[plan.tour]) for plan, stops in found.items()], "as_of": plain(timezone.now())}


def _today(viewer: Viewer) -> dict[Plan, list[PlannedStop]]:
    rows = PlannedStop.objects.filter(account=viewer.account, plan__state="out", plan__day=timezone.localdate())
    found: dict[Plan, list[PlannedStop]] = {}
    for row in rows.select_related("plan").order_by("plan_id", "number", "pk"):
        found.setdefault(row.plan, []).append(row)
    return found


def _due(viewer: Viewer, tour: str) -> dict[int, Stop]:
    """What the round says of each record to this viewer. One that is written down already is due no more and has no entry."""
    declared = catalogue.tours.get(tour)
    return {stop.record: stop for stop in declared.round.stops(viewer)} if declared else {}


def _tour(plan: Plan, stops: Sequence[PlannedStop], due: dict[int, Stop]) -> dict[str, Any]:
    declared, called = catalogue.tours.get(plan.tour), names({stop.place for stop in stops if stop.place})
    return {
        "plan": plan.pk, "key": plan.tour, "label": declared.label.as_dict() if declared else None, "day": plain(plan.day),
        "window": declared.window.as_dict() if declared else None, "exact": plan.exact,
        "stops": [_stop(stop, due.get(stop.record), called) for stop in stops],
    }  # fmt: skip


def _stop(row: PlannedStop, stop: Stop | None, called: Any) -> dict[str, Any]:
    area = called.get(row.place)
    place = stop.place if stop else area
    return {
        "id": row.pk, "record": row.record, "number": row.number, "title": stop.title.as_dict() if stop else None,
        "place": place.as_dict() if place else None, "open": stop is not None,
        "facts": [{"label": fact.label.as_dict(), "said": fact.said.as_dict()} for fact in (stop.facts if stop else ())],
        "lon": plain(row.lon), "lat": plain(row.lat), "arrive_at": plain(row.arrive_at), "leave_at": plain(row.leave_at),
        "windows": row.windows, "walk_s": row.walk_s, "metres": row.metres,
        "state": row.state, "way": row.way or None,
    }  # fmt: skip


def say(viewer: Viewer, number: int, said: str, note: str = "") -> PlannedStop:
    """What became of one's own stop; the same said twice changes nothing. Raises NotFound, as for somebody else's."""
    if said not in SAID:
        raise NotFound(which=said)
    with transaction.atomic():
        row = PlannedStop.objects.select_for_update().filter(pk=number, account=viewer.account).first()
        if row is None or viewer.account is None:
            raise NotFound(which=str(number))
        if (row.state, row.note) != (said, note):
            change = Change(viewer, f"stop_{said}", record=row)
            change.save(row, state=said, note=note[:500], said_at=timezone.now())
            _told(change)
    return row


def again(viewer: Viewer, plan: int, here: Spot) -> int:
    """What is left of one's own round, from here and now on, in the best order; gives how many. Raises NotFound, Conflict."""
    left = [row for row in _of(viewer, plan) if row.state == "planned"]
    if not left:
        raise Conflict(t("没有剩下的站点", "No stop is left"))
    now = timezone.now()
    declared = catalogue.tours[left[0].plan.tour]
    terms = declared.terms(left[0].plan.day)
    person = TourPerson("me", here, from_s=_second(now))
    manner = Manner(terms.walker, now, returns=False)
    planned = plan_rounds([_errand(row) for row in left], [person], manner)
    order = [left[visit.stop] for visit in planned.rounds[0].visits]
    # What cannot be done in its hours any more is kept at the end: its owner decides.
    rest = [row for row in left if row not in order]
    _renumbered(viewer, [*order, *rest], planned.rounds[0].visits, here, terms.walker)
    return len(left)


def _of(viewer: Viewer, plan: int) -> list[PlannedStop]:
    rows = list(PlannedStop.objects.filter(plan=plan, account=viewer.account, plan__state="out").select_related("plan").order_by("number"))
    if viewer.account is None or not rows:
        raise NotFound(which=str(plan))
    return rows


def _second(at: datetime) -> int:
    local = timezone.localtime(at)
    return local.hour * 3600 + local.minute * 60 + local.second


def _errand(row: PlannedStop) -> TourStop:
    at = (float(row.lon), float(row.lat)) if row.lon is not None and row.lat is not None else None
    stay = _second(row.leave_at) - _second(row.begin_at) if row.leave_at and row.begin_at else 0
    return TourStop(str(row.pk), at, stay, tuple((opens, closes) for opens, closes in row.windows) or ANY_TIME)


def _renumbered(viewer: Viewer, rows: Sequence[PlannedStop], visits: Sequence[Any], here: Spot, walker: str) -> None:
    spots = [here, *((float(row.lon), float(row.lat)) if row.lon is not None and row.lat is not None else here for row in rows)]
    ways = walked_routes(list(pairwise(spots)), walker=walker)
    change = Change(viewer, "plan_again", record=rows[0].plan)
    first = min(row.number for row in rows)
    with transaction.atomic():
        for place, row in enumerate(rows):
            timed = _times(row.plan.day, visits[place]) if place < len(visits) else {}
            change.save(row, number=first + place, way=way_told(ways[place]), **timed)
        _told(change)


def _times(day: Any, visit: Any) -> dict[str, Any]:
    return {
        "arrive_at": moment(day, visit.arrive_s), "begin_at": moment(day, visit.begin_s), "leave_at": moment(day, visit.leave_s),
        "walk_s": visit.walk_s, "metres": visit.metres,
    }  # fmt: skip


def _told(change: Change) -> None:
    record(change.viewer, *change.happenings)
    ring_after_commit("stream")
