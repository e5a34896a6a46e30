"""Why two cases may be one matter, in words: what the score was made of."""

from __future__ import annotations

from hexi.kernel.label import Label, t
from hexi.modules.cases.duplicates import Similar

DISTANCE = t("相距 {metres} 米", "{metres} m apart")
SAME_DAY, DAYS = t("同一天", "within a day"), t("相隔 {days} 天", "{days} days apart")
ADDRESS, SAME_ADDRESS = t("地址 {percent}% 相同", "address {percent}% the same"), t("地址相同", "same address")
TEXT = t("标题 {percent}% 相近", "title {percent}% alike")
CATEGORY, BRANCH = t("分类相同", "same category"), t("同一大类", "same branch of categories")
PICTURE = t("用了同一张照片", "the same photograph")
LEAST = 0.3
"""Ours: words of which less is shared are no reason that anybody needs to read."""


def reasons_of(found: Similar) -> list[dict[str, str]]:
    """One sentence for each likeness that speaks for it, the picture first."""
    said = {key: label for key in found.parts if (label := _words(key, found)) is not None}
    return [{"key": key, **said[key].as_dict()} for key in ("picture", "distance", "time", "address", "text", "what") if key in said]


def _words(key: str, found: Similar) -> Label | None:
    part = found.parts[key]
    if key == "distance":
        return DISTANCE.filled(metres=round(found.distance_m or 0))
    if key == "time":
        return SAME_DAY if found.days < 1 else DAYS.filled(days=round(found.days))
    if key == "picture":
        return PICTURE
    if key == "what":
        return CATEGORY if part == 1 else BRANCH if part > 0 else None
    if part < LEAST:
        return None
    return SAME_ADDRESS if key == "address" and part == 1 else (ADDRESS if key == "address" else TEXT).filled(percent=round(part * 100))
