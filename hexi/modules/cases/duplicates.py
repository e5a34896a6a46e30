"""Is this the same matter as another one? Candidates from the database by where, what and when; one score from plain likenesses.

Whoever looks for the same matter, for like ones beside a case, or for what others reported here already, looks as far as suits the
question and weighs as suits it; the score and its parts are the same."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from hexi.core.data.api import readable, tuned_context
from hexi.core.space.api import SPOT_ZOOM, cell_of, spots_of_tile
from hexi.core.trust.api import Viewer
from hexi.kernel.context import Context, Param
from hexi.kernel.label import t
from hexi.modules.cases.models import Case, SamePhoto

WITHIN_M = Param("same_within_m", t("重复查找范围（米）", "how far the same matter is looked for (m)"), default=15, low=5, high=2000)
DAYS = Param("same_days", t("重复查找天数", "how old the same matter may be (days)"), default=7, low=1, high=730)
BY_DISTANCE = Param("same_by_distance", t("重复判定：距离权重", "same matter: weight of distance"), default=0.4, low=0.0, high=1.0)
BY_DAYS = Param("same_by_days", t("重复判定：时间权重", "same matter: weight of time"), default=0.8, low=0.0, high=1.0)
BY_ADDRESS = Param("same_by_address", t("重复判定：地址权重", "same matter: weight of the address"), default=0.4, low=0.0, high=1.0)
BY_TYPE = Param("same_by_type", t("重复判定：分类权重", "same matter: weight of the category"), default=0.1, low=0.0, high=1.0)
LEAST = Param("same_least", t("重复判定：下限", "same matter: least score"), default=0.8, low=0.0, high=1.0)
BY_PICTURE = Param("same_by_picture", t("重复判定：照片权重", "same matter: weight of the same photograph"), default=0.8, low=0.0, high=1.0)
PARAMS = (WITHIN_M, DAYS, BY_DISTANCE, BY_DAYS, BY_ADDRESS, BY_TYPE, LEAST, BY_PICTURE)
"""All ours; officials tune them. Chosen by `bench/duplicates.py` on a city that says which of its cases were duplicates: its points are
those of addresses, so where telephones give the point, some tens of metres more are wanted."""
METRES_PER_DEGREE = 111_320.0
WORDS = re.compile(r"[0-9a-z]+|[\u4e00-\u9fff]")
SHOWN, MOST = 10, 500
COLUMNS = (
    "id", "number", "kind", "title", "title_en", "state", "phase", "lon", "lat", "place", "address", "opened_at", "supporters",
    "category__code", "category__name",
)  # fmt: skip
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Matter:
    """What finding looks at in a case. `what` is its category's code, or the words that stand for one.

    `same_photo`: it has a photograph that the other one has too. That two have different ones says nothing.
    """

    lon: float | None
    lat: float | None
    at: datetime
    what: str = ""
    address: str = ""
    text: str = ""
    same_photo: bool = False


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each likeness counts, how far one looks, and from which score on a case is shown."""

    within_m: float
    days: float
    distance: float
    time: float
    address: float
    what: float
    least: float
    picture: float = 0.0
    text: float = 0.0


@dataclass(frozen=True, slots=True)
class Similar:
    """A case that may be the same matter: how far away, how many days apart, how like (0 to 1), and what each likeness known says."""

    row: Row
    distance_m: float | None
    days: float
    score: float
    parts: dict[str, float]


def weights_of(context: Context) -> Weights:
    """As officials have set them."""
    return Weights(*(float(context.value(one)) for one in PARAMS))


def similar_to(viewer: Viewer, case: Case, context: Context | None = None) -> list[Similar]:
    """Cases of the viewer's that may be the same matter as this one, opened before or after it, the likest first, at most ten."""
    weights = weights_of(context or tuned_context())
    mine = matter_of(case)
    found = candidates(readable(viewer, Case), mine, weights).exclude(pk=case.pk).filter(kind=case.kind)
    return ranked(mine, rows_of(found, case, MOST), weights, weights.least)[:SHOWN]


def rows_of(found: QuerySet[Case], case: Case, most: int) -> Iterable[Row]:
    """The newest of them as ranking wants them, each with whether it shares a photograph with this case."""
    shared = Q(case=case, other=OuterRef("pk")) | Q(case=OuterRef("pk"), other=case)
    return found.order_by("-pk").values(*COLUMNS, shares_photo=Exists(SamePhoto.objects.filter(shared)))[:most]


def ranked(mine: Matter, rows: Iterable[Row], weights: Weights, least: float = 0.0) -> list[Similar]:
    """The likest first, those from this score on."""
    scored = [_similar(mine, row, weights) for row in rows]
    return sorted((one for one in scored if one.score >= least), key=lambda one: -one.score)


def candidates(cases: QuerySet[Case], mine: Matter, weights: Weights) -> QuerySet[Case]:
    """Those near in place and time, or where one of both has no point, at the very same address. By the index of points."""
    span = timedelta(days=weights.days)
    near = around(mine.lon, mine.lat, weights.within_m) if mine.lon is not None and mine.lat is not None else Q(pk__in=[])
    same = Q(address=mine.address) if mine.address and mine.lon is None else Q(pk__in=[])
    return cases.filter(near | same, opened_at__gte=mine.at - span, opened_at__lte=mine.at + span)


def matter_of(case: Case) -> Matter:
    """What finding looks at in this case."""
    code = case.category.code if case.category_id and case.category else ""
    lon, lat = (float(one) if one is not None else None for one in (case.lon, case.lat))
    assert case.opened_at is not None
    return Matter(lon, lat, case.opened_at, code, case.address, case.title)


def score(one: Matter, other: Matter, weights: Weights) -> float:
    """How surely both are one matter, 0 to 1: the weighted mean of what is known of both."""
    return _mean(known_parts(one, other, weights), weights)


def known_parts(one: Matter, other: Matter, weights: Weights) -> dict[str, float]:
    """What each likeness says, 0 to 1, without those of which one of both says nothing; the keys are those of the weights."""
    parts = {
        "distance": _near(one, other, weights.within_m), "time": _soon(one, other, weights.days),
        "address": address_likeness(one.address, other.address), "what": _same_kind(one.what, other.what),
        "picture": 1.0 if one.same_photo or other.same_photo else None,
        "text": text_likeness(one.text, other.text) if weights.text else None,
    }  # fmt: skip
    return {key: part for key, part in parts.items() if part is not None}


def _mean(parts: dict[str, float], weights: Weights) -> float:
    weighed = [(float(getattr(weights, key)), part) for key, part in parts.items()]
    total = sum(weight for weight, _ in weighed)
    return sum(weight * part for weight, part in weighed) / total if total else 0.0


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


def text_likeness(one: str, other: str) -> float | None:
    """How many pairs of neighbouring words or characters both share, of all that they have; None where one says nothing."""
    here, there = _pairs(one), _pairs(other)
    return len(here & there) / len(here | there) if here and there else None


def _pairs(text: str) -> frozenset[tuple[str, str]]:
    return frozenset(pairwise(WORDS.findall(text.lower())))


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


def _similar(mine: Matter, row: Row, weights: Weights) -> Similar:
    lon, lat = (float(row[name]) if row[name] is not None else None for name in ("lon", "lat"))
    code, address = row["category__code"] or "", row.get("address", "")
    other = Matter(lon, lat, row["opened_at"], code, address, row["title"], row.get("shares_photo", False))
    parts, days = known_parts(mine, other, weights), abs((mine.at - other.at).total_seconds()) / 86_400
    return Similar(row, distance_m(mine, other), days, _mean(parts, weights), parts)


def around(lon: float, lat: float, within_m: float) -> Q:
    """The tiles that a square around the point touches: few ranges of the index."""
    across = METRES_PER_DEGREE * math.cos(math.radians(lat))
    zoom = max(0, min(SPOT_ZOOM, int(math.log2(360 * across / (2 * within_m)))))
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
