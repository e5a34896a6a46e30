"""What pydantic finds wrong, in words of ours and in both languages."""

from __future__ import annotations

from typing import Any

from hexi.kernel.label import Label, t


def problem_words(error: Any) -> Label:
    """A pydantic error as a sentence of ours."""
    kind, more = error["type"], error.get("ctx", {})
    known: dict[str, Label] = {
        "missing": t("必填", "This is required"),
        "value_error": t("{error}", "{error}"),
        "greater_than_equal": t("不能小于 {ge}", "This cannot be below {ge}"),
        "greater_than": t("应大于 {gt}", "This must be above {gt}"),
        "less_than_equal": t("不能大于 {le}", "This cannot be above {le}"),
        "string_too_short": t("至少 {min_length} 字", "At least {min_length} characters"),
        "string_too_long": t("最多 {max_length} 字", "At most {max_length} characters"),
        "extra_forbidden": t("没有这一栏", "There is no such field"),
        "literal_error": t("应为以下之一：{expected}", "This should be one of: {expected}"),
        "enum": t("应为以下之一：{expected}", "This should be one of: {expected}"),
        "less_than": t("应小于 {lt}", "This must be below {lt}"),
        "too_short": t("至少 {min_length} 项", "At least {min_length} entries"),
        "too_long": t("最多 {max_length} 项", "At most {max_length} entries"),
        "string_pattern_mismatch": t("写法不符合要求", "This is not written as asked for"),
        "decimal_max_places": t("最多 {decimal_places} 位小数", "At most {decimal_places} decimals"),
        "decimal_max_digits": t("数字过大，最多 {max_digits} 位", "The number is too large: at most {max_digits} digits"),
        "decimal_whole_digits": t("数字过大，最多 {whole_digits} 位整数", "The number is too large: at most {whole_digits} whole digits"),
        "finite_number": t("应为有限的数字", "This should be a finite number"),
    }
    return known[kind].filled(**more) if kind in known else _kind_words(kind)


def _kind_words(kind: str) -> Label:
    """What a value should have been, told by the first word of pydantic's fault: int_parsing, date_from_datetime_parsing."""
    wanted = {
        "int": t("应为整数", "This should be a whole number"),
        "float": t("应为数字", "This should be a number"),
        "decimal": t("应为数字", "This should be a number"),
        "string": t("应为文字", "This should be text"),
        "bool": t("应为 true 或 false", "This should be true or false"),
        "list": t("应为列表", "This should be a list"),
        "dict": t("应为键值结构", "This should be a structure of keys and values"),
        "model": t("应为键值结构", "This should be a structure of keys and values"),
        "date": t("应为日期，如 2025-10-31", "This should be a day, such as 2025-10-31"),
        "datetime": t("应为时间，如 2025-10-31T08:30:00+08:00", "This should be a time, such as 2025-10-31T08:30:00+08:00"),
        "json": t("应为 JSON", "This should be JSON"),
    }
    return wanted.get(
        kind.split("_", maxsplit=1)[0],
        t("格式不对，请对照接口文档或表单说明改正", "This has the wrong form: compare it with what the form or API asks for"),
    )
