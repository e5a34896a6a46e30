"""From what people send (JSON, form, sheet cell) to a field's value, or to a sentence that says what is wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, cast
from zoneinfo import ZoneInfo

import orjson

from hexi.core.data.sharing import written
from hexi.core.space.api import labels_for
from hexi.core.trust.api import organisation_labels
from hexi.kernel.errors import Problem
from hexi.kernel.label import Label, t

DISTRICT_ZONE = ZoneInfo("Asia/Shanghai")
YES = {"true", "1", "yes", "y", "是", "有", "√", "✓", "对"}
NO = {"false", "0", "no", "n", "否", "无", "×", "没有"}
LONGEST_NUMBER = 60  # characters; no figure of a district is longer, and reading a million digits takes minutes
EXACT_DIGITS = 15  # what SQLite keeps of a number with decimals
LARGEST = 10**15
LARGEST_ID = 2**63 - 1
Field = Any


class Refused(Exception):
    """This value will not do; `message` says why."""

    def __init__(self, message: Label) -> None:
        super().__init__(message.en)
        self.message = message


def parsed(field: Field, raw: Any) -> Any:
    """The value to store. Raises Refused with a sentence for the reader."""
    if isinstance(raw, str):
        raw = clean(raw)
    if raw is None or raw == "":
        return _blank(field)
    return PARSERS[field.kind](field, raw)


def clean(text: str) -> str:
    """The text without what no database keeps: NUL, halves of characters, blanks around it."""
    text = text.strip()
    return text if text.isascii() and "\x00" not in text else text.replace("\x00", "").encode("utf-8", "ignore").decode()


def cleaned(value: Any) -> Any:
    """A structure with every text in it clean. Raises ValueError for a number that no reader of JSON gets whole."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, int) and abs(value) > LARGEST_ID:
        raise ValueError("数字过大 / the number is too large")
    if isinstance(value, list):
        return [cleaned(one) for one in cast("list[Any]", value)]
    if isinstance(value, dict):
        return {clean(str(key)): cleaned(one) for key, one in cast("dict[Any, Any]", value).items()}
    return value


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
            problems.append(Problem(field.name, refused.message, value=clean(str(given.get(field.name, "")))[:80]))
    known = {field.name for field in fields}
    lost = t("没有这一栏，或不能这样修改", "There is no such field, or it is not changed this way")
    problems += [Problem(name, lost) for name in given if name not in known]
    return values, problems


def _blank(field: Field) -> Any:
    if not field.missing and not (field.kind == "flag" and field.has_default()):
        raise Refused(t("必填", "This is required"))
    if field.kind == "flag" and not field.null:
        return False
    return "" if field.blank_is_text else None


def _text(field: Field, raw: Any) -> str:
    text = word(raw)
    limit = getattr(field, "max_length", None) or 20_000
    if len(text) > limit:
        raise Refused(
            t("最多 {limit} 字，现有 {length} 字", "At most {limit} characters, there are {length}").filled(limit=limit, length=len(text))
        )
    return text


def word(raw: Any) -> str:
    """What stands in a cell or a form as text: 13800000000 for the sheet's 13800000000.0. Raises Refused for structures."""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal | date):
        raise Refused(t("应为文字", "This should be text"))
    if isinstance(raw, float):
        if abs(raw) >= LARGEST:
            raise Refused(
                t(
                    "数字超过15位，表格已丢失末尾数字：请将该列设为文本后重新填写",
                    "The sheet has lost digits behind the fifteenth: format the column as text and enter it again",
                )
            )
        return str(int(raw)) if raw.is_integer() else format(raw, ".15g")
    return raw.isoformat(" ") if isinstance(raw, datetime) else str(raw)


def _number(field: Field, raw: Any) -> Any:
    number = read_number(raw)
    _check_limits(field, number)
    if number != round(number, field.decimals):
        if not field.decimals:
            raise Refused(t("应为整数", "This should be a whole number"))
        raise Refused(t("最多 {places} 位小数", "At most {places} decimals").filled(places=field.decimals))
    places: int = field.decimals
    return round(number, places) if places else int(number)


def read_number(raw: Any) -> Decimal:
    """The number that somebody wrote. Raises Refused for anything else, and for more than any database keeps."""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
        raise Refused(t("应为数字", "This should be a number"))
    try:
        number = Decimal(_digits(raw))
    except (InvalidOperation, ValueError):
        raise Refused(t("应为数字，如 12 或 3.5", "This should be a number, such as 12 or 3.5")) from None
    if not number.is_finite():
        raise Refused(t("应为有限的数字", "This should be a finite number"))
    if abs(number) >= LARGEST:
        raise Refused(t("数字过大", "The number is too large"))
    return number


def _digits(raw: Any) -> str:
    """Plain digits from what sheets hold: thousands commas, full-width digits, 12.0 for 12, the fifteen digits that a sheet shows."""
    if not isinstance(raw, str):
        if isinstance(raw, int) and abs(raw) >= 10**LONGEST_NUMBER:
            raise ValueError
        return format(raw, ".15g") if isinstance(raw, float) else str(raw)
    text = raw.translate(FULL_WIDTH)
    text = SIGNS.sub("", text)
    if len(text) > LONGEST_NUMBER or "_" in text:
        raise ValueError
    return text


FULL_WIDTH = {0xFF10 + i: ord("0") + i for i in range(10)} | {0xFF0C: ord(","), 0xFF0E: ord("."), 0xFF0D: ord("-"), 0x2212: ord("-")}
SIGNS = re.compile(r"^[¥￥]|(?<=\d),(?=\d{3})|\s*[元%％]$")


def _check_limits(field: Field, number: Decimal) -> None:
    if field.low is not None and number < field.low:
        raise Refused(t("不能小于 {low}", "This cannot be below {low}").filled(low=field.low))
    if field.high is not None and number > field.high:
        raise Refused(t("不能大于 {high}", "This cannot be above {high}").filled(high=field.high))
    if abs(number) >= 10 ** (EXACT_DIGITS - field.decimals):
        raise Refused(t("数字过大", "The number is too large"))


def _flag(field: Field, raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    text = str(raw).removesuffix(".0").lower()
    if text in YES | NO:
        return text in YES
    raise Refused(t("应为 是 或 否", "This should be yes or no"))


def _choice(field: Field, raw: Any) -> str:
    by_word = {spoken.lower(): key for key, label in field.options.items() for spoken in (key, label.zh, label.en)}
    found = by_word.get(str(raw).lower())
    if found is None:
        options = t("、".join(x.zh for x in field.options.values()), ", ".join(x.en for x in field.options.values()))
        raise Refused(t("应为以下之一：{options}", "This should be one of: {options}").filled(options=options))
    return found


DAY_FORM = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d{2})(\d{2}))(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?")


def _day(field: Field, raw: Any) -> date:
    """A day. The order year, month, day only: 03/04/2025 is two days in two countries, so it is asked for, never guessed."""
    if isinstance(raw, datetime):
        return (raw.astimezone(DISTRICT_ZONE) if raw.tzinfo else raw).date()
    if isinstance(raw, date):
        return raw
    text = str(raw).translate(FULL_WIDTH).removesuffix(".0")
    if found := DAY_FORM.fullmatch(text):
        year, _, *parts = found.groups()
        month, day = (part for part in parts if part)
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            raise Refused(t("没有这一天：{day}", "There is no such day: {day}").filled(day=text)) from None
    raise Refused(t("应为日期，如 2025-10-31", "This should be a day, such as 2025-10-31"))


MOMENT_PARTS = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?=$|[T ])")


def _moment(field: Field, raw: Any) -> datetime:
    """A point in time in UTC; without a zone it is the district's."""
    try:
        moment = _read_moment(raw)
        return (moment if moment.tzinfo else moment.replace(tzinfo=DISTRICT_ZONE)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Refused(t("应为时间，如 2025-10-31 08:30", "This should be a time, such as 2025-10-31 08:30")) from None


def _read_moment(raw: Any) -> datetime:
    if isinstance(raw, datetime):
        return raw
    if isinstance(raw, date):
        return datetime(raw.year, raw.month, raw.day, tzinfo=DISTRICT_ZONE)
    if not isinstance(raw, str):
        raise ValueError(raw)  # noqa: TRY004  the caller tells a faulty value, whatever its type
    text = MOMENT_PARTS.sub(lambda m: f"{m[1]}-{int(m[2]):02}-{int(m[3]):02}", raw.translate(FULL_WIDTH))
    return datetime.fromisoformat(re.sub(r"(?<=[T ])(\d):", r"0\1:", text))


def _place(field: Field, raw: Any) -> str:
    code = word(raw)
    if code not in labels_for([code]):
        raise Refused(no_place(code))
    return code


def no_place(name: str) -> Label:
    return t("没有编码为 {code} 的地点", "There is no place with the code {code}").filled(code=name[:60])


def _office(field: Field, raw: Any) -> str:
    found = offices().get(word(raw))
    if found is None:
        raise Refused(t("没有名为 {name} 的单位", "There is no organisation called {name}").filled(name=word(raw)[:60]))
    return found


def _offices(field: Field, raw: Any) -> str:
    """Several organisations: keys or names in a list, or in one text with the usual marks between them."""
    words = [word(one) for one in cast("list[Any]", raw)] if isinstance(raw, list) else re.split(r"[;；,，、\n]+", word(raw))
    return written(_office(field, one.strip()) for one in words if one.strip())


def offices() -> dict[str, str]:
    """Keys of organisations by key and by name in both languages."""
    labels = organisation_labels()
    return {spoken: key for key, label in labels.items() for spoken in (label.en, label.zh, key)}


def _reference(field: Field, raw: Any) -> int:
    """The number alone: whether this viewer may point at that record is asked where the viewer is known."""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise Refused(no_record())
    text = str(raw).removesuffix(".0")
    if not (text.isascii() and text.isdecimal()) or len(text) > 19 or int(text) > LARGEST_ID:
        raise Refused(no_record())
    return int(text)


def no_record() -> Label:
    return t("引用的记录不存在", "The record that this refers to does not exist")


def _document(field: Field, raw: Any) -> Any:
    if not isinstance(raw, dict | list):
        raise Refused(t("应为结构化内容", "This should be a structure"))
    if field.files and not (isinstance(raw, list) and all(is_number_of_record(one) for one in cast("list[Any]", raw))):
        raise Refused(t("应为文件列表", "This should be a list of files"))
    _check_storable(raw)
    return cast(Any, raw)


def is_number_of_record(value: Any) -> bool:
    """Could it be the number of a row? True is no number, and no database looks for one of thirty digits."""
    return type(value) is int and 0 < value <= LARGEST_ID


def _check_storable(raw: Any) -> None:
    """What is stored has to come out again: one number of thirty digits, and every list that shows the field would fail."""
    try:
        orjson.dumps(raw)  # refuses what its readers could not take: numbers of more than 64 bits
        is_sound = r"\u0000" not in json.dumps(raw, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        is_sound = False
    if not is_sound:
        raise Refused(
            t(
                "含有无法保存的数字或字符（如超长整数、NaN），请改正",
                "It holds a number or character that cannot be kept, such as NaN: correct it",
            )
        )


PARSERS: dict[str, Callable[[Field, Any], Any]] = {
    "text": _text, "number": _number, "money": _number, "flag": _flag, "choice": _choice, "day": _day, "moment": _moment,
    "place": _place, "office": _office, "offices": _offices, "reference": _reference, "file": _reference, "document": _document,
}  # fmt: skip


def plain(value: Any) -> Any:
    """A stored value as JSON carries it: exact numbers as numbers, moments in ISO 8601 UTC."""
    match value:
        case None:
            return None
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case datetime():
            return (value if value.tzinfo is UTC else value.astimezone(UTC)).isoformat()[:19] + "Z"
        case date():
            return value.isoformat()
        case _:
            return value
