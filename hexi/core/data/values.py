"""From what people send (JSON, form, sheet cell) to a field's value, or to a sentence that says what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from hexi.core.space.api import labels_for
from hexi.core.trust.api import organisation_labels
from hexi.kernel.errors import Problem
from hexi.kernel.label import Label, t

DISTRICT_ZONE = ZoneInfo("Asia/Shanghai")
YES = {"true", "1", "yes", "y", "是", "有", "√", "对"}
NO = {"false", "0", "no", "n", "否", "无", "×", "没有"}
Field = Any


class Refused(Exception):
    """This value will not do; `message` says why."""

    def __init__(self, message: Label) -> None:
        super().__init__(message.en)
        self.message = message


def parsed(field: Field, raw: Any) -> Any:
    """The value to store. Raises Refused with a sentence for the reader."""
    if isinstance(raw, str):
        raw = raw.strip().replace("\x00", "")
    if raw is None or raw == "":
        return _blank(field)
    return PARSERS[field.kind](field, raw)


def parsed_all(fields: list[Field], given: Mapping[str, Any], *, partial: bool = False) -> tuple[dict[str, Any], list[Problem]]:
    """Every field's value by name, and a problem for each that will not do. `partial` leaves out what was not given."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for field in fields:
        if field.name not in given and (partial or field.has_default()):
            continue
        try:
            values[field.name] = parsed(field, given.get(field.name))
        except Refused as refused:
            problems.append(Problem(field.name, refused.message, value=str(given.get(field.name, ""))[:80]))
    known = {field.name for field in fields}
    problems += [Problem(name, t("没有这一栏，或不能这样修改", "There is no such field, or it is not changed this way")) for name in given if name not in known]
    return values, problems


def _blank(field: Field) -> Any:
    if not field.missing and not (field.kind == "flag" and field.has_default()):
        raise Refused(t("必填", "This is required"))
    if field.kind == "flag" and not field.null:
        return False
    return "" if field.blank_is_text else None


def _text(field: Field, raw: Any) -> str:
    text = str(raw)
    limit = getattr(field, "max_length", None) or 20_000
    if len(text) > limit:
        raise Refused(t("最多 {limit} 字，现有 {length} 字", "At most {limit} characters, there are {length}").filled(limit=limit, length=len(text)))
    return text


def _number(field: Field, raw: Any) -> Any:
    if isinstance(raw, bool):
        raise Refused(t("应为数字", "This should be a number"))
    try:
        number = Decimal(_digits(raw))
    except InvalidOperation:
        raise Refused(t("应为数字，如 12 或 3.5", "This should be a number, such as 12 or 3.5")) from None
    if not number.is_finite():
        raise Refused(t("应为有限的数字", "This should be a finite number"))
    _check_limits(field, number)
    if number != round(number, field.decimals):
        raise Refused(t("最多 {places} 位小数", "At most {places} decimals").filled(places=field.decimals))
    return int(number) if not field.decimals else round(number, field.decimals)


def _digits(raw: Any) -> str:
    """Plain digits from what sheets hold: thousands commas, full-width digits, 12.0 for 12."""
    text = repr(raw) if isinstance(raw, float) else str(raw)
    return text.translate(FULL_WIDTH).replace(",", "").removeprefix("¥").removesuffix("元").strip()


FULL_WIDTH = {0xFF10 + i: ord("0") + i for i in range(10)} | {0xFF0C: ord(","), 0xFF0E: ord("."), 0xFF0D: ord("-")}


def _check_limits(field: Field, number: Decimal) -> None:
    if field.low is not None and number < field.low:
        raise Refused(t("不能小于 {low}", "This cannot be below {low}").filled(low=field.low))
    if field.high is not None and number > field.high:
        raise Refused(t("不能大于 {high}", "This cannot be above {high}").filled(high=field.high))
    if abs(number) >= 10**15:
        raise Refused(t("数字过大", "The number is too large"))


def _flag(field: Field, raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    text = str(raw).removesuffix(".0").lower()
    if text in YES | NO:
        return text in YES
    raise Refused(t("应为 是 或 否", "This should be yes or no"))


def _choice(field: Field, raw: Any) -> str:
    by_word = {word: key for key, label in field.options.items() for word in (key, label.zh, label.en.lower())}
    found = by_word.get(str(raw)) or by_word.get(str(raw).lower())
    if found is None:
        options = t("、".join(x.zh for x in field.options.values()), ", ".join(x.en for x in field.options.values()))
        raise Refused(t("应为以下之一：{options}", "This should be one of: {options}").filled(options=options))
    return found


DAY_FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d", "%m/%d/%Y")


def _day(field: Field, raw: Any) -> date:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    for form in DAY_FORMS:
        try:
            return datetime.strptime(str(raw)[:11].strip(), form).date()
        except ValueError:
            continue
    raise Refused(t("应为日期，如 2025-10-31", "This should be a day, such as 2025-10-31"))


def _moment(field: Field, raw: Any) -> datetime:
    try:
        moment = raw if isinstance(raw, datetime) else datetime.fromisoformat(re.sub(r"[/.](?=\d{1,2}\b)", "-", str(raw)))
    except ValueError:
        raise Refused(t("应为时间，如 2025-10-31 08:30", "This should be a time, such as 2025-10-31 08:30")) from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=DISTRICT_ZONE)).astimezone(UTC)


def _place(field: Field, raw: Any) -> str:
    code = str(raw).removesuffix(".0")
    if code not in labels_for([code]):
        raise Refused(t("没有编码为 {code} 的地点", "There is no place with the code {code}").filled(code=code))
    return code


def _office(field: Field, raw: Any) -> str:
    labels = organisation_labels()
    by_word = {word: key for key, label in labels.items() for word in (key, label.zh, label.en)}
    if str(raw) not in by_word:
        raise Refused(t("没有名为 {name} 的单位", "There is no organisation called {name}").filled(name=str(raw)))
    return by_word[str(raw)]


def _reference(field: Field, raw: Any) -> int:
    text = str(raw).removesuffix(".0")
    if not text.isdigit() or not field.related_model._default_manager.filter(pk=int(text)).exists():
        raise Refused(t("引用的记录不存在", "The record that this refers to does not exist"))
    return int(text)


def _document(field: Field, raw: Any) -> Any:
    if not isinstance(raw, dict | list):
        raise Refused(t("应为结构化内容", "This should be a structure"))
    return raw


PARSERS: dict[str, Callable[[Field, Any], Any]] = {
    "text": _text, "number": _number, "money": _number, "flag": _flag, "choice": _choice, "day": _day, "moment": _moment,
    "place": _place, "office": _office, "reference": _reference, "file": _reference, "document": _document,
}  # fmt: skip


def plain(value: Any) -> Any:
    """A stored value as JSON carries it: exact numbers as numbers, moments in ISO 8601 UTC."""
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case _:
            return value
