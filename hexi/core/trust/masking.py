"""What a value looks like to somebody who may know that it is there, but not what it is.

Shapes as Chinese offices print them: names 张*, phones 138****1234. GB/T 35273-2020 section 7.2 asks to limit what is shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from hexi.kernel.declare import Privacy

HIDDEN = "***"
ID_NUMBER = re.compile(r"\d{17}[\dXx]|\d{15}")
PHONE = re.compile(r"(?:\+?86[- ]?)?1\d{10}|0\d{2,3}-?\d{7,8}")
ADDRESS = re.compile(r"\d+(?:号|栋|楼|门|室|单元)|[路街道里村镇乡]\S*\d|(?:街道|社区|小区|居委会)")
CHINESE = re.compile(r"[\u3400-\u9fff·]+")
CHINESE_NAME = re.compile(r"[\u3400-\u9fff·]{2,12}")
STREET_LEVEL = re.compile(r".*?(?:街道|镇|乡(?!里))")
DISTRICT_LEVEL = re.compile(r".*?(?:区|县)")
STREET_DIGITS = 9  # a place code's first nine digits name the street


def masked(value: Any, kind: str, privacy: Privacy) -> Any:
    """The value as far as its shape may be shown: text for texts, codes and days; None for everything that has no harmless shape.

    `kind` is a field's kind, or a closer one: name, phone, id_number, address. Texts are judged by what they look like. Sensitive
    values keep less than personal ones. Open and internal classes, when hidden at all, show nothing.
    """
    if value is None or value == "" or privacy not in {"personal", "sensitive"}:
        return None
    if isinstance(value, date):
        return f"{value.year}" if privacy == "personal" else None
    shape = SHAPES.get(_closer(kind, str(value)))
    return shape(str(value), privacy == "sensitive") if shape else None


def _closer(kind: str, text: str) -> str:
    if kind not in {"text", "longtext"}:
        return kind
    looks = (("id_number", ID_NUMBER.fullmatch), ("phone", PHONE.fullmatch), ("address", ADDRESS.search), ("name", CHINESE_NAME.fullmatch))
    return next((found for found, test in looks if test(text.strip())), "words")


def _name(text: str, strictly: bool) -> str:
    text = text.strip()
    return "**" if strictly else f"{text[:1]}{'*' * max(len(text) - 1, 1)}" if _is_chinese(text) else f"{text[:1]}***"


def _is_chinese(text: str) -> bool:
    return bool(CHINESE.fullmatch(text)) and len(text) <= 6


def _phone(text: str, strictly: bool) -> str:
    digits = re.sub(r"\D", "", text)
    if len(digits) < 8:
        return HIDDEN
    return f"*******{digits[-4:]}" if strictly else f"{digits[:-8]}****{digits[-4:]}"


def _id_number(text: str, strictly: bool) -> str:
    text = text.strip()
    if len(text) < 12:
        return HIDDEN
    head, tail = (1, 1) if strictly else (6, 4)
    return text[:head] + "*" * (len(text) - head - tail) + text[-tail:]


def _address(text: str, strictly: bool) -> str:
    found = None if strictly else STREET_LEVEL.match(text)
    found = found or DISTRICT_LEVEL.match(text)
    return f"{found.group()}****" if found else HIDDEN


def _place(text: str, strictly: bool) -> str:
    return text[:6] if strictly else text[:STREET_DIGITS]


def _words(_text: str, _strictly: bool) -> str:
    return HIDDEN


SHAPES: dict[str, Callable[[str, bool], str]] = {
    "name": _name, "phone": _phone, "id_number": _id_number, "address": _address, "place": _place, "words": _words,
}  # fmt: skip
