"""Which column becomes which field: by its head, by other words for the same thing, and by what stands in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from hexi.core.data.entities import Description
from hexi.core.data.imports.cells import could_be
from hexi.core.data.values import PARSERS
from hexi.kernel.arrival import Arrival

CERTAIN, LIKELY, POSSIBLE = 1.0, 0.8, 0.5
# Words that offices use for one thing; a head and a field's name that stand in the same row mean the same.
SAME = tuple(frozenset(row.split()) for row in (
    "姓名 名字 居民姓名 人员姓名 name fullname", "证件号码 证件号 身份证号 身份证号码 身份证 公民身份号码 idnumber identitynumber idcard",
    "联系电话 电话 手机 手机号 手机号码 联系方式 电话号码 telephone phone mobile tel", "住址 地址 家庭住址 居住地址 现住址 住所 address home",
    "出生日期 生日 出生年月日 出生年月 dateofbirth birthday born", "性别 sex gender", "备注 说明 note notes remark remarks",
    "单位 责任单位 承办单位 主管单位 部门 organisation organization office department", "编号 编码 序列号 代码 code number no",
    "地点 位置 点位 地区 place location", "金额 经费 资金 amount money", "数量 个数 件数 count quantity", "名称 标题 题目 事项名称 title name",
    "状态 进展 进度状态 status state", "完成时间 完成日期 办结时间 completedon", "开始时间 开始日期 起始日期 start startdate", "截止日期 期限 完成期限 截止时间 due deadline",
))  # fmt: skip
BRACKETS = re.compile(r"[（(【\[].*?[)）】\]]")
POINT = re.compile(r"\(?-?\d{1,3}\.\d+[,，]\s*-?\d{1,3}\.\d+\)?")
NOISE = re.compile(r"[\s*＊:：_\-./、，,;；|·]+")
TOLD_BY_CONTENT = {"choice": 0.55, "day": 0.3, "moment": 0.3, "office": 0.5, "flag": 0.15, "number": 0.1, "money": 0.1}


def spelled(text: str) -> str:
    """A head as it is compared: half-width, without spaces, signs, units in brackets or case."""
    half = unicodedata.normalize("NFKC", text)
    return NOISE.sub("", BRACKETS.sub("", half) or half).lower()


def likeness(head: str, field: Any) -> float:
    """How surely the head names the field, 0 to 1."""
    plain = spelled(head)
    if not plain:
        return 0
    names = [spelled(name) for name in (field.name, field.label.zh, field.label.en, *field.aliases) if name]
    if plain in names:
        return CERTAIN
    if any(plain in row and not row.isdisjoint(names) for row in SAME):
        return LIKELY + 0.1
    return max(_overlap(plain, name) for name in names)


def _overlap(one: str, other: str) -> float:
    """Shared pairs of letters; a name inside a longer one counts for its part of it."""
    if len(one) > 1 and len(other) > 1 and (one in other or other in one):
        return LIKELY * (0.6 + 0.4 * min(len(one), len(other)) / max(len(one), len(other)))
    pairs, others = _pairs(one), _pairs(other)
    return LIKELY * 2 * len(pairs & others) / max(len(pairs) + len(others), 1)


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)} or {text}


def fit(values: Sequence[Any], field: Any, arrival: Arrival | None = None) -> float | None:
    """Which part of the values the field would take; None where that says nothing: without values, of kinds that need the registers, or
    where the words are another system's."""
    if not values or (arrival and field.name in arrival.wordings) or field.kind in {"reference", "file", "document"}:
        return None
    if field.kind == "place":  # what is no place by its look is none; which one it is, only the register knows
        return 0 if all(isinstance(value, str) and POINT.fullmatch(value) for value in values) else None
    return sum(could_be(field, value, arrival) for value in values) / len(values)


def confidence(head: str, values: Sequence[Any], field: Any, arrival: Arrival | None = None) -> float:
    """How surely this column is that field: the head speaks first, the content confirms or contradicts."""
    named, suits = likeness(head, field), fit(values, field, arrival)
    if suits is None:
        return named if named >= POSSIBLE else 0
    if named < POSSIBLE:  # a head that says nothing: only content that fits few fields may speak
        return TOLD_BY_CONTENT.get(field.kind, 0) * (suits == 1) * (1 if len(set(map(str, values))) > 1 or field.kind == "choice" else 0.5)
    return named if suits > 0.5 else named * (0.4 + suits)


def matched(
    columns: Iterable[tuple[int, str, Sequence[Any]]], fields: Sequence[Any], arrival: Arrival | None = None
) -> dict[int, tuple[str, float]]:
    """The best field for each column, each field once. Columns that fit nothing, or are known for another thing, are missing."""
    strange = {spelled(head) for head in arrival.others} if arrival else set[str]()
    scores = [
        (confidence(head, values, field, arrival), -order, -index, index, field.name)
        for index, head, values in columns
        if spelled(head) not in strange
        for order, field in enumerate(fields)
    ]
    found: dict[int, tuple[str, float]] = {}
    taken: set[str] = set()
    for score, _, _, index, name in sorted(scores, reverse=True):
        if score >= POSSIBLE and index not in found and name not in taken:
            found[index] = (name, round(score, 2))
            taken.add(name)
    return found


def sheet_fields(about: Description) -> list[Any]:
    """What a sheet may bring into the register: what a form may, or what the register says of its imports."""
    if (arrival := about.arrival) is None:
        return importable_fields(about.editable())
    return [about.fields[name] for name in arrival.fields]


def needed(about: Description, field: Any) -> bool:
    """Must a sheet have a column for it?"""
    if (arrival := about.arrival) is not None:
        return field.name in arrival.required
    return not field.missing and not field.has_default()


def importable_fields(fields: Iterable[Any]) -> list[Any]:
    """Those that a sheet can carry."""
    return [field for field in fields if field.kind in PARSERS and field.kind not in {"file", "document"}]
