"""One plan on paper: for each person a page with times, places and ways in words, to be taken along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from html import escape
from itertools import groupby
from typing import Any

from django.utils import timezone

from hexi.core.data.api import plain, readable
from hexi.core.space.api import names
from hexi.core.trust.api import Viewer
from hexi.kernel.catalogue import catalogue
from hexi.kernel.label import Label, Language, t
from hexi.kernel.outside import Paper, Stop
from hexi.modules.tours.drawing import drawing
from hexi.modules.tours.models import Plan, PlannedStop
from hexi.modules.tours.words import SAID, STOP_STATES, STRAIGHT, option

STYLE = """
@page { size: A4; margin: 14mm 15mm }
body { margin: 0; font: 10pt/1.45 "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; color: #16212c }
h1 { font-size: 16pt; margin: 0 } h2 { font-size: 12pt; margin: 5mm 0 1mm; border-bottom: .4mm solid #1f5fa8; break-after: avoid }
p { margin: 0 0 1.5mm } .meta { color: #455565; font-size: 8.5pt }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .8mm 1.5mm; border-bottom: .2mm solid #c9d4de }
td { vertical-align: top }
th { font-weight: 500; color: #455565 } td.n, th.n { text-align: right; white-space: nowrap } tr { break-inside: avoid }
th { white-space: nowrap } td.way { font-size: 8.5pt; color: #455565 } td.said { white-space: nowrap; font-size: 8.5pt; line-height: 1.7 }
td.where { min-width: 36mm } td.said span { margin-right: 1mm }
td.said i { display: inline-block; width: 2.6mm; height: 2.6mm; border: .25mm solid #455565; margin-right: 1mm }
td.said u { display: block; height: 5mm; border-bottom: .2mm dotted #455565; text-decoration: none }
svg.way { display: block; box-sizing: border-box; width: 100%; border: .2mm solid #c9d4de; margin: 1.5mm 0 }
section + section { break-before: page }
"""  # fmt: skip
TITLE = t("{tour}：{day}", "{tour}, {day}")
SUM = t(
    "{people} 人，{stops} 处，步行 {km} 公里；每次都去直线最近一处要走 {crow} 公里。编制：{by}",
    "{people} people, {stops} stops, {km} km on foot; always going to the nearest next it would be {crow} km. Planned by {by}",
)  # fmt: skip
WITHIN = t("须在", "within")
HEADS = (t("序", "no."), t("到达", "there at"), t("去处", "where"), WITHIN, t("怎么走", "the way"), t("回报", "said"))
OWN = t(
    "{day} · {stops} 处 · 步行 {km} 公里 · {first} 到第一处，{last} 离开最后一处",
    "{day} · {stops} stops · {km} km on foot · at the first {first}, leaves the last {last}",
)
LEFT, NAMED = t("{what}：{why}", "{what}: {why}"), t("{name}（{place}）", "{name} ({place})")
DRAWN = t("路线图：圆圈为出发处，数字与下表一致；上北", "The way: the ring is where it begins, numbers as in the table; north is up")
Say = Callable[[Label], str]


def page(viewer: Viewer, plan: Plan, _origin: str) -> str:
    """The whole paper in the reader's language; names as the reader may see them."""
    say = _sayer(viewer.language)
    tour = catalogue.tours.get(plan.tour)
    due = {stop.record: stop for stop in tour.round.stops(viewer)} if tour else {}
    rows = list(readable(viewer, PlannedStop).filter(plan=plan).order_by("who", "account", "number"))
    title = say(TITLE.filled(tour=tour.label if tour else plan.tour, day=plain(plan.day)))
    total = SUM.filled(people=plan.people, stops=plan.stops, km=f"{plan.metres / 1000:.1f}", crow=f"{plan.crow_m / 1000:.1f}", by=plan.by)
    called = names({row.place for row in rows if row.place})
    parts = [_round(list(own), due, called, viewer.language) for _, own in groupby(rows, key=lambda row: (row.who, row.account))]
    straight = "" if plan.exact else f'<p class="meta">{say(STRAIGHT)}</p>'
    return (
        f'<!doctype html><html lang="{"zh-CN" if viewer.language == "zh" else "en"}"><head><meta charset="utf-8"/><title>{title}</title>'
        f"<style>{STYLE}</style></head><body><h1>{title}</h1><p class=meta>{say(total)}</p>"
        f"{straight}{''.join(parts)}{_left(plan, due, say)}</body></html>"
    )


def _sayer(language: Language) -> Say:
    return lambda label: escape(label.said(language))


def _round(rows: Sequence[PlannedStop], due: dict[int, Stop], called: Any, language: Language) -> str:
    say = _sayer(language)
    # Hours are a column only where somebody has some.
    shown = [head for head in HEADS if head is not WITHIN or any(row.windows for row in rows)]
    heads = "".join(f"<th>{say(head)}</th>" for head in shown)
    lines = "".join(_line(row, due.get(row.record), called, language, has_hours=WITHIN in shown) for row in rows)
    km = f"{sum(row.metres for row in rows) / 1000:.1f}"
    first, last = _clock(rows[0].arrive_at), _clock(rows[-1].leave_at)
    own = say(OWN.filled(day=plain(rows[0].plan.day), stops=len(rows), km=km, first=first, last=last))
    drawn = drawing(rows, say(DRAWN))
    told = f"{drawn}<p class=meta>{say(DRAWN)}</p>" if drawn else ""
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>"
    return f"<section><h2>{escape(rows[0].who)}</h2><p class=meta>{own}</p>{told}{table}</section>"


def _line(row: PlannedStop, stop: Stop | None, called: Any, language: Language, *, has_hours: bool) -> str:
    say = _sayer(language)
    area = called.get(row.place)
    where = f"<b>{say(stop.title)}</b><br/>{say(stop.place)}" if stop else say(area) if area else "—"
    hours = "<br/>".join(f"{_clock_of(opens)}–{_clock_of(closes)}" for opens, closes in row.windows)
    way: dict[str, Any] = row.way
    steps = "；".join(escape(step["text"][language]) for step in way.get("steps", ()))
    times = f"<td class=n>{row.number}</td><td class=n>{_clock(row.arrive_at)}</td>"
    within = f"<td class=n>{hours}</td>" if has_hours else ""
    told = f"<td class=way>{steps or f'{row.metres} m'}</td><td class=said>{_said(row, say)}</td>"
    return f"<tr>{times}<td class=where>{where}</td>{within}{told}</tr>"


def _said(row: PlannedStop, say: Say) -> str:
    """What was said already, else boxes to tick and a line to write on."""
    if row.state in SAID:
        return f"{say(option(STOP_STATES, row.state))} {_clock(row.said_at)}"
    return " ".join(f"<span><i></i>{say(option(STOP_STATES, state))}</span>" for state in SAID) + "<u></u>"


def _clock(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%H:%M}" if at else ""


def _clock_of(second: int) -> str:
    return f"{second // 3600:02}:{second // 60 % 60:02}"


def _left(plan: Plan, due: dict[int, Stop], say: Say) -> str:
    if not plan.unserved:
        return ""
    left = [(_called(one["record"], due), Label(one["why"]["zh"], one["why"]["en"])) for one in plan.unserved]
    lines = "".join(f"<li>{say(LEFT.filled(what=what, why=why))}</li>" for what, why in left)
    return f"<h2>{say(t('未能安排', 'On no round'))}</h2><ul>{lines}</ul>"


def _called(record: int, due: dict[int, Stop]) -> Label:
    """By its name, where its record still asks for somebody and the reader may see it."""
    stop = due.get(record)
    return NAMED.filled(name=stop.title, place=stop.place) if stop else Label(str(record), str(record))


PAPER = Paper("tours.plan", t("巡访单（PDF）", "rounds (PDF)"), page)
