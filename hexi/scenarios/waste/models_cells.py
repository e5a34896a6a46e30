"""无废细胞: places that declare how little they waste, and are named after a check at the place."""

from __future__ import annotations

from hexi.kit import Choice, Day, Entity, LongText, Number, Place, Text, t
from hexi.scenarios.waste import words


class WasteCell(Entity):
    """One application: what the place declares and what the office found, criterion by criterion."""

    name = Text(t("名称", "name"), max_length=120, search=True)
    kind = Choice(t("类型", "kind"), options=words.CELL_KINDS)
    place = Place(t("地点", "place"), source="the application")
    declared = LongText(t("自评分", "points as declared"), missing=True)
    found = LongText(t("核查分", "points as found"), missing=True)
    points = Number(t("得分", "points"), low=0, high=100, missing=True)
    edition = Text(t("评分表", "criteria"), max_length=60, missing=True)
    applied_on = Day(t("申报日期", "applied on"), missing=False)
    state = Choice(t("状态", "state"), options=words.CELL_STATES, default="applied")
    note = LongText(t("核查意见", "what was found"), missing=True)

    class Describe:
        label = t("无废细胞", "zero-waste cell")
        about = t("自评、核查、命名；评分表是注明日期的数据文件", "Declared, checked, named; the criteria are a dated data file")
        title, place, importable, sort = "name", "place", False, "-id"
        list = ("name", "kind", "place", "points", "state", "applied_on")
        fixed = ("name", "kind", "place", "declared", "found", "points", "edition", "applied_on", "state", "note")
