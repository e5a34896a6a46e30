"""Is this the same matter as an earlier one? Candidates from the database by where, what and when; a score from four plain likenesses."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from hexi.core.data.api import readable, tuned_context
from hexi.core.trust.api import Viewer
from hexi.kernel.context import Context, Param
from hexi.kernel.label import t
from hexi.modules.cases.models import Case
from hexi.modules.cases.spots import ZOOM, cell_of, spots_of_tile

WITHIN_M = Param("same_within_m", t("重复查找范围（米）", "how far the same matter is looked for (m)"), default=15, low=5, high=2000)
DAYS = Param("same_days", t("重复查找天数", "how old the same matter may be (days)"), default=7, low=1, high=730)
BY_DISTANCE = Param("same_by_distance", t("重复判定：距离权重", "same matter: weight of distance"), default=0.4, low=0.0, high=1.0)
BY_DAYS = Param("same_by_days", t("重复判定：时间权重", "same matter: weight of time"), default=0.8, low=0.0, high=1.0)
BY_ADDRESS = Param("same_by_address", t("重复判定：地址权重", "same matter: weight of the address"), default=0.4, low=0.0, high=1.0)
BY_TYPE = Param("same_by_type", t("重复判定：分类权重", "same matter: weight of the category"), default=0.1, low=0.0, high=1.0)
LEAST = Param("same_least", t("重复判定：下限", "same matter: least score"), default=0.8, low=0.0, high=1.0)
PARAMS = (WITHIN_M, DAYS, BY_DISTANCE, BY_DAYS, BY_ADDRESS, BY_TYPE, LEAST)
"""All ours; officials tune them. Chosen by `bench/duplicates.py` on a city that says which of its cases were duplicates: its points are
those of addresses, so where telephones give the point, some tens of metres more are wanted."""
METRES_PER_DEGREE = 111_320.0
WORDS = re.compile(r"[0-9a-z]+|[\u4e00-\u9fff]")
SHOWN, MOST = 10, 500
COLUMNS = ("id", "number", "title", "state", "phase", "lon", "lat", "address", "opened_at", "category__code", "category__name")


@dataclass(frozen=True, slots=True)
class Matter:
    """What finding looks at in a case. `what` is its category's code, or the words that stand for one."""

    lon: float | None
    lat: float | None
    at: datetime
    what: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each likeness counts, how far one looks, and from which score on two matters are taken for one."""

    within_m: float
    days: float
    distance: float
    time: float
    address: float
    what: float
    least: float


@dataclass(frozen=True, slots=True)
class Similar:
    """A case that may be the same matter: how far away, how many days apart, how like (0 to 1)."""

    row: dict[str, Any]
    distance_m: float | None
    days: float
    score: float


def weights_of(context: Context) -> Weights:
    """As officials have set them."""
    return Weights(*(float(context.value(one)) for one in (WITHIN_M, DAYS, BY_DISTANCE, BY_DAYS, BY_ADDRESS, BY_TYPE, LEAST)))


def similar_to(viewer: Viewer, case: Case, context: Context | None = None) -> list[Similar]:
    """Cases of the viewer's that may be the same matter as this one, opened before or after it, the likest first, at most ten."""
    weights = weights_of(context or tuned_context())
    mine = matter_of(case)
    found = candidates(readable(viewer, Case), mine, weights).exclude(pk=case.pk).filter(kind=case.kind)
    scored = [_similar(mine, row, weights) for row in found.order_by("-pk").values(*COLUMNS)[:MOST]]
    return sorted((one for one in scored if one.score >= weights.least), key=lambda one: -one.score)[:SHOWN]


def candidates(cases: QuerySet[Case], mine: Matter, weights: Weights) -> QuerySet[Case]:
    """Those near in place and time, or where one of both has no point, at the very same address. By the index of points."""
    span = timedelta(days=weights.days)
    near = _around(mine.lon, mine.lat, weights.within_m) if mine.lon is not None and mine.lat is not None else Q(pk__in=[])
    same = Q(address=mine.address) if mine.address and mine.lon is None else Q(pk__in=[])
    return cases.filter(near | same, opened_at__gte=mine.at - span, opened_at__lte=mine.at + span)


def matter_of(case: Case) -> Matter:
    """What finding looks at in this case."""
    code = case.category.code if case.category_id and case.category else ""
    lon, lat = (float(one) if one is not None else None for one in (case.lon, case.lat))
    assert case.opened_at is not None
    return Matter(lon, lat, case.opened_at, code, case.address)


def score(one: Matter, other: Matter, weights: Weights) -> float:
    """How surely both are one matter, 0 to 1: the weighted mean of what is known of both."""
    parts = (
        (weights.distance, _near(one, other, weights.within_m)), (weights.time, _soon(one, other, weights.days)),
        (weights.address, address_likeness(one.address, other.address)), (weights.what, _same_kind(one.what, other.what)),
    )  # fmt: skip
    known = [(weight, part) for weight, part in parts if part is not None]
    total = sum(weight for weight, _ in known)
    return sum(weight * part for weight, part in known) / total if total else 0.0


def distance_m(one: Matter, other: Matter) -> float | None:
    """Metres between them, on the flat: they are near. None where one has no point."""
    if one.lon is None or one.lat is None or other.lon is None or other.lat is None:
        return None
    east = (one.lon - other.lon) * math.cos(math.radians(one.lat)) * METRES_PER_DEGREE
    return math.hypot(east, (one.lat - other.lat) * METRES_PER_DEGREE)


def address_likeness(one: str, other: str) -> float | None:
    """How many words both share, of all that they have; None where one says nothing. A number that differs is another house."""
    here, there = _words(one), _words(other)
    if not here or not there:
        return None
    if _numbers(here) != _numbers(there):
        return 0.0
    return len(here & there) / len(here | there)


def _words(text: str) -> frozenset[str]:
    return frozenset(WORDS.findall(text.lower()))


def _numbers(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word for word in words if word.isdigit())


def _near(one: Matter, other: Matter, within_m: float) -> float | None:
    away = distance_m(one, other)
    return None if away is None else max(0.0, 1 - away / within_m)


def _soon(one: Matter, other: Matter, days: float) -> float:
    return max(0.0, 1 - abs((one.at - other.at).total_seconds()) / (days * 86_400))


def _same_kind(one: str, other: str) -> float | None:
    """The part of the branch that both share; None where one says nothing."""
    if not one or not other:
        return None
    here, there = one.split("."), other.split(".")
    same = next((n for n, (a, b) in enumerate(zip(here, there, strict=False)) if a != b), min(len(here), len(there)))
    return same / max(len(here), len(there))


def _similar(mine: Matter, row: dict[str, Any], weights: Weights) -> Similar:
    lon, lat = (float(row[name]) if row[name] is not None else None for name in ("lon", "lat"))
    other = Matter(lon, lat, row["opened_at"], row["category__code"] or "", row["address"])
    days = abs((mine.at - other.at).total_seconds()) / 86_400
    return Similar(row, distance_m(mine, other), days, score(mine, other, weights))


def _around(lon: float, lat: float, within_m: float) -> Q:
    """The tiles that a square around the point touches: few ranges of the index."""
    across = METRES_PER_DEGREE * math.cos(math.radians(lat))
    zoom = max(0, min(ZOOM, int(math.log2(360 * across / (2 * within_m)))))
    east, north = within_m / across, within_m / METRES_PER_DEGREE
    left, top = cell_of(lon - east, lat + north, zoom)
    right, bottom = cell_of(lon + east, lat - north, zoom)
    found = Q(pk__in=[])
    for column in range(left, right + 1):
        for row in range(top, bottom + 1):
            first, behind = spots_of_tile(zoom, column, row)
            found |= Q(spot__gte=first, spot__lt=behind)
    return found


def best_earlier(mine: Matter, others: Sequence[Matter], weights: Weights) -> float:
    """The score of the likest of the earlier ones, 0 without any: what decides whether a case is a duplicate."""
    return max((score(mine, other, weights) for other in others), default=0.0)
