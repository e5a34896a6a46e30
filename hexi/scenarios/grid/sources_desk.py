"""What the community's desk and the grid member's list read."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hexi.kit import (
    Envelope,
    Fact,
    Label,
    Round,
    Stop,
    Tour,
    Viewer,
    inside,
    names,
    on_duty,
    organisation_labels,
    plain,
    points_of,
    read_terms,
    readable,
    registers,
    shown_rows,
    t,
    tuned_context,
    walking_order,
)
from hexi.scenarios.grid import visits, words
from hexi.scenarios.grid.budget import ALLOWANCE, this_month
from hexi.scenarios.grid.indicators import CONCLUDED
from hexi.scenarios.grid.models import CareCall, Correction, DataRequest, DutySlot, FormAllowance, Reception, ServiceDeed
from hexi.scenarios.grid.sources import MARKS, Params, Row, envelope, share, shown
from hexi.scenarios.grid.today import day_of

MOST_STOPS = 40
Point = tuple[float, float]
ON_FOOT = t("按步行路线排序", "In the order of a walk over the streets")
STRAIGHT = t("没有步行路网或其服务不在，按直线距离排序", "Without the walking network: in the order of straight lines")
GRID_WIDTH = 14
NEEDED = {
    "waiting": "reception", "at_once": "reception", "visits": "carecall", "corrections": "correction", "to_confirm": "servicedeed",
    "forms": "datarequest",
}  # fmt: skip
SLOT_WORDS = {"ok": t("在岗", "at the desk"), "watch": t("未上岗", "not yet there"), "stale": t("已排定", "planned"),
              "absent": t("已交班", "handed over")}  # fmt: skip
OPEN_WORDS = {"ok": t("办理中", "in hand"), "watch": t("超过一天", "more than a day"), "breach": t("超过三天", "more than three days")}


def desk(viewer: Viewer, params: Params) -> Envelope:
    """The figures of the desk's strip."""
    found = readable(viewer, Reception, inside(Reception.place, params))
    concluded = readable(viewer, Reception, inside(Reception.place, params) & CONCLUDED)
    today = day_of(tuned_context())
    row = {
        "waiting": found.filter(told_at=None).count(),
        "at_once": share(concluded.filter(at_once=True).count(), concluded.count()),
        "visits": readable(viewer, CareCall, inside(CareCall.place, params) & CareCall.active).filter(due_on__lte=today).count(),
        "corrections": readable(viewer, Correction, inside(Correction.place, params)).filter(state="proposed").count(),
        "to_confirm": readable(viewer, ServiceDeed, inside(ServiceDeed.place, params)).filter(state="waiting").count(),
        "forms": readable(viewer, DataRequest).filter(state="granted").count(),
    }
    return envelope([shown(viewer, row, NEEDED)])


def rota(viewer: Viewer, params: Params) -> Envelope:
    """Who is on duty from today on."""
    today = day_of(tuned_context())
    slots = readable(viewer, DutySlot, inside(DutySlot.place, params)).filter(day__gte=today, day__lte=today + timedelta(days=6))
    order = [key for key, _ in words.SHIFTS]
    found = sorted(slots, key=lambda one: (one.day or today, order.index(one.shift), one.place))[:60]
    called = names({one.place for one in found})
    rows = [
        {
            "id": one.pk,
            "day": plain(one.day),
            "shift": one.shift,
            "name": one.name,
            "place_name": called[one.place].as_dict() if one.place in called else None,
            "mark": _slot_mark(one, today),
            "handover": one.handover or None,
        }
        for one in found
    ]
    return envelope(rows, shift=dict(words.SHIFTS), mark=SLOT_WORDS)


def _slot_mark(slot: DutySlot, today: date) -> str:
    if slot.handed_at:
        return "absent"
    return "ok" if slot.taken_at else "watch" if slot.day == today else "stale"


def waiting(viewer: Viewer, params: Params) -> Envelope:
    """Matters whose person has not been told, the oldest first, each with who answers for it."""
    now = tuned_context().now
    found = (
        readable(viewer, Reception, inside(Reception.place, params))
        .filter(told_at=None)
        .select_related("case")
        .order_by("received_at")[:100]
    )
    states = dict(DESK_STATES)
    rows = [
        {
            "id": one.pk,
            "case": one.case_id,
            "title": words.titled(one.title, one.title_en).as_dict(),
            "answerable": one.answerable,
            "state": one.case.state,
            "received_at": plain(one.received_at),
            "mark": _age(now - one.received_at),
        }
        for one in found
    ]
    return envelope(rows, state=states, mark=OPEN_WORDS)


def worklist(viewer: Viewer, params: Params) -> Envelope:
    """The visits that are due, in the order of a round. Names as this viewer may see them in the register."""
    today = day_of(tuned_context())
    calls = _due(viewer, today, params)
    order, exact = _order(calls)
    called, known = names(order), _residents(viewer, [call.resident for call in calls])
    rows = [_stop(call, called, known, order, today) for call in sorted(calls, key=lambda call: (list(order).index(call.place), call.pk))]
    return envelope(rows, note=ON_FOOT if exact else STRAIGHT, reason=dict(words.REASONS), mark=MARKS)


def stops(viewer: Viewer) -> list[Stop]:
    """The same visits for the phone, which orders them by where it is. Names as this viewer may see them in the register."""
    calls = _due(viewer, day_of(tuned_context()), {})
    doors = {call.place for call in calls}
    called, points, known = names(doors), points_of(doors), _residents(viewer, [call.resident for call in calls])
    reasons = dict(words.REASONS)
    return [
        Stop(
            call.pk,
            _named(known.get(call.resident, {}).get("name"), reasons[call.reason]),
            called.get(call.place) or t(call.place, call.place),
            call.due_on,
            points.get(call.place),
            (Fact(t("走访理由", "why"), reasons[call.reason]), Fact(t("上次见面", "last met"), _day(call.last_visit))),
        )
        for call in calls
        if call.due_on
    ]


def _named(name: str | None, reason: Label) -> Label:
    """A name that is masked whole tells nothing; the reason tells who it is about."""
    return t(name, name) if name and name.strip("*") else reason


def _day(day: date | None) -> Label:
    return t(day.isoformat(), day.isoformat()) if day else t("还没有记录", "not on record")


def _due(viewer: Viewer, today: date, params: Params) -> list[CareCall]:
    found = readable(viewer, CareCall, inside(CareCall.place, params) & CareCall.active)
    return list(found.filter(due_on__lte=today).order_by("due_on", "pk")[:MOST_STOPS])


def _order(calls: list[CareCall]) -> tuple[dict[str, int | None], bool]:
    """The doors of the round in their order on foot, with the metres from the one before; those without a point or a way come last.

    And whether all of it is over the streets.
    """
    points = points_of({call.place for call in calls} | {call.place[:GRID_WIDTH] for call in calls})
    stops = {call.place: points[call.place] for call in calls if call.place in points}
    found, exact = walking_order(stops, _start(calls, points))
    placed: dict[str, int | None] = dict(found)
    return placed | {call.place: None for call in calls if call.place not in placed}, exact


def _start(calls: list[CareCall], points: dict[str, Point]) -> Point:
    """The middle of the grid whose visit is the longest due, else its first door."""
    return next((points[code] for call in calls for code in (call.place[:GRID_WIDTH], call.place) if code in points), (0.0, 0.0))


def _residents(viewer: Viewer, numbers: list[int]) -> dict[int, Row]:
    about = registers().get(words.RESIDENTS)
    return shown_rows(viewer, about, numbers, ("name",)) if about else {}


def _stop(call: CareCall, called: Any, known: dict[int, Row], order: dict[str, int | None], today: Any) -> Row:
    away = order[call.place]
    return {
        "id": call.pk,
        "resident": call.resident,
        "name": known.get(call.resident, {}).get("name"),
        "reason": call.reason,
        "door": called[call.place].as_dict() if call.place in called else None,
        "metres": away,
        "leg": None if away is None else t("距上一处步行{n}米", "{n} m on foot").filled(n=away).as_dict(),
        "due_on": plain(call.due_on),
        "last_visit": plain(call.last_visit),
        "mark": "breach" if call.due_on and call.due_on < today else "watch",
    }


def requests(viewer: Viewer, params: Params) -> Envelope:
    """Who asked the grid for what, on what basis, and the minutes: the newest first, the refused ones too."""
    found = list(readable(viewer, DataRequest).order_by("-pk")[:60])
    offices = organisation_labels()
    rows = [
        {
            "id": one.pk,
            "title": words.titled(one.title, one.title_en).as_dict(),
            "office": offices[one.office].as_dict() if one.office in offices else one.office,
            "basis": one.basis,
            "needed": one.minutes_needed,
            "used": one.minutes_used,
            "minutes": f"{one.minutes_used:,} / {one.minutes_needed:,}",
            "state": one.state,
            "month": one.month,
            "verdict": {"zh": one.verdict, "en": one.verdict_en or one.verdict},
            "mark": REQUEST_MARKS[one.state],
        }
        for one in found
    ]
    return envelope(rows, state=dict(words.REQUEST_STATES), mark=REQUEST_WORDS)


def allowances(viewer: Viewer, params: Params) -> Envelope:
    """What departments have taken of this month's allowance."""
    limit, offices = tuned_context().value(ALLOWANCE), organisation_labels()
    found = readable(viewer, FormAllowance).filter(month=this_month()).order_by("-minutes")[:30]
    rows = [
        {
            "id": one.pk,
            "title": offices[one.office].as_dict() if one.office in offices else one.office,
            "planned": limit,
            "done": one.minutes,
            "unit": {"zh": "分钟", "en": "min"},
            "mark": "breach" if one.minutes >= limit else "ok",
        }
        for one in found
    ]
    return envelope(rows, mark={"ok": t("额度内", "within it"), "breach": t("额度用完", "used up")})


def to_confirm(viewer: Viewer, params: Params) -> Envelope:
    """Deeds, those that wait for their beneficiary first."""
    rank = {"waiting": 0, "disputed": 1, "confirmed": 2}
    found = sorted(readable(viewer, ServiceDeed, inside(ServiceDeed.place, params)).order_by("-pk")[:200], key=lambda one: rank[one.state])
    rows = [
        {
            "id": one.pk,
            "title": words.titled(one.title, one.title_en).as_dict(),
            "on": plain(one.on),
            "state": one.state,
            "way": one.way or None,
            "mark": DEED_MARKS[one.state],
        }
        for one in found[:60]
    ]
    return envelope(rows, state=dict(words.DEED_STATES), way=dict(words.CONFIRM_WAYS), mark=DEED_WORDS)


def _age(span: timedelta) -> str:
    return "breach" if span > timedelta(days=3) else "watch" if span > timedelta(days=1) else "ok"


DESK_STATES = (
    ("received", t("接待", "received")),
    ("passed_on", t("转交", "passed on")),
    ("in_hand", t("承办中", "in hand")),
    ("answered", t("待回告", "to be told")),
)
REQUEST_MARKS = {"granted": "ok", "from_register": "ok", "over_budget": "breach", "closed": "stale"}
REQUEST_WORDS = {"ok": t("已答复", "answered"), "breach": t("不予下发", "refused"), "stale": t("已结束", "closed")}
DEED_MARKS = {"waiting": "watch", "disputed": "breach", "confirmed": "ok"}
DEED_WORDS = {"watch": t("待确认", "waiting"), "breach": t("不认可", "disputed"), "ok": t("已确认", "confirmed")}
ROUND = Round("visits", t("走访", "visits"), visits.CALL, stops, acts=("visit",))
TOUR = Tour(
    ROUND, by=("community_worker",), goes=("grid_worker", "community_worker"), terms=read_terms(Path(__file__).with_name("round.yaml")),
    on_duty=on_duty("grid_worker", "community_worker"),
)
