"""How a figure was computed: the sentence, the statement, the rows behind it, and every revision."""

from __future__ import annotations

from typing import Any

from hexi.core.data.api import describe, plain, readable, tuned_context
from hexi.core.trust.api import Viewer, organisation_labels
from hexi.kernel.catalogue import catalogue, entity_key
from hexi.kernel.condition import Everything
from hexi.kernel.declare import Indicator
from hexi.kernel.errors import NotFound
from hexi.kernel.label import Label, t
from hexi.modules.indicators.board import district_code
from hexi.modules.indicators.measure import engine, statement
from hexi.modules.indicators.models import Card, Value

LINES = ("low_breach", "low_watch", "high_watch", "high_breach", "hysteresis")


def how(viewer: Viewer, key: str, place: str, period: str) -> dict[str, Any]:
    """Everything that somebody needs to recompute the figure. Raises NotFound."""
    card = readable(viewer, Card).filter(key=key).first()
    if card is None:
        raise NotFound(t("指标字典里没有这一项", "The dictionary has no such indicator"), which=key)
    where = place or district_code()
    values = readable(viewer, Value).filter(card=card, place=where).order_by("-period", "-id")
    chosen = values.filter(period=period).first() if period else values.filter(current="yes").first()
    return {**_defined(card), **_computed(card, where), **_figure(chosen), "place": where, "revisions": [_revision(v) for v in values[:20]]}


def _defined(card: Card) -> dict[str, Any]:
    owner = organisation_labels().get(card.owner)
    return {
        "key": card.key,
        "code": card.code,
        "label": {"zh": card.name, "en": card.name_en},
        "definition": {"zh": card.definition, "en": card.definition_en},
        "numerator_words": _both(card, "numerator"),
        "denominator_words": _both(card, "denominator"),
        "exclusions": _both(card, "exclusions"),
        "unit": {"zh": card.unit or " ", "en": card.unit_en or " "},
        "better": card.better,
        "frequency": card.frequency,
        "owner": owner.as_dict() if owner else None,
        "target": plain(card.target),
        "lines": {name: plain(getattr(card, name)) for name in LINES},
        "basis": card.basis,
        "version": card.version,
        "source_kind": card.source_kind,
        "source": card.source_key,
        "source_note": card.source_note,
    }


def _both(card: Card, name: str) -> dict[str, str]:
    return {"zh": getattr(card, name), "en": getattr(card, f"{name}_en")}


def _computed(card: Card, place: str) -> dict[str, Any]:
    indicator = catalogue.indicators.get(card.source_key) if card.source_kind == "computed" else None
    if indicator is None or indicator.of is None:
        return {"sentence": _said_elsewhere(card, indicator), "sql": None, "params": [], "engine": None, "records": None}
    sql, params = statement(indicator, tuned_context())
    part = "where" if indicator.hit is None else "hit"
    records = {"entity": entity_key(indicator.of), "set": f"{indicator.key}.{part}", "all": f"{indicator.key}.where", "within": place}
    return {"sentence": sentence(indicator).as_dict(), "sql": sql, "params": params, "engine": engine(), "records": records}


def _said_elsewhere(card: Card, indicator: Indicator | None) -> dict[str, str]:
    if indicator is not None and indicator.definition is not None:
        return indicator.definition.as_dict()
    words = {
        "published": t("取自公开发布的数字，平台没有改动", "A published figure, entered as it was printed"),
        "awaiting": t("尚无数据：{note}", "No value yet: {note}").filled(note=card.source_note or card.source_key),
        "computed": t("登记尚未接入", "Its register is not connected yet"),
    }
    return words[card.source_kind].as_dict()


def sentence(indicator: Indicator) -> Label:
    """The computation as one sentence, with what is added to its rows."""
    if indicator.besides_words is None:
        return _of_rows(indicator)
    return t("{rows}。{besides}", "{rows}. {besides}").filled(rows=_of_rows(indicator), besides=indicator.besides_words)


def _of_rows(indicator: Indicator) -> Label:
    assert indicator.of is not None
    of = describe(indicator.of).label
    base = t("全部", "all") if isinstance(indicator.where, Everything) else t(indicator.where.words("zh"), indicator.where.words("en"))
    match indicator.measure:
        case "share":
            assert indicator.hit is not None
            hit = t(indicator.hit.words("zh"), indicator.hit.words("en"))
            return t(
                "在「{of}」登记中取：{base}；其中满足：{hit} 的占比", "Of the register “{of}” take: {base}; the share of those with: {hit}"
            ).filled(of=of, base=base, hit=hit)
        case "count":
            return t("「{of}」登记中满足：{base} 的条数", "The number of rows of the register “{of}” with: {base}").filled(of=of, base=base)
        case measure:
            assert indicator.column is not None
            kind = {"sum": t("合计", "sum"), "mean": t("平均值", "mean")}[measure]
            return t(
                "「{of}」登记中满足：{base} 的「{column}」{kind}", "The {kind} of “{column}” over the rows of “{of}” with: {base}"
            ).filled(of=of, base=base, column=indicator.column.label, kind=kind)


def _figure(value: Value | None) -> dict[str, Any]:
    if value is None:
        return {
            "value": None,
            "period": None,
            "as_of": None,
            "numerator": None,
            "denominator": None,
            "state": None,
            "source_sentence": None,
            "origin": None,
        }
    return {
        "value": plain(value.value),
        "period": value.period,
        "as_of": plain(value.as_of),
        "numerator": plain(value.numerator),
        "qualifier": value.qualifier,
        "denominator": plain(value.denominator),
        "state": value.state,
        "source_sentence": value.source_sentence or None,
        "origin": value.origin or None,
    }


def _revision(value: Value) -> dict[str, Any]:
    return {
        "id": value.pk,
        "period": value.period,
        "value": plain(value.value),
        "state": value.state,
        "as_of": plain(value.as_of),
        "current": value.current == "yes",
        "definition_version": value.definition_version,
    }
