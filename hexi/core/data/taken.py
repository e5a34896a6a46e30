"""What a photograph tells of itself, in words for its sender: how long ago, how far from where they stand, in which place."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import Any

from django.utils import timezone

from hexi.core.data.exif import Taken
from hexi.core.data.placenames import place_names
from hexi.core.space.api import distance_m, place_at
from hexi.kernel.label import Label, t

Point = tuple[float, float]
MINUTE, HOUR, DAY, KILOMETRE = 60, 3600, 86_400, 1000


def taken_words(taken: Taken, here: Point | None) -> dict[str, Any] | None:
    """The document of `POST /api/files`; None where the picture tells nothing."""
    if taken.at is None and taken.point is None:
        return None
    place = place_at(*taken.point) if taken.point else None
    away = distance_m(taken.point, here) if taken.point and here and _on_earth(here) else None
    age = max(timezone.now() - taken.at, timedelta(0)) if taken.at else None
    return {
        "at": taken.at, "lon": taken.point[0] if taken.point else None, "lat": taken.point[1] if taken.point else None,
        "place": place.code if place else "", "place_label": _named(place.code) if place else None,
        "distance_m": round(away) if away is not None else None, "age_s": int(age.total_seconds()) if age is not None else None,
        "words": _sentence(away, age).as_dict(),
    }  # fmt: skip


def _on_earth(point: Point) -> bool:
    return all(map(math.isfinite, point)) and abs(point[0]) <= 180 and abs(point[1]) <= 90


def _named(code: str) -> dict[str, str]:
    return {language: place_names({code}, language).get(code, code) for language in ("zh", "en")}


def _sentence(away: float | None, age: timedelta | None) -> Label:
    parts = [part for part in (_ago(age), _far(away)) if part]
    if not parts:
        return t("照片带有拍摄地点", "The photo says where it was taken")
    return t("照片" + "，".join(part.zh for part in parts), "Photo taken " + ", ".join(part.en for part in parts))


def _far(away: float | None) -> Label | None:
    if away is None:
        return None
    if away < KILOMETRE:
        return t(f"拍摄处距您约 {round(away)} 米", f"about {round(away)} m from here")
    return t(f"拍摄处距您约 {away / KILOMETRE:.1f} 公里", f"about {away / KILOMETRE:.1f} km from here")


def _ago(age: timedelta | None) -> Label | None:
    if age is None:
        return None
    seconds = age.total_seconds()
    for length, zh, en in ((DAY, "天", "days"), (HOUR, "小时", "h"), (MINUTE, "分钟", "min")):
        if seconds >= length:
            return t(f"拍摄于 {int(seconds // length)} {zh}前", f"{int(seconds // length)} {en} ago")
    return t("刚刚拍摄", "just now")
