"""Which office a case goes to, and why: rules by category, area and hour, the first that fits; then the category's own office."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from hexi.core.data.api import office_keys
from hexi.core.trust.api import offices_of_places, organisation_labels
from hexi.kernel.label import Label, t
from hexi.modules.cases.contracts import Routed
from hexi.modules.cases.models import Category, Route
from hexi.modules.cases.tables import district_calendar

HELD_S = 5.0  # so long another process may go on with old rules
STREET_WIDTH = 9  # digits of a street's code


@dataclass(frozen=True, slots=True)
class Question:
    """What routing asks of a case. `returned` are the offices that gave it back: it is not sent there again by any rule."""

    kind: str
    category: str
    place: str
    at: datetime
    returned: frozenset[str] = frozenset()


_held: dict[str, tuple[float, Any]] = {}


def route(asked: Question) -> Routed:
    """Where it goes, or nowhere, with the reason. The same rules that `explained` shows one by one."""
    for rule in _rules():
        if _misfit(rule, asked) is None:
            office = _office(rule, asked)
            why = t("规则“{name}”（第 {order} 位）", "rule “{name}” (number {order})").filled(name=_named(rule), order=rule.order)
            return Routed(office, _helpers(rule, asked), rule.pk, _without(why, asked))
    owner = owner_of(asked.category, _day(asked))
    if owner in organisation_labels() and owner not in asked.returned:
        return Routed(owner, (), None, _without(_owned(asked), asked))
    return Routed("", (), None, _without(t("没有适用的派单规则，需人工派单", "no rule fits: somebody has to dispatch it"), asked))


def _helpers(rule: Route, asked: Question) -> tuple[str, ...]:
    return tuple(key for key in office_keys(rule.co_offices) if key not in asked.returned)


def _without(why: Label, asked: Question) -> Label:
    """The reason, and which offices are left out because they gave the case back."""
    if not asked.returned:
        return why
    known = organisation_labels()
    names = [known.get(key, t(key, key)) for key in sorted(asked.returned)]
    zh, en = "、".join(one.zh for one in names), ", ".join(one.en for one in names)
    return t(f"{why.zh}；已退回本案的{zh}不再建议", f"{why.en}; {en} gave it back and is not suggested again")


def _named(rule: Route) -> Label:
    return t(rule.name, rule.name_en or rule.name)


def _owned(asked: Question) -> Label:
    found = category_of(asked.category, _day(asked))
    zh, en = (found.name, found.name_en or found.name) if found else (asked.category, asked.category)
    return t(f"分类“{zh}”的责任单位", f"the office responsible for the category “{en}”")


def explained(asked: Question) -> list[dict[str, Any]]:
    """Every rule in its order with why it fits or not; the first that fits is the one that counts."""
    return [
        {"rule": rule.pk, "order": rule.order, "name": rule.name, "label": _named(rule).as_dict(), "misfit": _said(_misfit(rule, asked))}
        for rule in _rules()
    ]


def category_of(code: str, day: date, kind: str = "") -> Category | None:
    """The category in force on that day; none where it is for another kind of case than the one named."""
    found = _categories(day).get(code)
    return None if found and kind and found.kind not in {"", kind} else found


def owner_of(category: str, day: date) -> str:
    """The office that answered for the category on that day, else for the branch that it stands in."""
    known = _categories(day)
    while category:
        if (found := known.get(category)) and found.lead:
            return found.lead
        category = category.rpartition(".")[0]
    return ""


def forget(**_: Any) -> None:
    """Read rules and categories anew."""
    _held.clear()


def _rules() -> list[Route]:
    return _kept("rules", lambda: list(Route.objects.filter(active=True).order_by("order", "pk")))


def _categories(day: date) -> dict[str, Category]:
    rows: Iterable[Category] = _kept("categories", lambda: list(Category.objects.order_by("valid_from")))
    return {row.code: row for row in rows if (row.valid_from or day) <= day <= (row.valid_to or day)}


def _day(asked: Question) -> date:
    """The district's own day: a category that begins on the first counts from its midnight, not from that of Greenwich."""
    return district_calendar().local(asked.at).date()


def _kept(what: str, read: Any) -> Any:
    if what not in _held or time.monotonic() - _held[what][0] > HELD_S:
        _held[what] = (time.monotonic(), read())
    return _held[what][1]


def _misfit(rule: Route, asked: Question) -> Label | None:
    """Why the rule does not fit; None when it does."""
    local = district_calendar().local(asked.at)
    if rule.kind and rule.kind != asked.kind:
        return t("只用于其他事项", "it is for another kind of case")
    if rule.category and not f"{asked.category}.".startswith(f"{rule.category}."):
        return t("分类不在 {code} 之下", "the category is not under {code}").filled(code=rule.category)
    if rule.place and not asked.place.startswith(rule.place):
        return t("地点不在其范围内", "the place lies outside of its area")
    if rule.weekdays and str(local.isoweekday()) not in rule.weekdays:
        return t("不在其星期内", "it is for other days of the week")
    if not _in_hours(rule, local.hour):
        return t("不在其时段内", "it is for other hours")
    if not (rule.valid_from or local.date()) <= local.date() <= (rule.valid_to or local.date()):
        return t("不在有效期内", "it is not in force then")
    return _office_misfit(_office(rule, asked), asked)


def _office_misfit(office: str, asked: Question) -> Label | None:
    if not office:
        return t("地点没有属地街道", "no street office answers for the place")
    if office not in organisation_labels():
        return t("其承办单位“{office}”已不存在，请修改规则", "its office “{office}” is no longer there: change the rule").filled(office=office)
    if office in asked.returned:
        return t("其承办单位已退回本案", "its office gave the case back")
    return None


def _in_hours(rule: Route, hour: int) -> bool:
    """22 to 6 is the night."""
    first, last = rule.from_hour, rule.to_hour
    if first is None or last is None:
        return True
    return first <= hour < last if first <= last else hour >= first or hour < last


def _office(rule: Route, asked: Question) -> str:
    if not rule.to_street:
        return rule.office
    return offices_of_places().get(asked.place[:STREET_WIDTH], "")


def _said(label: Label | None) -> dict[str, str] | None:
    return label.as_dict() if label else None
