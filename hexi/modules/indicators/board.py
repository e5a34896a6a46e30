"""What panels read of the indicators: board, tile, trend, areas."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from hexi.core.data.api import plain, readable
from hexi.core.space.api import children_of, path_of, prefix_lengths
from hexi.core.trust.api import Viewer
from hexi.kernel.errors import NotFound
from hexi.kernel.label import Label, t
from hexi.kernel.screen import Envelope
from hexi.modules.indicators.models import Card, Value

CAUTION_BELOW = 30  # ours: rates over fewer cases swing too much to be compared
SPARK = 16
ORIGIN = t("指标中心", "indicator room")
DISTRICT_ONLY = t("公开的数字只到全区", "Published for the whole district only")
Params = Mapping[str, str]
Row = dict[str, Any]


def board(viewer: Viewer, params: Params) -> Envelope:
    """Every indicator of the dictionary with its newest value for the place."""
    place = params.get("place") or ""
    cards = list(readable(viewer, Card).order_by("code"))
    values = _recent(viewer, [card.pk for card in cards], place)
    rows = [tile_row(card, values.get(card.pk, [])) for card in cards]
    newest = _newest(v[0] for v in values.values())
    return Envelope(rows=rows, as_of=plain(newest) if newest else "", quality="computed", origin=ORIGIN, dictionary=STATUS_WORDS)


def tile(viewer: Viewer, params: Params) -> Envelope:
    """One indicator for the place. Raises NotFound."""
    card = _card(viewer, params.get("key", ""))
    values = _recent(viewer, [card.pk], params.get("place") or "").get(card.pk, [])
    as_of = plain(values[0].as_of) if values else ""
    return Envelope(
        rows=[tile_row(card, values)], as_of=as_of, quality=_quality(values), origin=_origin(card, values), dictionary=STATUS_WORDS
    )


def trend(viewer: Viewer, params: Params) -> Envelope:
    """The values of one indicator over time, oldest first."""
    card = _card(viewer, params.get("key", ""))
    values = list(reversed(_recent(viewer, [card.pk], params.get("place") or "", limit=120).get(card.pk, [])))
    rows = [{"period": v.period, "value": plain(v.value), "target": plain(card.target), "revised": v.state == "revised"} for v in values]
    return Envelope(rows=rows, as_of=plain(values[-1].as_of) if values else "", quality=_quality(values), origin=_origin(card, values))


def areas(viewer: Viewer, params: Params) -> Envelope:
    """One indicator for each part of the place: its streets, or the communities of a street."""
    card = _card(viewer, params.get("key", ""))
    parts = {place.code: place.label for place in children_of(params.get("place") or district_code())}
    found = readable(viewer, Value).filter(card=card, current="yes", place__in=list(parts)).order_by("place", "period")
    newest = {value.place: value for value in found}
    rows = [_area_row(code, name, newest[code]) for code, name in parts.items() if code in newest]
    rows.sort(key=lambda row: (row["value"] is None, -(row["value"] or 0)))
    as_of = _newest(newest.values())
    return Envelope(rows=rows, as_of=plain(as_of) if as_of else "", quality="computed", origin=ORIGIN, dictionary=STATUS_WORDS)


def district_code() -> str:
    """The district's own code: the place without a parent."""
    from hexi.core.space.api import roots

    found = roots()
    return found[0].code if found else ""


def tile_row(card: Card, values: list[Value]) -> Row:
    """One tile: the newest value, its change against the one before and against a year ago.

    Without a value it says why: `awaiting` its scenario, or `absent` for this place.
    """
    row: Row = {
        "key": card.key,
        "code": card.code,
        "domain": {"zh": card.domain, "en": card.domain_en},
        "name": {"zh": card.name, "en": card.name_en},
        "better": card.better,
        "unit": {"zh": card.unit or " ", "en": card.unit_en or card.unit or " "},
        "target": plain(card.target),
        "owner": card.owner,
        "value": None,
        "status": "awaiting" if card.source_kind == "awaiting" else "absent",
        "period": None,
        "quality": None,
        "delta": None,
        "before": None,
        "year_delta": None,
        "year_before": None,
        "spark": [],
        "feeds": None,
    }
    if not values:
        if card.source_kind == "awaiting":
            row["feeds"] = {"zh": card.source_note or card.source_key, "en": f"Awaits {card.source_key}"}
        if card.source_kind == "published":
            row["feeds"] = DISTRICT_ONLY.as_dict()
        return row
    newest = values[0]
    row |= {
        "value": plain(newest.value),
        "status": newest.status,
        "period": newest.period,
        "quality": newest.quality,
        "qualifier": newest.qualifier,
        "state": newest.state,
    }
    row |= {
        "spark": [float(v.value) for v in reversed(values[:SPARK]) if v.value is not None],
        "as_of": plain(newest.as_of),
        "origin": newest.origin,
    }
    last, year = values[1] if len(values) > 1 else None, _year_before(newest, values)
    row |= {"delta": _change(newest, last), "before": last and last.period}
    row |= {"year_delta": _change(newest, year), "year_before": year and year.period}
    row["caution"] = newest.denominator is not None and newest.denominator < CAUTION_BELOW
    return row


def _recent(viewer: Viewer, cards: list[int], place: str, limit: int = 400) -> dict[int, list[Value]]:
    """Values in force by card, newest first."""
    found: dict[int, list[Value]] = defaultdict(list)
    where = place or district_code()
    for value in readable(viewer, Value).filter(card_id__in=cards, place=where, current="yes").order_by("-period"):
        if len(found[value.card_id]) < limit:
            found[value.card_id].append(value)
    return found


def _card(viewer: Viewer, key: str) -> Card:
    card = readable(viewer, Card).filter(key=key).first()
    if card is None:
        raise NotFound(t("指标字典里没有这一项", "The dictionary has no such indicator"), which=key)
    return card


def _change(newest: Value, before: Value | None) -> float | None:
    if before is None or newest.value is None or before.value is None:
        return None
    return round(float(newest.value - before.value), 4)


def _year_before(newest: Value, values: list[Value]) -> Value | None:
    if not newest.period[:4].isdigit():
        return None
    wanted = f"{int(newest.period[:4]) - 1}{newest.period[4:]}"
    return next((value for value in values if value.period == wanted), None)


def _area_row(code: str, name: Label, value: Value) -> Row:
    few = value.denominator is not None and value.denominator < CAUTION_BELOW
    return {
        "code": code,
        "name": name.as_dict(),
        "value": plain(value.value),
        "numerator": plain(value.numerator),
        "denominator": plain(value.denominator),
        "status": value.status,
        "caution": few,
    }


def _newest(values: Iterable[Value]) -> datetime | None:
    return max((value.as_of for value in values if value.as_of), default=None)


def _quality(values: list[Value]) -> Any:
    return values[0].quality if values and values[0].quality in {"published", "computed", "generated"} else "computed"


def _origin(card: Card, values: list[Value]) -> Any:
    return t(values[0].origin, values[0].origin) if values and values[0].origin else ORIGIN


def level_of_length(code: str) -> str:
    """The level's name by the length of its code."""
    return {length: level for level, length in prefix_lengths().items()}.get(len(code), "")


def breadcrumb(code: str) -> list[Row]:
    """The place and all above it, from the district down."""
    return [{"code": place.code, "name": place.name, "level": place.level} for place in path_of(code)]


STATUS_WORDS = {
    "status": {
        "ok": t("正常", "normal"),
        "watch": t("关注", "watch"),
        "breach": t("预警", "breach"),
        "none": t("不判定", "not judged"),
        "awaiting": t("待接入", "awaiting"),
        "absent": t("此范围无数", "no figure here"),
    }
}
