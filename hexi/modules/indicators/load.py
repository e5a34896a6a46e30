"""Load the dictionary and the published figures from the district's data files. Loading again changes nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction

from hexi.core.data.api import describe, snapshot
from hexi.core.trust.api import PLATFORM, Happening, record
from hexi.kernel.declare import Progress
from hexi.kernel.label import t
from hexi.kernel.units import unit
from hexi.modules.indicators.board import district_code
from hexi.modules.indicators.compute import compute
from hexi.modules.indicators.models import Card, Value

Entry = dict[str, Any]
WORDY = ("name", "definition", "numerator", "denominator", "exclusions")


def load(progress: Progress) -> None:
    """Dictionary, published figures, and a first computation."""
    folder = Path(settings.DISTRICT)
    document = _read(folder / "indicators.yaml")
    published = _read(folder / "published_figures.yaml")
    with transaction.atomic():
        fresh = load_cards(document)
        figures = load_published(published, fresh)
    words = t("字典新增 {cards} 项指标，已公布数字 {figures} 个", "{cards} indicators new in the dictionary, {figures} published figures")
    progress(words.filled(cards=len(fresh), figures=figures))
    progress(t("算出 {count} 个指标值", "{count} indicator values computed").filled(count=f"{compute():,}"))


def load_cards(document: Entry) -> list[Card]:
    """The cards of the file that are not there yet; gives the fresh ones."""
    known = set(Card.objects.values_list("code", flat=True))
    fresh = [_card(entry, document) for entry in document["indicators"] if entry["code"] not in known]
    Card.objects.bulk_create(fresh)
    record(
        PLATFORM,
        *(Happening("create", "indicators.card", card.pk, after=snapshot(describe(Card), card), version=1) for card in fresh),
    )
    return fresh


def _card(entry: Entry, document: Entry) -> Card:
    kind, key = next((kind, entry["source"][kind]) for kind in ("computed", "published", "awaiting") if kind in entry["source"])
    domain = next(one["name"] for one in document["domains"] if one["key"] == entry["domain"])
    words = {f"{name}{end}": _part(entry, name).get(language, "") for name in WORDY for end, language in (("", "zh"), ("_en", "en"))}
    sign = unit(entry["unit"]).label if entry.get("unit") else None
    return Card(
        code=entry["code"],
        key=entry["key"],
        domain=domain["zh"],
        domain_en=domain["en"],
        **words,
        unit=sign.zh if sign else "",
        unit_en=sign.en if sign else "",
        better=entry["better"],
        frequency=entry["frequency"],
        grain=entry["grain"],
        owner=entry["owner"],
        source_kind=kind,
        source_key=key,
        source_note=_part(entry["source"], "note").get("zh", ""),
        **_limits(entry),
        valid_from=_day(entry.get("valid_from")),
    )


def _limits(entry: Entry) -> Entry:
    """Target and lines. Where higher is better `watch` and `breach` are lower limits, where lower is better upper ones."""
    lines: Entry = entry.get("thresholds") or {}
    side = "low" if entry["better"] == "up" else "high"
    found = {f"{end}_{name}": lines.get(f"{end}_{name}") for end in ("low", "high") for name in ("watch", "breach")}
    found |= {f"{side}_{name}": lines[name] for name in ("watch", "breach") if name in lines}
    found |= {"hysteresis": lines.get("hysteresis"), "target": _part(entry, "target").get("value")}
    return {**{name: _number(value) for name, value in found.items()}, "basis": str(lines.get("basis", ""))}


def _part(entry: Entry, name: str) -> Entry:
    """A part that may be null in the file."""
    return entry.get(name) or {}


def load_published(document: Entry, cards: list[Card]) -> int:
    """The printed figures behind these cards, each with its sentence. Gives their number."""
    by_key = {figure["key"]: figure for figure in document["figures"]}
    fresh = [_printed(card, by_key[card.source_key]) for card in cards if card.source_kind == "published" and card.source_key in by_key]
    Value.objects.bulk_create(fresh)
    record(
        PLATFORM,
        *(
            Happening("publish", "indicators.value", value.pk, after=snapshot(describe(Value), value), version=1)
            for value in fresh
        ),
    )
    return len(fresh)


def _printed(card: Card, figure: Entry) -> Value:
    return Value(
        card=card,
        place=district_code(),
        period=str(figure["period"]),
        value=Decimal(str(figure["value"])),
        status="none",
        state="published",
        qualifier=figure.get("qualifier", ""),
        as_of=_end_of(str(figure["period"])),
        quality="published",
        origin=f"{figure['source']} · {figure.get('printed', '')}",
        source_sentence=figure["sentence"],
        definition_version=card.version,
        current="yes",
    )


def _end_of(period: str) -> datetime:
    """The first day of the period is as much as a printed figure tells; a month or year is dated to its first day."""
    quarter = period[5:6] == "Q"
    month = (int(period[6]) - 1) * 3 + 1 if quarter else int(period[5:7]) if len(period) >= 7 else 1
    return datetime(int(period[:4]), month, 1, tzinfo=UTC)


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _day(value: Any) -> date | None:
    return value if value is None or isinstance(value, date) else date.fromisoformat(str(value))


def _read(path: Path) -> Entry:
    return yaml.safe_load(path.read_text(encoding="utf-8"))
