"""Open cases like the one that somebody is about to report: near, of its category, and recent. The public may see every word of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from hexi.core.data.api import readable, tuned_context
from hexi.core.space.api import distance_m
from hexi.core.trust.api import PUBLIC
from hexi.kernel.context import Context, Param
from hexi.kernel.label import t
from hexi.modules.cases.models import Case
from hexi.modules.cases.spots import STEEPEST, ZOOM, cell_of, spots_of_tile
from hexi.modules.cases.words import state_words

Point = tuple[float, float]
WITHIN_M = Param("near_within_m", t("查找相似案件的范围（米）", "how far like cases are looked for (m)"), default=300, low=20, high=5000)
DAYS = Param("near_days", t("查找相似案件的天数", "how old like cases may be (days)"), default=60, low=1, high=730)
BY_DISTANCE = Param("near_by_distance", t("相似度：距离权重", "likeness: weight of distance"), default=0.5, low=0.0, high=1.0)
BY_CATEGORY = Param("near_by_category", t("相似度：分类权重", "likeness: weight of category"), default=0.35, low=0.0, high=1.0)
BY_TIME = Param("near_by_time", t("相似度：时间权重", "likeness: weight of time"), default=0.15, low=0.0, high=1.0)
LEAST = Param("near_least", t("相似度：显示下限", "likeness: shown from"), default=0.35, low=0.0, high=1.0)
PARAMS = (WITHIN_M, DAYS, BY_DISTANCE, BY_CATEGORY, BY_TIME, LEAST)
"""All ours; officials tune them."""
NEARBY = t("{far} 米外，已有 {n} 人反映", "{far} m away, {n} reported this")
EQUATOR_M = 40_075_016.686
MOST = 2000
SHOWN = 10
OPEN = ~Case.phase.one_of("closed", "cancelled")
COLUMNS = (
    "number", "kind", "title", "state", "phase", "lon", "lat", "place", "opened_at", "due_at", "supporters", "category__code",
    "category__name", "category__name_en",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Like:
    """A case that may be the same, how far it is, and how like: 0 to 1."""

    row: dict[str, Any]
    distance_m: float
    score: float

    def document(self) -> dict[str, Any]:
        """As a resident reads it."""
        row = self.row
        name = row["category__name"]
        count = {"n": row["supporters"], "far": round(self.distance_m)}
        return {
            "number": row["number"], "title": row["title"], "stage": {"key": row["state"], **state_words(row["kind"], row["state"]).as_dict()},
            "category": {"key": row["category__code"], "zh": name, "en": row["category__name_en"] or name} if name else None,
            "lon": row["lon"], "lat": row["lat"], "distance_m": count["far"], "score": round(self.score, 3), "opened_at": row["opened_at"],
            "due_at": row["due_at"], "supporters": row["supporters"], "words": NEARBY.filled(**count).as_dict(),
        }  # fmt: skip


def cases_near(kind: str, category: str, point: Point) -> list[Like]:
    """The likest first, at most ten. Only what the public may read."""
    context, now = tuned_context(), timezone.now()
    within = float(context.value(WITHIN_M))
    since = now - timedelta(days=float(context.value(DAYS)))
    found = readable(PUBLIC, Case, (Case.kind == kind) & OPEN).filter(_around(point, within), opened_at__gte=since)
    likes = [_like(row, category, point, context, now) for row in found.order_by("-pk").values(*COLUMNS)[:MOST]]
    kept = [like for like in likes if like.distance_m <= within and like.score >= context.value(LEAST)]
    return sorted(kept, key=lambda like: -like.score)[:SHOWN]


def likeness(distance: float, category: tuple[str, str], age: timedelta, context: Context) -> float:
    """0 to 1: what distance, category and age say, each by its weight."""
    far = max(0.0, 1 - distance / float(context.value(WITHIN_M)))
    old = max(0.0, 1 - age / timedelta(days=float(context.value(DAYS))))
    weights = [float(context.value(one)) for one in (BY_DISTANCE, BY_CATEGORY, BY_TIME)]
    return sum(w * v for w, v in zip(weights, (far, _shared(*category), old), strict=True)) / (sum(weights) or 1)


def _like(row: dict[str, Any], category: str, point: Point, context: Context, now: datetime) -> Like:
    away = distance_m((float(row["lon"]), float(row["lat"])), point)
    return Like(row, away, likeness(away, (category, row["category__code"] or ""), now - row["opened_at"], context))


def _shared(one: str, other: str) -> float:
    """How much of the longer code both share, branch by branch; half where one says nothing."""
    if not one or not other:
        return 0.5
    here, there = one.split("."), other.split(".")
    same = 0
    for left, right in zip(here, there, strict=False):
        if left != right:
            break
        same += 1
    return same / max(len(here), len(there))


def _around(point: Point, within: float) -> Q:
    """The tiles that a circle touches: at most nine ranges of the index."""
    lon, lat = point[0], max(-STEEPEST, min(STEEPEST, point[1]))
    around = EQUATOR_M * math.cos(math.radians(lat))
    zoom = max(0, min(ZOOM, int(math.log2(max(around, 1) / within))))
    east, north = within / around * 360, within / EQUATOR_M * 360
    first, top = cell_of(lon - east, lat + north, zoom)
    last, bottom = cell_of(lon + east, lat - north, zoom)
    found = Q(pk=None)
    for column in range(first, last + 1):
        for row in range(top, bottom + 1):
            start, end = spots_of_tile(zoom, column, row)
            found |= Q(spot__gte=start, spot__lt=end)
    return found
