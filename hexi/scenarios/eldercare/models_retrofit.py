"""Homes fitted for old age: one row for each home that asked."""

from __future__ import annotations

from hexi.kit import Choice, Day, Document, Entity, File, Money, Place, Reference, Text, t
from hexi.scenarios.eldercare import words


class Retrofit(Entity):
    """One home's 适老化改造, from the wish to the paid subsidy."""

    elder = Reference("eldercare.Elder", t("老人", "elder"), owned=True, related_name="retrofits")
    state = Choice(t("状态", "state"), options=words.RETROFIT_STATES, default="applied")
    applied_on = Day(t("申请日期", "applied on"), missing=False)
    assessor = Text(t("评估人", "assessed by"), max_length=80, missing=True)
    items = Document(t("改造项目", "items"), default=list)
    cost = Money(t("方案造价", "cost of the plan"), missing=True)
    subsidy = Money(t("补贴", "subsidy"), missing=True)
    own = Money(t("自付", "own share"), missing=True)
    why = Document(t("补贴依据", "why so much"), default=dict)
    agreed_by = Choice(t("谁同意方案", "who agreed to the plan"), options=words.PLAN_VOICES, missing=True)
    agreed_on = Day(t("同意日期", "agreed on"))
    builder = Text(t("施工单位", "builder"), max_length=120, missing=True)
    built_on = Day(t("完工日期", "built on"))
    photo = File(t("验收照片", "photo of the acceptance"))
    acceptor = Text(t("验收人", "accepted by"), max_length=80, missing=True)
    accepted_on = Day(t("验收日期", "accepted on"))
    paid_on = Day(t("补贴支付日期", "paid on"))
    place = Place(t("住址", "home"))

    elder_id: int

    class Describe:
        label = t("适老化改造", "home fitted for old age")
        about = t("申请、评估、一户一策、施工、验收、补贴；验收人不得是评估人", "Applied, assessed, built, accepted by somebody else, paid")
        title, place, importable, sort = "place", "place", False, "-id"
        list = ("applied_on", "elder", "state", "cost", "subsidy", "own", "builder", "accepted_on")
        fixed = (
            "elder", "state", "applied_on", "assessor", "items", "cost", "subsidy", "own", "why", "agreed_by", "agreed_on", "builder",
            "built_on", "photo", "acceptor", "accepted_on", "paid_on", "place",
        )  # fmt: skip
