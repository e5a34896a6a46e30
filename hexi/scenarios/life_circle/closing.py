"""What pages read of closures in force, of gates that would help if they were open, and of a circle's grade."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any

from hexi.kit import (
    Barred,
    Envelope,
    Label,
    Source,
    Viewer,
    asked_of_walks,
    closures_at,
    district_calendar,
    names,
    now_context,
    smallest_places,
    t,
)
from hexi.scenarios.life_circle import walked
from hexi.scenarios.life_circle.counting import COVERAGE, GATES, kept
from hexi.scenarios.life_circle.figures import Barreds, Figures, figures, plain
from hexi.scenarios.life_circle.grading import Graded, Judged, Measured, grade_labels, grade_of, now_of, words_of
from hexi.scenarios.life_circle.rules import BASES
from hexi.scenarios.life_circle.sources import TOPICS, Params, Row, chosen, envelope, walker_of
from hexi.scenarios.life_circle.stock import joined, stock_by_community
from hexi.scenarios.life_circle.times import hour_of, moment_of

MOST_CLOSURES, MOST_GATES = 12, 20
NOTHING_CLOSED = t("目前没有通行管制", "No gate is closed for a time, and no street")
NOBODY_HERE = t("没有影响本范围居民的通行管制", "No closure changes anything for the people of this place")
NOWHERE = t("—", "—")
EVERY_WAY_TRIED = t(
    "全区能惠及居民的{shut}处逐一试算过：只打开一处，**至多惠及{best}人**，没有漏算。",
    "All {shut} that could help anybody were tried: opening one helps **{best} people at most**, and none was left out.",
)
BOUND_HOLDS = t(
    "全区只打开一处，**至多惠及{best}人**。没有逐一试算的各处，证明的上限是{bound}人，不会超过它。",
    "Opening one helps **{best} people at most** in the district. Those not tried are proved to help at most {bound} each.",
)
BOUND_ABOVE = t(
    "试算过的各处，只打开一处**至多惠及{best}人**。其余没有逐一试算，证明的上限是{bound}人：可能有一处惠及更多，但不会超过上限。",
    "Of those tried, opening one helps **{best} people at most**. Of the others one may help more, but provably none more than {bound}.",
)
COSTS = {"breach": t("有人少到", "costs people"), "ok": t("无人少到", "costs nobody")}
MET = {"ok": t("满足", "met"), "breach": t("不满足", "not met"), "none": t("无数据", "unknown")}


def closures(_: Viewer, params: Params) -> Envelope:
    """Each closure of the hour by itself: who of the place loses at least one kind because of it, or gains one."""
    hour = hour_of(params)
    found, barred = figures(hour), closures_at(moment_of(hour) or now_context().now)
    if found is None or not barred:
        return envelope([], found, empty=NOTHING_CLOSED) if found else envelope([], None)
    here = {found.communities[number] for number in chosen(found, params)}
    each_once = sorted(set(barred), key=lambda each: plain([each]))[:MOST_CLOSURES]
    effects = _effects(found.at, hour, walker_of(params), plain(each_once))
    places = smallest_places([(each.lon, each.lat) for each in each_once])
    called = names({place[:17] for place in places if place})
    rows = [
        {"key": number, "at": called.get((places[number] or "")[:17], NOWHERE).as_dict(), **_closure(each, effects[number], here)}
        for number, each in enumerate(each_once)
    ]
    if params.get("circle") or params.get("place"):
        rows = [row for row in rows if row["lost"] or row["gained"]]
    return envelope(sorted(rows, key=lambda row: row["change"]), found, words={"mark": COSTS}, empty=None if rows else NOBODY_HERE)


@lru_cache(maxsize=32)
def _effects(_at: str, time: str, walker: str, barred: Barreds) -> Any:
    # `_at` is in the key: other people and outlets, other effects.
    stored = kept(COVERAGE) or {}
    return asked_of_walks(walked.CLOSURES, time=time, walker=walker, barred=barred, at=stored["stamp"])


def _closure(spot: Barred, effect: dict[str, dict[str, int]], here: set[str]) -> Row:
    lost, gained = (sum(people for code, people in effect[name].items() if code in here) for name in ("lost", "gained"))
    called = spot.label or t("通行管制", "closure")
    return {
        "closure": called.as_dict(), "since": _moment(spot.begins_at), "until": _moment(spot.ends_at), "lost": lost, "gained": gained,
        "change": gained - lost, "effect": _people(gained - lost).as_dict(), "mark": "breach" if lost else "ok",
        "span": t("自{since}起", "since {since}").filled(since=_moment(spot.begins_at)).as_dict(),
    }  # fmt: skip


def _people(change: int) -> Label:
    if not change:
        return t("没有人受影响", "nobody is affected")
    return t("{n} 人", "{n} people").filled(n=f"{change:+,}".replace("-", "−"))


def _moment(moment: datetime | None) -> str:
    return f"{district_calendar().local(moment):%m-%d %H:%M}" if moment else ""


def gates(_: Viewer, params: Params) -> Envelope:
    """Locked gates and private ways by how many people of the place would reach one kind more at least if that one were open."""
    found, known = figures(), kept(GATES)
    if found is None or known is None:
        return envelope([], None)
    here = {found.communities[number] for number in chosen(found, params)}
    rows = [_gate(way, sum(people for code, people in way["by_community"].items() if code in here)) for way in known["ways"]]
    rows = sorted((row for row in rows if row["people"]), key=lambda row: (-row["people"], row["way"]))[:MOST_GATES]
    called = names({row["place"][:17] for row in rows})
    told = [{**row, "at": called.get(row["place"][:17], NOWHERE).as_dict()} for row in rows]
    return envelope(told, found, empty=None if told else _no_gate(known))


def _gate(way: Row, people: int) -> Row:
    helped = t("{n} 人", "{n} people").filled(n=f"{people:,}")
    return {
        **{name: way[name] for name in ("way", "lon", "lat", "place", "by_rule")}, "key": way["way"], "gate": way["name"], "people": people,
        "net_elders": way["elders"], "net_children": way["children"], "total": way["people"], "helped": helped.as_dict(),
    }  # fmt: skip


def _no_gate(known: Row) -> Label:
    if not known["shut"]:
        return t("地图上没有打开后有人受益的上锁大门或内部通道", "No locked gate or private way on the map would help anybody")
    return t("打开任何一处都不惠及本范围居民", "None would help people of this place")


def gate_bound(_: Viewer, params: Params) -> Envelope:
    """What opening any one way can bring at most, in the whole district, and whether that is proved."""
    found, known = figures(), kept(GATES)
    if found is None or known is None:
        return envelope([], None)
    if not known["ways"]:
        return envelope([], found, empty=_no_gate(known))
    best, bound = max(way["people"] for way in known["ways"]), known["bound"]
    words = EVERY_WAY_TRIED if not bound else BOUND_HOLDS if bound <= best else BOUND_ABOVE
    said = words.filled(best=f"{best:,}", bound=f"{bound:,}", shut=known["shut"])
    return envelope([{"key": "bound", "text": said.as_dict()}], found)


def grade(_: Viewer, params: Params) -> Envelope:
    """Every criterion of every grade for one circle (or the place), measured."""
    found = figures(hour_of(params))
    if found is None:
        return envelope([], None)
    graded = graded_in(found, chosen(found, params))
    labels = grade_labels()
    rows = [{"key": each.criterion.id, "grade": each.criterion.grade, **_criterion(each)} for each in graded.judged]
    return envelope(rows, found, words={"basis": BASES, "grade": labels, "met": MET})


def graded_in(found: Figures, numbers: list[int]) -> Graded:
    """The grade of these communities together."""
    here = joined(stock_by_community(), [found.communities[one] for one in numbers])
    return grade_of(Measured(here, lambda group: found.share(numbers, group)))


def _criterion(judged: Judged) -> Row:
    one = judged.criterion
    mark = "none" if judged.value is None else "ok" if judged.is_met else "breach"
    return {
        "criterion": words_of(judged).as_dict(), "now": now_of(judged).as_dict(), "met": mark, "standard": one.standard.label.as_dict(),
        "clause": one.clause, "basis": one.basis,
    }  # fmt: skip


SOURCES = (
    Source("life_circle.closures", t("通行管制的影响", "what closures change"), closures, TOPICS),
    Source("life_circle.gates", t("可开放的大门", "gates that would help"), gates, TOPICS),
    Source("life_circle.gate_bound", t("开门的上限", "what a gate can bring at most"), gate_bound, TOPICS),
    Source("life_circle.grade", t("达标与提升", "grades"), grade, TOPICS),
)
