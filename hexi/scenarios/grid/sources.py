"""What panels read of the grid. Every read goes through the permission predicate; people are counted in the register, never copied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from hexi.kit import (
    Envelope,
    Label,
    Viewer,
    all_of,
    counts_by_place,
    for_readers_of,
    inside,
    may,
    may_read,
    names,
    plain,
    points_of,
    readable,
    registers,
    t,
    tuned_context,
)
from hexi.scenarios.grid import words
from hexi.scenarios.grid.indicators import PATROLLED
from hexi.scenarios.grid.models import CareCall, DutyGrid, GridMember, Need, PartyOrgan, PartyUnit, Pledge, ServiceDeed
from hexi.scenarios.grid.today import day_of

Params = Mapping[str, str]
Row = dict[str, Any]
Read = Callable[[Viewer, Params], Envelope]
ORIGIN = t("网格台账", "registers of the grid")
DISTRICT_WIDTH = 6
WIDTHS = {6: 9, 9: 12, 12: 14}
MARKS = {
    "ok": t("正常", "in order"),
    "watch": t("今日应访", "due today"),
    "breach": t("逾期", "overdue"),
    "stale": t("未登记", "not recorded"),
}
WALKED = {"ok": t("一周内巡查", "patrolled within the week"), "breach": t("一周未巡查", "not patrolled for a week")}
CLOSED = t("您无权查看居民登记，人数不显示", "You may not read the register of residents: people are not shown")
NOT_SHOWN = t("您的岗位不能查看这部分台账", "Your post may not see this register")
NEEDED = {"calls": "carecall", "overdue": "carecall", "needs": "need", "pledged": "pledge", "confirmed": "pledge", "fulfilment": "pledge"}
NO_REGISTER = t("未安装居民登记", "No register of residents is installed")


COLUMNS = {
    "name": t("名称", "name"),
    "door": t("住址", "door"),
    "reason": t("走访理由", "why"),
    "metres": t("距上一处（米）", "metres on"),
    "due_on": t("应访", "due"),
    "last_visit": t("上次见面", "last met"),
    "mark": t("提示", "mark"),
    "residents": t("居民", "residents"),
    "doors": t("楼门", "doors"),
    "old": t("60岁以上", "60 and over"),
    "alone": t("80岁以上独居", "80+, alone"),
    "kind": t("层级", "level"),
    "organs": t("组织", "organs"),
    "members": t("党员", "members"),
    "answerable": t("首问责任人", "answerable"),
    "office": t("提出部门", "who asks"), "basis": t("法律依据", "legal basis"), "needed": t("需用分钟", "minutes needed"),
    "used": t("已用分钟", "minutes used"), "verdict": t("答复", "answer"), "received_at": t("接待时间", "received"),
    "state": t("环节", "state"),
    "title": t("事项", "matter"),
}


def envelope(rows: list[Row], *, note: Label | None = None, empty: Label | None = None, **dictionary: Mapping[str, Label]) -> Envelope:
    """The rows with what every answer of these sources says."""
    now = tuned_context().now
    return Envelope(rows=rows, as_of=plain(now), origin=ORIGIN, dictionary={"columns": COLUMNS, **dictionary}, note=note, empty=empty)


def needing(read: Read, *needs: str) -> Read:
    """The source, which says so to those who may not read what it counts."""
    return for_readers_of((f"grid.{one}" for one in needs), read, lambda: envelope([], empty=NOT_SHOWN))


def shown(viewer: Viewer, figures: Row, needs: Mapping[str, str]) -> Row:
    """The figures, without those whose register the viewer may not read."""
    return {key: value if key not in needs or may_read(viewer, f"grid.{needs[key]}") else None for key, value in figures.items()}


def summary(viewer: Viewer, params: Params) -> Envelope:
    """The figures of the strip for one place."""
    grids = readable(viewer, DutyGrid, inside(DutyGrid.place, params) & DutyGrid.in_use)
    calls = readable(viewer, CareCall, inside(CareCall.place, params) & CareCall.active)
    pledges = Counter(readable(viewer, Pledge, inside(Pledge.place, params)).values_list("state", flat=True))
    today, pledged = day_of(tuned_context()), sum(pledges.values())
    row = {
        "grids": grids.count(),
        "members": readable(viewer, GridMember, inside(GridMember.place, params)).filter(until=None).count(),
        "patrolled": share(readable(viewer, DutyGrid, inside(DutyGrid.place, params) & DutyGrid.in_use & PATROLLED).count(), grids.count()),
        "calls": calls.count(),
        "overdue": calls.filter(due_on__lt=today).count(),
        "needs": readable(viewer, Need, inside(Need.place, params)).exclude(state="met").count(),
        "pledged": pledged,
        "confirmed": pledges["confirmed"],
        "fulfilment": share(pledges["confirmed"], pledged),
    }
    return envelope([shown(viewer, row, NEEDED)])


def share(part: int, whole: int) -> float | None:
    """In percent; None where there is nothing to share."""
    return round(100 * part / whole, 1) if whole else None


def care(viewer: Viewer, params: Params) -> Envelope:
    """Visits by reason: how many are up to date, due today, overdue."""
    today, found = day_of(tuned_context()), Counter[tuple[str, str]]()
    for reason, due in readable(viewer, CareCall, inside(CareCall.place, params) & CareCall.active).values_list("reason", "due_on"):
        found[reason, "overdue" if due < today else "due" if due == today else "fine"] += 1
    rows = [{"reason": key, **{part: found[key, part] for part in ("fine", "due", "overdue")}} for key, _ in words.REASONS]
    return envelope(rows, reason=dict(words.REASONS))


def people(viewer: Viewer, params: Params) -> Envelope:
    """Residents, the old, and the old who live alone of each part of the place, as the register says now."""
    residents = registers().get(words.RESIDENTS)
    if residents is None or not may(viewer, residents, "read"):
        return envelope([], empty=CLOSED if residents else NO_REGISTER)
    code = params.get("place", "")
    born, alone, home = (getattr(residents.model, name) for name in ("born_on", "lives_alone", "home"))
    width, here = WIDTHS.get(len(code or "0" * DISTRICT_WIDTH), 14), inside(home, params)
    count = {
        key: counts_by_place(viewer, residents, width, here & cond)
        for key, cond in {"residents": all_of(), "old": born.aged(60), "alone": alone & born.aged(80)}.items()
    }
    homes = {row: set[str]() for row in count["residents"]}
    for door in readable(viewer, residents.model, here).order_by().values_list("home", flat=True).distinct():
        homes.setdefault(door[:width], set()).add(door)
    called = names(count["residents"])
    rows = [
        {
            "place": area,
            "name": called[area].as_dict(),
            "doors": len(homes[area]),
            **{key: found.get(area, 0) for key, found in count.items()},
        }
        for area in sorted(count["residents"])
        if area in called
    ]
    note = t(
        "由居民登记实时统计，不另存；“楼门”为有登记居民的楼门", "Counted in the register at this moment; doors are those with residents"
    )
    return envelope(rows, note=note)


def grids(viewer: Viewer, params: Params) -> Envelope:
    """The published list of grids with their members, by code."""
    found = list(readable(viewer, DutyGrid, inside(DutyGrid.place, params) & DutyGrid.in_use).order_by("place")[:300])
    members = {
        one.grid_id: one for one in readable(viewer, GridMember).filter(grid__in=[g.pk for g in found], until=None).order_by("-duty")
    }
    context, called = tuned_context(), names(one.place for one in found)
    rows = [
        {
            "id": one.pk,
            "name": _called(one, called),
            "bounds": one.bounds,
            "supervision_phone": one.supervision_phone,
            "member": members[one.pk].name if one.pk in members else None,
            "contact": members[one.pk].contact if one.pk in members else None,
            "last_patrol": plain(one.last_patrol),
            "mark": "ok" if PATROLLED.holds(one, context) else "breach",
        }
        for one in found
    ]
    return envelope(rows, mark=WALKED)


def _called(one: DutyGrid, called: Mapping[str, Label]) -> dict[str, str]:
    """As the place is called, in both languages; the register has the Chinese name only."""
    return called.get(one.place, t(one.name, one.name)).as_dict()


def chain(viewer: Viewer, params: Params) -> Envelope:
    """How many links the chain has at each level, and how many members."""
    found = Counter[str]()
    people_of = Counter[str]()
    for kind, members in readable(viewer, PartyOrgan, inside(PartyOrgan.place, params)).values_list("kind", "members"):
        found[kind] += 1
        people_of[kind] += members
    rows = [{"kind": key, "organs": found[key], "members": people_of[key]} for key, _ in words.ORGAN_KINDS]
    return envelope(rows, kind=dict(words.ORGAN_KINDS))


def pledges(viewer: Viewer, params: Params) -> Envelope:
    """From need to the beneficiary's word: each stage counts what stands there. Check-ins are no stage."""
    needs = Counter(readable(viewer, Need, inside(Need.place, params)).values_list("state", flat=True))
    deeds = Counter(readable(viewer, ServiceDeed, inside(ServiceDeed.place, params)).values_list("state", flat=True))
    rows = [
        {"stage": "open", "count": needs["open"], "late": 0},
        {"stage": "pledged", "count": needs["pledged"], "late": deeds["disputed"]},
        {"stage": "waiting", "count": deeds["waiting"], "late": 0},
        {"stage": "confirmed", "count": deeds["confirmed"], "late": 0},
    ]
    stages = {
        "open": t("需求待认领", "needs open"),
        "pledged": t("需求已认领", "needs taken on"),
        "waiting": t("实事待确认", "deeds to confirm"),
        "confirmed": t("受益人已确认", "deeds confirmed"),
    }
    return envelope(rows, stage=stages)


def units(viewer: Viewer, params: Params) -> Envelope:
    """Units by what their beneficiaries confirmed, of what they pledged."""
    pledged, confirmed = Counter[int](), Counter[int]()
    for unit, state in readable(viewer, Pledge, inside(Pledge.place, params)).values_list("unit", "state"):
        pledged[unit] += 1
        confirmed[unit] += state == "confirmed"
    found = readable(viewer, PartyUnit, inside(PartyUnit.place, params)).filter(pk__in=pledged)
    ranked = sorted(found, key=lambda one: (-confirmed[one.pk], pledged[one.pk], one.pk))
    rows: list[Row] = [{"id": one.pk, "name": one.name, "kept": f"{confirmed[one.pk]} / {pledged[one.pk]}"} for one in ranked[:60]]
    return envelope(
        rows, note=t("报到次数不计；只计受益人确认的服务", "Check-ins count nothing; only services that beneficiaries confirmed do")
    )


def duty_grids(viewer: Viewer, params: Params) -> dict[str, Any]:
    """Grids on the map by whether somebody walked them within the week; of the whole district only those that nobody did."""
    whole = len(params.get("place", "")) <= DISTRICT_WIDTH
    told = inside(DutyGrid.place, params) & DutyGrid.in_use
    found = list(readable(viewer, DutyGrid, told & ~PATROLLED if whole else told))
    points, context, called = points_of(one.place for one in found), tuned_context(), names(one.place for one in found)
    features = [
        {
            "type": "Feature",
            "id": one.pk,
            "geometry": {"type": "Point", "coordinates": list(points[one.place])},
            "properties": {"id": one.pk, "title": _called(one, called), "mark": "ok" if PATROLLED.holds(one, context) else "breach"},
        }
        for one in found
        if one.place in points
    ]
    words_of = {"mark": {key: said.as_dict() for key, said in WALKED.items()}}
    about = {"as_of": plain(context.now), "quality": "live", "origin": ORIGIN.as_dict(), "dict": words_of}
    return {"type": "FeatureCollection", "features": features, **about}
