"""Open cases like the one that somebody is about to report: near, of its category, and recent. The public may see every word of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.utils import timezone

from hexi.core.data.api import readable, tuned_context
from hexi.core.trust.api import PUBLIC
from hexi.kernel.context import Context, Param
from hexi.kernel.label import t
from hexi.modules.cases.alike import reasons_of
from hexi.modules.cases.duplicates import Matter, Similar, Weights, around, ranked, weights_of
from hexi.modules.cases.models import Case
from hexi.modules.cases.words import state_words

Point = tuple[float, float]
WITHIN_M = Param("near_within_m", t("查找相似案件的范围（米）", "how far like cases are looked for (m)"), default=300, low=20, high=5000)
DAYS = Param("near_days", t("查找相似案件的天数", "how old like cases may be (days)"), default=60, low=1, high=730)
BY_DISTANCE = Param("near_by_distance", t("相似度：距离权重", "likeness: weight of distance"), default=0.5, low=0.0, high=1.0)
BY_CATEGORY = Param("near_by_category", t("相似度：分类权重", "likeness: weight of category"), default=0.35, low=0.0, high=1.0)
BY_TIME = Param("near_by_time", t("相似度：时间权重", "likeness: weight of time"), default=0.15, low=0.0, high=1.0)
BY_TEXT = Param("near_by_text", t("相似度：标题权重", "likeness: weight of the title"), default=0.2, low=0.0, high=1.0)
LEAST = Param("near_least", t("相似度：显示下限", "likeness: shown from"), default=0.35, low=0.0, high=1.0)
PARAMS = (WITHIN_M, DAYS, BY_DISTANCE, BY_CATEGORY, BY_TIME, BY_TEXT, LEAST)
"""All ours; officials tune them."""
NEARBY = t("{far} 米外，已有 {n} 人反映", "{far} m away, {n} reported this")
HERE = t("就在这里，已有 {n} 人反映", "right here, {n} reported this")
AT_HAND_M = 10  # ours: nearer than a telephone knows where it is
MOST = 2000
SHOWN = 10
OPEN = ~Case.phase.one_of("closed", "cancelled")
COLUMNS = (
    "number", "kind", "title", "state", "phase", "lon", "lat", "place", "opened_at", "due_at", "supporters", "category__code",
    "category__name", "category__name_en",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Like:
    """A case that may be the same, as a resident reads it."""

    found: Similar

    def document(self) -> dict[str, Any]:
        """With how far it is, how like (0 to 1), and why."""
        row = self.found.row
        name = row["category__name"]
        count = {"n": row["supporters"], "far": round(self.found.distance_m or 0)}
        return {
            "number": row["number"], "title": row["title"],
            "stage": {"key": row["state"], **state_words(row["kind"], row["state"]).as_dict()},
            "category": {"key": row["category__code"], "zh": name, "en": row["category__name_en"] or name} if name else None,
            "lon": row["lon"], "lat": row["lat"], "distance_m": count["far"], "score": round(self.found.score, 3),
            "opened_at": row["opened_at"], "due_at": row["due_at"], "supporters": row["supporters"],
            "words": (HERE if count["far"] < AT_HAND_M else NEARBY).filled(**count).as_dict(), "reasons": reasons_of(self.found),
        }  # fmt: skip


def near_weights(context: Context) -> Weights:
    """Farther than for the very same matter, so that what it is counts more and when it was less. Two tell of one in other words."""
    distance, what, time = (float(context.value(one)) for one in (BY_DISTANCE, BY_CATEGORY, BY_TIME))
    return replace(
        weights_of(context), within_m=float(context.value(WITHIN_M)), days=float(context.value(DAYS)), distance=distance, time=time,
        what=what, text=float(context.value(BY_TEXT)), least=float(context.value(LEAST)),
    )  # fmt: skip


def cases_near(kind: str, category: str, point: Point) -> list[Like]:
    """The likest first, at most ten. Only what the public may read."""
    weights, mine = near_weights(tuned_context()), Matter(*point, timezone.now(), category)
    since = mine.at - timedelta(days=weights.days)
    found = readable(PUBLIC, Case, (Case.kind == kind) & OPEN).filter(around(*point, weights.within_m), opened_at__gte=since)
    likes = ranked(mine, found.order_by("-pk").values(*COLUMNS)[:MOST], weights, weights.least)
    return [Like(one) for one in likes if (one.distance_m or 0) <= weights.within_m][:SHOWN]
