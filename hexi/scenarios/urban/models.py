"""Tables of blind re-inspection: a drawing, and the places to look at again by somebody who does not know what was found before."""

from __future__ import annotations

from django.db import models

from hexi.kit import Choice, Document, Entity, LongText, Moment, Number, Office, Place, Reference, Text, t

VERDICTS = (("passed", t("确已解决", "put right")), ("failed", t("未解决", "not put right")), ("unclear", t("无法判断", "cannot be told")))
STATES = (("waiting", t("待复查", "to be looked at")), ("judged", t("已复查", "looked at")))


class Drawing(Entity):
    """One drawing: which closed cases it drew from, and the seed with which anybody draws the same again."""

    title = Text(t("名称", "title"), max_length=120)
    title_en = Text(t("英文名称", "title in English"), max_length=120, missing=True)
    seed = Number(t("随机种子", "seed"), low=0, plain=True)
    first = Moment(t("结案自", "closed from"), missing=False)
    behind = Moment(t("结案至", "closed before"), missing=False)
    per_office = Number(t("每单位抽取", "drawn per office"), low=1, high=500, default=10)
    strata = Document(t("各单位结案数", "closed cases per office"), missing=True, default=dict, by_office=True)
    drawn = Number(t("抽取件数", "cases drawn"), default=0, low=0)
    by = Text(t("抽取人", "drawn by"), max_length=80)
    at = Moment(t("抽取时间", "drawn at"), missing=False)

    class Describe:
        label = t("盲检抽样", "blind drawing")
        title, importable, sort = "title", False, "-id"
        list = ("title", "seed", "first", "behind", "per_office", "drawn", "by", "at")
        fixed = ("title", "title_en", "seed", "first", "behind", "per_office", "strata", "drawn", "by", "at")


class Recheck(Entity):
    """One place to look at again. It says where and what it should look like; what was found before stands nowhere in it."""

    drawing = Reference("urban.Drawing", t("抽样", "drawing"), owned=True, related_name="rechecks")
    case = Reference("cases.Case", t("案件", "case"), owned=True, related_name="+")
    title = Text(t("原上报问题", "what was reported"), max_length=200)
    title_en = Text(t("原上报问题（英文）", "what was reported (English)"), max_length=200, missing=True)
    address = Text(t("地址", "address"), missing=True)
    closes_when = LongText(t("结案条件", "condition of closing"), missing=True)
    lon = Number(t("经度", "longitude"), decimals=6, plain=True, missing=True)
    lat = Number(t("纬度", "latitude"), decimals=6, plain=True, missing=True)
    place = Place(t("地点", "place"), missing=True)
    office = Office(t("处置单位", "office"), missing=True)
    state = Choice(t("状态", "state"), options=STATES, default="waiting")
    verdict = Choice(t("结论", "verdict"), options=VERDICTS, missing=True)
    note = LongText(t("说明", "note"), missing=True)
    photos = Document(t("复查照片", "photos"), missing=True, default=list, files=True)
    by = Text(t("复查人", "looked at by"), max_length=80, missing=True)
    at = Moment(t("复查时间", "looked at"))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["drawing", "case"], name="one_recheck_per_drawing"),)

    class Describe:
        label = t("盲检复查", "blind recheck")
        title, place, importable = "title", "place", False
        list = ("title", "place", "address", "state", "verdict", "by", "at")
        fixed = (
            "drawing", "case", "title", "title_en", "address", "closes_when", "lon", "lat", "place", "office", "state", "verdict", "note",
            "photos", "by", "at",
        )  # fmt: skip
