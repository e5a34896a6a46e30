"""Tables of the hotline: claims that an order is another office's, and claims that an order should not count."""

from __future__ import annotations

from django.db import models

from hexi.kit import Choice, Document, Entity, LongText, Moment, Office, Place, Reference, Text, t
from hexi.scenarios.hotline.grounds import EXCLUSIONS

CLAIM_STATES = (("asked", t("待裁定", "asked")), ("agreed", t("同意退回", "agreed")), ("refused", t("不同意退回", "refused")))
EXCLUSION_STATES = (("asked", t("待审核", "asked")), ("granted", t("同意剔除", "granted")), ("refused", t("不同意", "refused")))


class Dispute(Entity):
    """An office says that an order is not its own; the hotline decides. What was decided is a precedent for the next."""

    case = Reference("cases.Case", t("工单", "order"), owned=True, related_name="+")
    task = Reference("cases.CaseTask", t("承办任务", "task"), owned=True, related_name="+")
    office = Office(t("申请单位", "office"))
    category = Text(t("分类编码", "category code"), max_length=80, missing=True)
    place = Place(t("地点", "place"), missing=True)
    reason = LongText(t("退回理由", "reason"))
    basis = Text(t("依据（法规、三定、目录条款）", "basis"))
    suggested = Office(t("建议承办单位", "whose it is instead"), missing=True)
    state = Choice(t("状态", "state"), options=CLAIM_STATES, default="asked")
    decision = LongText(t("裁定理由", "why it was decided so"), missing=True)
    precedents = Document(t("裁定时参考的先例", "precedents looked at"), missing=True, default=list)
    asked_by = Text(t("申请人", "asked by"), max_length=80)
    asked_at = Moment(t("申请时间", "asked at"), missing=False)
    decided_by = Text(t("裁定人", "decided by"), max_length=80, missing=True)
    decided_at = Moment(t("裁定时间", "decided at"))
    asker = models.BigIntegerField(null=True, editable=False)

    class Meta:
        indexes = (models.Index(fields=["category", "state"], name="dispute_by_category"),)

    class Describe:
        label = t("退回争议", "dispute of a return")
        title, place, organisation, owner, importable, sort = "office", "place", "office", "case", False, "-id"
        list = ("case", "office", "category", "place", "suggested", "state", "asked_at", "decided_by", "decided_at")
        fixed = (
            "case", "task", "office", "category", "place", "reason", "basis", "suggested", "state", "decision", "precedents", "asked_by",
            "asked_at", "decided_by", "decided_at",
        )  # fmt: skip


class Exclusion(Entity):
    """A claim that an order should leave the denominators, on a dated ground, with its reason; somebody else decides."""

    case = Reference("cases.Case", t("工单", "order"), owned=True, related_name="+")
    ground = Choice(t("剔除情形", "ground"), options=EXCLUSIONS)
    reason = LongText(t("理由", "reason"))
    state = Choice(t("状态", "state"), options=EXCLUSION_STATES, default="asked")
    office = Office(t("申请单位", "office"), missing=True)
    place = Place(t("地点", "place"), missing=True)
    asked_by = Text(t("申请人", "asked by"), max_length=80)
    asked_at = Moment(t("申请时间", "asked at"), missing=False)
    decision = LongText(t("审核意见", "why it was decided so"), missing=True)
    decided_by = Text(t("审核人", "decided by"), max_length=80, missing=True)
    decided_at = Moment(t("审核时间", "decided at"))
    asker = models.BigIntegerField(null=True, editable=False)

    class Meta:
        indexes = (models.Index(fields=["case", "state"], name="exclusion_of_case"),)

    class Describe:
        label = t("剔除申请", "claim of exclusion")
        title, place, organisation, owner, importable, sort = "asked_by", "place", "office", "case", False, "-id"
        list = ("case", "ground", "reason", "state", "office", "asked_at", "decided_by")
        fixed = ("case", "ground", "reason", "state", "office", "place", "asked_by", "asked_at", "decision", "decided_by", "decided_at")
