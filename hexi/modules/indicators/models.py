"""The dictionary of indicators and their values."""

from __future__ import annotations

from django.db import models

from hexi.core.data.api import Group
from hexi.core.data.fields import Choice, Day, Document, Entity, LongText, Moment, Number, Office, Place, Reference, Text
from hexi.kernel.label import t
from hexi.kernel.logged import Unlogged

STATES = (
    ("computed", t("已计算", "computed")),
    ("held", t("暂缓", "held")),
    ("published", t("已发布", "published")),
    ("revised", t("已修订", "revised")),
)
STATUS = (("ok", t("正常", "normal")), ("watch", t("关注", "watch")), ("breach", t("预警", "breach")), ("none", t("不判定", "not judged")))


class Card(Entity):
    """One indicator as the dictionary defines it. Its version is the version of the definition."""

    code = Text(t("编号", "code"), max_length=20, unique=True, privacy="open", search=True)
    key = Text(t("标识", "key"), max_length=80, unique=True, privacy="open")
    domain = Text(t("领域", "domain"), max_length=40, privacy="open")
    domain_en = Text(t("英文领域", "domain in English"), max_length=80, privacy="open")
    name = Text(t("名称", "name"), max_length=120, search=True, privacy="open")
    name_en = Text(t("英文名称", "English name"), max_length=200, privacy="open")
    definition = LongText(t("口径", "definition"), privacy="open")
    definition_en = LongText(t("英文口径", "English definition"), privacy="open")
    numerator = LongText(t("分子", "numerator"), missing=True, privacy="open")
    numerator_en = LongText(t("英文分子", "numerator in English"), missing=True, privacy="open")
    denominator = LongText(t("分母", "denominator"), missing=True, privacy="open")
    denominator_en = LongText(t("英文分母", "denominator in English"), missing=True, privacy="open")
    exclusions = LongText(t("不计入", "exclusions"), missing=True, privacy="open")
    exclusions_en = LongText(t("英文不计入", "exclusions in English"), missing=True, privacy="open")
    unit = Text(t("单位", "unit"), max_length=40, missing=True, privacy="open")
    unit_en = Text(t("英文单位", "English unit"), max_length=40, missing=True, privacy="open")
    better = Choice(
        t("方向", "better"),
        privacy="open",
        options=(
            ("up", t("越高越好", "higher")),
            ("down", t("越低越好", "lower")),
            ("band", t("区间内为好", "within a band")),
            ("none", t("不判定", "not judged")),
        ),
    )
    frequency = Text(t("频度", "frequency"), max_length=20, privacy="open")
    grain = Text(t("最细范围", "finest area"), max_length=20, privacy="open")
    owner = Office(t("责任单位", "owner"), missing=True, privacy="open")
    source_kind = Choice(
        t("来源方式", "fed by"),
        privacy="open",
        options=(
            ("computed", t("平台计算", "computed here")),
            ("published", t("公开数字", "published figure")),
            ("awaiting", t("待接入", "awaiting its system")),
        ),
    )
    source_key = Text(t("来源", "source"), max_length=120, missing=True, privacy="open")
    source_note = LongText(t("来源说明", "note on the source"), missing=True, privacy="open")
    target = Number(t("目标值", "target"), decimals=4, missing=True, privacy="open")
    low_breach = Number(t("下预警线", "lower breach line"), decimals=4, missing=True, privacy="open")
    low_watch = Number(t("下关注线", "lower watch line"), decimals=4, missing=True, privacy="open")
    high_watch = Number(t("上关注线", "upper watch line"), decimals=4, missing=True, privacy="open")
    high_breach = Number(t("上预警线", "upper breach line"), decimals=4, missing=True, privacy="open")
    hysteresis = Number(t("回差", "hysteresis"), decimals=4, missing=True, privacy="open")
    basis = Text(t("阈值依据", "basis of the lines"), max_length=200, missing=True, privacy="open")
    valid_from = Day(t("启用日期", "valid from"), privacy="open")

    class Describe:
        label = t("指标", "indicator")
        about = t(
            "一屏观河西的指标字典：本平台的建议，公开资料没有列出这 59 项",
            "The dictionary behind the one screen: our proposal, the sources list none",
        )
        title = "name"
        key = ("code",)
        list = ("code", "name", "domain", "source_kind", "unit", "better", "frequency", "owner")
        sort = "code"
        organisation = "owner"
        groups = (
            Group(
                t("定义", "Definition"),
                (
                    "code",
                    "key",
                    "domain",
                    "domain_en",
                    "name",
                    "name_en",
                    "definition",
                    "definition_en",
                    "numerator",
                    "numerator_en",
                    "denominator",
                    "denominator_en",
                    "exclusions",
                    "exclusions_en",
                    "unit",
                    "unit_en",
                ),
            ),
            Group(
                t("管理", "Keeping"), ("better", "frequency", "grain", "owner", "source_kind", "source_key", "source_note", "valid_from")
            ),
            Group(
                t("目标与阈值", "Target and lines"),
                ("target", "low_breach", "low_watch", "high_watch", "high_breach", "hysteresis", "basis"),
            ),
        )


class Value(Entity):
    """One figure: of an indicator, for a place and a period. A published one is never overwritten, only revised by a later row."""

    card = Reference(Card, t("指标", "indicator"), related_name="values", privacy="open")
    place = Place(t("范围", "area"), privacy="open")
    period = Text(t("期间", "period"), max_length=20, privacy="open")
    value = Number(t("数值", "value"), decimals=4, missing=True, privacy="open")
    numerator = Number(t("分子", "numerator"), decimals=4, missing=True, privacy="open")
    denominator = Number(t("分母", "denominator"), decimals=4, missing=True, privacy="open")
    status = Choice(t("判定", "status"), options=STATUS, privacy="open")
    state = Choice(t("状态", "state"), options=STATES, privacy="open")
    qualifier = Text(t("限定词", "qualifier"), max_length=20, missing=True, privacy="open")
    as_of = Moment(t("截至", "as of"), missing=False, privacy="open")
    quality = Text(t("质量", "quality"), max_length=20, privacy="open")
    origin = Text(t("出处", "origin"), max_length=120, missing=True, privacy="open")
    source_sentence = LongText(t("原文", "source sentence"), missing=True, privacy="open")
    definition_version = Number(t("口径版本", "definition version"), privacy="open")
    replaces = Reference("self", t("修订自", "revises"), missing=True, related_name="replaced_by", privacy="open")
    current = Choice(t("有效", "in force"), options=(("yes", t("现行", "in force")), ("no", t("已被替代", "replaced"))), privacy="open")
    details = Document(t("明细", "details"), missing=True, privacy="open")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["card", "place", "period"], condition=models.Q(current="yes"), name="one_value_in_force"),
        )
        indexes = (
            models.Index(fields=["card", "place", "-period"], name="value_by_card_place"),
            models.Index(fields=["place", "current"], name="value_by_place"),
        )

    class Describe:
        label = t("指标数值", "indicator value")
        title = "period"
        list = ("card", "place", "period", "value", "status", "state", "as_of", "quality", "origin")
        unlogged = (
            Unlogged(t("由登记数据重新计算，每次计算另有留痕", "computed anew from registers; each computation has an event"), rows={"state": "computed"}),
        )
        fixed = (
            "card",
            "place",
            "period",
            "value",
            "numerator",
            "denominator",
            "status",
            "state",
            "as_of",
            "quality",
            "definition_version",
            "replaces",
            "current",
        )
        place = "place"
        importable = False
