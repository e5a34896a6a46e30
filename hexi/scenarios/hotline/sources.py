"""What panels read of the hotline beside its rates: topics, mass events, repeat callers, disputes with their precedents, exclusions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from hexi.kit import (
    Case,
    Envelope,
    Source,
    Viewer,
    all_cases,
    case_envelope,
    group_names,
    plain,
    readable,
    t,
    top_of,
)
from hexi.scenarios.hotline.disputes import precedents_of
from hexi.scenarios.hotline.gathering import mass_events, repeat_callers
from hexi.scenarios.hotline.grounds import EXCLUSIONS
from hexi.scenarios.hotline.life import hotline
from hexi.scenarios.hotline.models import CLAIM_STATES, EXCLUSION_STATES, Dispute, Exclusion
from hexi.scenarios.hotline.topics import GROUPS, Rise, rises

Row = dict[str, Any]
Params = Mapping[str, str]
MOST = 50
CALLS = t("本月 {now}、前两月 {before}", "{now} now, {before} in two months before")
SURE, UNSURE = t("上升明确", "surely rising"), t("可能是偶然", "may be chance")


def topics(_viewer: Viewer, params: Params) -> Envelope:
    """What rises most this month, by category and street, with the interval of the ratio."""
    by = params.get("by", "")
    found = rises(all_cases("hotline", params), timezone.now(), by if by in GROUPS else "both")[: top_of(params, MOST)]
    kinds, streets = group_names("category", {one.category for one in found}), group_names("street", {one.street for one in found})
    rows = [_rise(one, kinds[one.category].as_dict(), streets[one.street].as_dict()) for one in found]
    note = t("本月30天对此前60天的日均倍数；按区间下限排序", "This month's 30 days against the 60 before, per day; sorted by the lower end")
    return case_envelope(hotline, rows, note)


def _rise(one: Rise, kind: dict[str, str], street: dict[str, str]) -> Row:
    low, high = one.interval
    said = f"{low:.1f}–{high:.1f}" if high is not None else f"≥{low:.1f}"
    names = [part for part, code in ((street, one.street), (kind, one.category)) if code]
    return {
        "category": one.category, "street": one.street, "name": {way: " · ".join(part[way] for part in names) for way in ("zh", "en")},
        "now": one.now, "before": one.before, "ratio": None if one.ratio is None else round(one.ratio, 1), "interval": said,
        "times": t("{n} 倍", "{n}×").filled(n=f"{one.ratio:.1f}").as_dict() if one.ratio is not None else t("新出现", "new").as_dict(),
        "calls": CALLS.filled(now=one.now, before=one.before).as_dict(),
        "sure": (SURE if one.is_sure else UNSURE).as_dict(), "status": "watch" if one.is_sure else "ok",
    }  # fmt: skip


def events(_viewer: Viewer, params: Params) -> Envelope:
    """Calls that seem to be about one thing: what, in which community, how many."""
    found = mass_events(all_cases("hotline", params), timezone.now())[:MOST]
    places = group_names("street", {one.first.place[:12] for one in found})
    return case_envelope(hotline, [
        {"id": one.first.pk, "number": one.first.number, "title": _title(one.first), "count": len(one.orders), "status": "watch",
         "place_name": places[one.first.place[:12]].as_dict(), "opened_at": plain(one.first.opened_at)}
        for one in found
    ])  # fmt: skip


def repeats(viewer: Viewer, params: Params) -> Envelope:
    """How often one telephone called, and about what. Never whose it is."""
    rows = readable(viewer, Case).filter(place__startswith=params.get("place", ""))
    found = repeat_callers(rows)[: top_of(params, MOST)]
    return case_envelope(hotline, [_repeat(orders) for orders in found])


def _repeat(orders: list[Case]) -> Row:
    kinds = Counter((one.category.name, one.category.name_en) for one in orders if one.category)
    said = {way: "、".join(f"{name[n]}×{count}" for name, count in kinds.most_common(3)) for n, way in enumerate(("zh", "en"))}
    count = len(orders)
    title = t("同一来电人 {n} 件", "{n} orders of one caller").filled(n=count).as_dict()
    return {"id": orders[-1].pk, "title": title, "count": count, "what": said, "opened_at": plain(orders[-1].opened_at), "status": "watch"}


def disputes(viewer: Viewer, params: Params) -> Envelope:
    """Claims that wait for a decision, each with what was decided before in like cases."""
    found = readable(viewer, Dispute).filter(state="asked", place__startswith=params.get("place", ""))
    waiting = found.select_related("case").order_by("asked_at")[:MOST]
    rows = [_dispute(one, precedents_of(one.category, one.place, one.pk)) for one in waiting]
    return case_envelope(hotline, _named(rows), state=dict(CLAIM_STATES))


def _dispute(one: Dispute, before: list[Dispute]) -> Row:
    agreed = sum(row.state == "agreed" for row in before)
    said = t("{n} 件先例：{a} 件同意退回", "{n} precedents: {a} agreed").filled(n=len(before), a=agreed)
    return {**_plainly(one), "precedents": (said if before else t("没有先例", "no precedent")).as_dict()}


def precedents(viewer: Viewer, params: Params) -> Envelope:
    """The decided disputes that are nearest to one that waits (`dispute`)."""
    number = params.get("dispute", "")
    asked = readable(viewer, Dispute).filter(pk=int(number)).first() if number.isdigit() else None
    if asked is None:
        return case_envelope(hotline, [], t("选择一件争议以查看先例", "Choose a dispute to see its precedents"))
    rows = [_plainly(one) for one in precedents_of(asked.category, asked.place, asked.pk)]
    return case_envelope(hotline, _named(rows), state=dict(CLAIM_STATES))


def _plainly(one: Dispute) -> Row:
    return {
        "id": one.pk, "case": one.case.pk, "number": one.case.number, "title": _title(one.case), "office": one.office,
        "suggested": one.suggested, "category": one.category, "place": one.place, "state": one.state, "reason": one.reason,
        "basis": one.basis, "decision": one.decision, "decided_at": plain(one.decided_at), "asked_at": plain(one.asked_at),
    }  # fmt: skip


def _named(rows: list[Row]) -> list[Row]:
    offices = group_names("office", {row[name] for row in rows for name in ("office", "suggested")})
    kinds, places = group_names("category", {row["category"] for row in rows}), group_names("street", {row["place"] for row in rows})
    return [
        {**row, "office_name": offices[row["office"]].as_dict(), "suggested_name": offices[row["suggested"]].as_dict(),
         "category_name": kinds[row["category"]].as_dict(), "place_name": places[row["place"]].as_dict()}
        for row in rows
    ]  # fmt: skip


def exclusions(viewer: Viewer, params: Params) -> Envelope:
    """Orders that were taken out of the denominators or should be, each with ground and reason."""
    found = readable(viewer, Exclusion).filter(place__startswith=params.get("place", "")).select_related("case").order_by("-asked_at")
    rows = [_exclusion(one) for one in found[: top_of(params, MOST)]]
    return case_envelope(hotline, rows, state=dict(EXCLUSION_STATES), ground=dict(EXCLUSIONS))


def _exclusion(one: Exclusion) -> Row:
    return {"id": one.pk, "number": one.case.number, "title": _title(one.case), "ground": one.ground, "reason": one.reason,
            "state": one.state, "asked_at": plain(one.asked_at)}  # fmt: skip


def _title(case: Case) -> dict[str, str]:
    return t(case.title, case.title_en or case.title).as_dict()


def _sources(*rows: tuple[str, str, str, Any, Iterable[str]]) -> tuple[Source, ...]:
    return tuple(Source(f"hotline.{key}", t(zh, en), read, tuple(topics)) for key, zh, en, read, topics in rows)


SOURCES = _sources(
    ("topics", "一月一题", "topic of the month", topics, ("cases.case",)),
    ("events", "同一事件", "mass events", events, ("cases.case",)),
    ("repeats", "重复来电", "repeat callers", repeats, ("cases.case",)),
    ("disputes", "待裁定的退回争议", "disputes to decide", disputes, ("hotline.dispute",)),
    ("precedents", "先例", "precedents", precedents, ("hotline.dispute",)),
    ("exclusions", "剔除申请", "claims of exclusion", exclusions, ("hotline.exclusion",)),
)  # fmt: skip
