"""How rescues went lately: how soon somebody answered and was there, in classes of minutes, and what they turned out to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.utils import timezone

from hexi.core.data.api import describe, may, plain, readable
from hexi.core.trust.api import Viewer
from hexi.kernel.catalogue import catalogue
from hexi.kernel.declare import Source
from hexi.kernel.label import Label, t
from hexi.kernel.screen import Envelope
from hexi.modules.alarms.answerers import answerers
from hexi.modules.alarms.models import Rescue
from hexi.modules.alarms.words import NOT_SHOWN, outcome_labels

SPAN = timedelta(days=90)
"""Ours: so far back is lately."""
BINS = (3, 5, 8, 10, 15)
"""Ours: upper ends of the classes, in minutes; whoever came later stands in the last one."""
ORIGIN = t("告警救助（示例为模拟）", "alarms and rescue (the sample is simulated)")
TIMES = ("raised_at", "answered_at", "there_at", "outcome", "case__clocks__due_at")
Times = tuple[datetime, datetime | None, datetime | None, str, datetime | None]


def _lately(viewer: Viewer, place: str = "") -> list[Times]:
    """Rescues that are over and were no tests, each with when somebody should have been there."""
    column: Any = Rescue.place
    found = readable(viewer, Rescue, column.within(place) if place else None).filter(ended_at__isnull=False, is_test=False)
    return list(found.filter(raised_at__gt=timezone.now() - SPAN, case__clocks__key="arriving").order_by("raised_at").values_list(*TIMES))


def summary(viewer: Viewer) -> dict[str, Any]:
    """For the head of the desk: how many, the middle of how soon answered and there (seconds), and the share there in time."""
    rows = _lately(viewer)
    reached = [(there, due) for _, _, there, _, due in rows if there is not None]
    in_time = sum(due is not None and there <= due for there, due in reached)
    return {
        "days": SPAN.days, "rescues": len(rows), "real": sum(_is_real(outcome) for *_, outcome, _ in rows),
        "answered_s": _middle([at - raised for raised, at, *_ in rows if at]),
        "there_s": _middle([there - raised for raised, _, there, *_ in rows if there]),
        "in_time_pct": round(100 * in_time / len(reached), 1) if reached else None, "reached": len(reached),
    }  # fmt: skip


def _middle(spans: Sequence[timedelta]) -> int | None:
    return round(median(one.total_seconds() for one in spans)) if spans else None


def _is_real(outcome: str) -> bool:
    return any(one.group == "real" for alarm in catalogue.alarms.values() for one in alarm.outcomes if one.key == outcome)


def arrivals(viewer: Viewer, params: Mapping[str, str]) -> Envelope:
    """How many were reached within how many minutes, and how many by telephone alone."""
    rows = _lately(viewer, params.get("place", ""))
    found = Counter(_class_of((there - raised).total_seconds() / 60) for raised, _, there, *_ in rows if there)
    by_phone = sum(there is None for _, _, there, *_ in rows)
    classes = range(len(BINS) + 1)
    told = [{"within": f"b{number}", "count": found[number], "mark": "breach" if number == len(BINS) else "ok"} for number in classes]
    words = {f"b{number}": _class_words(number) for number in classes}
    note = t("近90天已结束的救助；另有{n}起电话核实后无需上门", "ended within 90 days; {n} more were cleared by telephone").filled(n=str(by_phone))
    return _envelope(viewer, told if rows else [], note, within=words)


def _class_of(minutes: float) -> int:
    return next((number for number, end in enumerate(BINS) if minutes <= end), len(BINS))


def _class_words(number: int) -> Label:
    if number == len(BINS):
        return t(f">{BINS[-1]}", f">{BINS[-1]}")
    low = BINS[number - 1] if number else 0
    return t(f"{low}–{BINS[number]}", f"{low}–{BINS[number]}")


def outcomes(viewer: Viewer, params: Mapping[str, str]) -> Envelope:
    """What they turned out to be, the most frequent first. A false alarm is a name for what happened."""
    found = Counter(outcome for *_, outcome, _ in _lately(viewer, params.get("place", "")) if outcome)
    rows = [{"outcome": key, "count": count} for key, count in found.most_common()]
    return _envelope(viewer, rows, t("误报只是名称，不追究任何人", "False alarms are only named, never punished"), outcome=outcome_labels())


def _envelope(viewer: Viewer, rows: Sequence[Mapping[str, Any]], note: Label, **words: Mapping[str, Label]) -> Envelope:
    none = t("近90天没有已结束的救助", "no rescue ended within 90 days") if may(viewer, describe(Rescue), "read") else NOT_SHOWN
    empty = None if rows else none
    return Envelope(rows=list(rows), as_of=plain(timezone.now()), origin=ORIGIN, dictionary=words, note=note, empty=empty)


SOURCES = (
    Source("alarms.arrivals", t("到场用时分布", "how soon somebody was there"), arrivals),
    Source("alarms.answerers", t("可排班的人", "whom the roster may take"), answerers),
    Source("alarms.outcomes", t("救助结果", "what rescues turned out to be"), outcomes),
)
