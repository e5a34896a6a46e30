"""Registers of the grid: grids and their people, the duty desk, visits, and what forms have cost."""

from __future__ import annotations

from django.db import models

from hexi.kit import Choice, Concerns, Day, Document, Entity, Flag, Group, LongText, Moment, Number, Office, Place, Reference, Text, t
from hexi.scenarios.grid import words
from hexi.scenarios.grid.models_budget import DataRequest, WantedField
from hexi.scenarios.grid.models_party import CheckIn, Confirmation, Need, PartyOrgan, PartyUnit, Pledge, ServiceDeed

__all__ = [
    "CareCall", "CheckIn", "Confirmation", "Correction", "DataAnswer", "DataRequest", "DutyGrid", "DutySlot", "FormAllowance", "GridMember",
    "Need", "PartyOrgan", "PartyUnit", "Patrol", "Pledge", "Reception", "ServiceDeed", "Visit", "WantedField",
]  # fmt: skip

OPEN = {"privacy": "open"}
TOLD = {"privacy": "personal", "source": "told on a visit"}


class DutyGrid(Entity):
    """One duty grid, as it is published: its range, who answers for it, and where to complain."""

    name = Text(t("网格名称", "name of the grid"), max_length=120, search=True, **OPEN)
    place = Place(t("网格", "grid"), unique=True, **OPEN)
    bounds = Text(t("网格范围", "range"), max_length=300, missing=True, **OPEN)
    supervision_phone = Text(t("监督电话", "supervision telephone"), max_length=40, missing=True, **OPEN)
    in_use = Flag(t("启用", "in use"), default=True, **OPEN)
    last_patrol = Moment(t("上次巡查", "last patrol"), **OPEN)
    invented = Flag(t("示例数据", "invented sample"), **OPEN)

    class Describe:
        label = t("责任网格", "duty grid")
        about = t("网格名称、范围、网格员、联系方式和监督电话向社会公布", "Name, range, members, contact and supervision telephone are published")
        title, key, place = "name", ("place",), "place"
        list = ("name", "place", "bounds", "supervision_phone", "in_use", "last_patrol")
        sort, fixed = "place", ("last_patrol",)


class GridMember(Entity):
    """Somebody who looks after a grid, with the work telephone that is published."""

    grid = Reference("grid.DutyGrid", t("责任网格", "duty grid"), owned=True, related_name="members", **OPEN)
    place = Place(t("网格", "grid"), **OPEN)
    name = Text(t("网格员姓名", "name of the member"), max_length=60, search=True, **OPEN)
    duty = Choice(t("职责", "duty"), options=words.MEMBER_DUTIES, default="worker", **OPEN)
    contact = Text(t("工作联系电话", "work telephone"), max_length=40, missing=True, **OPEN)
    since = Day(t("任职自", "since"), **OPEN)
    until = Day(t("任职至", "until"), **OPEN)
    invented = Flag(t("示例数据", "invented sample"), **OPEN)

    class Describe:
        label = t("网格员", "grid member")
        title, place = "name", "place"
        list = ("name", "duty", "place", "contact", "since", "until")


class Patrol(Entity):
    """One walk through a grid. It finds clues; it is no inspection."""

    grid = Reference("grid.DutyGrid", t("责任网格", "duty grid"), owned=True, related_name="patrols")
    place = Place(t("网格", "grid"))
    at = Moment(t("巡查时间", "at"), missing=False)
    by = Text(t("巡查人", "by"), max_length=80)
    note = LongText(t("巡查情况", "what was seen"), missing=True)

    class Describe:
        label = t("巡查记录", "patrol")
        title, place = "by", "place"
        list = ("at", "place", "by", "note")
        importable, fixed = False, ("grid", "place", "at", "by", "note")


class DutySlot(Entity):
    """Who is on duty at a community's desk in one shift, and what they handed over."""

    place = Place(t("社区", "community"), **OPEN)
    day = Day(t("日期", "day"), missing=False, **OPEN)
    shift = Choice(t("班次", "shift"), options=words.SHIFTS, **OPEN)
    name = Text(t("值班人", "on duty"), max_length=60, **OPEN)
    username = Text(t("值班账号", "account on duty"), max_length=60, missing=True)
    taken_at = Moment(t("上岗时间", "took the desk"), **OPEN)
    handed_at = Moment(t("交班时间", "handed over"), **OPEN)
    handed_to = Text(t("接班人", "handed to"), max_length=60, missing=True)
    open_matters = Number(t("交班时未回告事项", "matters not yet told at hand-over"), missing=True, low=0, unit="cases")
    handover = LongText(t("交班说明", "what the next must know"), missing=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["place", "day", "shift"], name="one_on_duty_per_shift"),)

    class Describe:
        label = t("值班", "duty slot")
        title, key, place = "name", ("place", "day", "shift"), "place"
        list = ("day", "shift", "place", "name", "taken_at", "handed_at", "open_matters")
        sort, fixed = "-day", ("taken_at", "handed_at", "handed_to", "open_matters", "handover")


class Reception(Entity):
    """A matter at the desk and who answers for it: whoever received it, until the person is told."""

    case = Reference("cases.Case", t("事项", "matter"), owned=True, related_name="receptions")
    place = Place(t("社区", "community"))
    title = Text(t("来访事项", "matter brought"), max_length=200, search=True)
    title_en = Text(t("来访事项（英文）", "matter brought (English)"), max_length=200, missing=True)
    slot = Reference("grid.DutySlot", t("班次", "slot"), missing=True, related_name="receptions")
    answerable = Text(t("首问责任人", "answerable"), max_length=80)
    answerable_id = models.BigIntegerField(null=True, editable=False)
    received_at = Moment(t("接待时间", "received"), missing=False)
    at_once = Flag(t("当场办结", "settled at once"))
    told_at = Moment(t("回告时间", "told"))
    told_how = Text(t("回告方式", "how they were told"), max_length=200, missing=True)
    handovers = Number(t("责任移交次数", "times handed on"), default=0, low=0)

    class Describe:
        label = t("首问登记", "reception")
        title, place, owner = "title", "place", "case"
        list = ("received_at", "title", "place", "answerable", "at_once", "told_at")
        sort, importable = "-id", False
        fixed = (
            "case", "place", "title", "title_en", "slot", "answerable", "received_at", "at_once", "told_at", "told_how", "handovers",
        )  # fmt: skip


class CareCall(Entity):
    """A resident who should be visited, and why: the reason is a rule over the population register, whose values are never copied."""

    resident = Number(t("居民登记号", "number in the register of residents"), low=1)
    place = Place(t("住址", "home"), privacy="internal")
    reason = Choice(t("走访理由", "reason"), options=words.REASONS)
    last_visit = Day(t("上次见面", "last met"))
    due_on = Day(t("应访日期", "due"), missing=False)
    active = Flag(t("理由仍成立", "the reason holds"), default=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["resident"], name="one_call_per_resident"),)
        indexes = (models.Index(fields=["active", "due_on"], name="care_due"),)

    class Describe:
        label = t("走访对象", "household to visit")
        title, key, place = "reason", ("resident",), "place"
        list = ("place", "reason", "last_visit", "due_on", "active")
        sort, importable = "due_on", False
        fixed = ("resident", "place", "reason", "last_visit", "due_on", "active")


class Visit(Entity):
    """One visit, written once; what follows from it stands where it belongs."""

    call = Reference("grid.CareCall", t("走访对象", "household"), related_name="visits")
    place = Place(t("住址", "home"))
    at = Moment(t("走访时间", "at"), missing=False)
    by = Text(t("走访人", "by"), max_length=80)
    met = Choice(t("是否见到", "met"), options=words.MET)
    consent = Flag(t("本人同意记录", "the person agreed to the note"))
    findings = LongText(t("走访情况", "findings"), missing=True, **TOLD)
    photos = Document(t("走访照片", "photos"), missing=True, default=list, files=True, **TOLD)
    case = Reference("cases.Case", t("转出事项", "matter opened"), missing=True, related_name="+")
    correction = Reference("grid.Correction", t("更正建议", "correction proposed"), missing=True, related_name="+")

    class Describe:
        label = t("走访记录", "visit")
        title, place = "by", "place"
        person = Concerns("population.resident", "call.resident")
        list = ("at", "place", "by", "met", "case", "correction")
        importable, fixed = False, ("call", "place", "at", "by", "met", "consent", "findings", "photos", "case", "correction")


class Correction(Entity):
    """What a visit found to be different from the register of residents. Somebody else decides; then the register itself is changed."""

    resident = Number(t("居民登记号", "number in the register of residents"), low=1)
    place = Place(t("住址", "home"))
    item = Choice(t("更正栏目", "field"), options=words.CORRECTED)
    proposed = Text(t("应为", "should be"), max_length=100, **TOLD)
    state = Choice(t("状态", "state"), options=words.PROPOSAL_STATES, default="proposed")
    by = Text(t("提出人", "proposed by"), max_length=80)
    by_id = models.BigIntegerField(null=True, editable=False)
    decided_by = Text(t("核定人", "decided by"), max_length=80, missing=True)

    class Describe:
        label = t("登记更正建议", "register correction")
        title, place = "item", "place"
        person = Concerns("population.resident", "resident")
        list = ("place", "item", "proposed", "state", "by", "decided_by")
        importable, fixed = False, ("resident", "place", "item", "proposed", "state", "by", "decided_by")
        groups = (Group(t("更正", "Correction"), ("resident", "place", "item", "proposed", "state", "by", "decided_by")),)


class FormAllowance(Entity):
    """What one department has spent of the grid's time in one month. Locked while a request is decided, so two cannot both fit."""

    office = Office(t("部门", "department"), **OPEN)
    month = Text(t("月份", "month"), max_length=7, **OPEN)
    minutes = Number(t("已占用分钟", "minutes taken"), default=0, low=0, unit="minutes", **OPEN)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["office", "month"], name="one_allowance_per_month"),)

    class Describe:
        label = t("采集额度", "form allowance")
        title, key, organisation = "office", ("office", "month"), "office"
        list = ("office", "month", "minutes")
        importable, fixed = False, ("office", "month", "minutes")


class DataAnswer(Entity):
    """One grid's answer to a request, with the minutes that it really took."""

    request = Reference("grid.DataRequest", t("采集申请", "request"), owned=True, related_name="given")
    place = Place(t("网格", "grid"))
    minutes = Number(t("实际用时", "minutes taken"), low=0, high=600, unit="minutes")
    said = LongText(t("答复内容", "the answer"))
    by = Text(t("填报人", "by"), max_length=80)
    at = Moment(t("填报时间", "at"), missing=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["request", "place"], name="one_answer_per_grid"),)

    class Describe:
        label = t("采集答复", "data answer")
        title, place, owner = "by", "place", "request"
        list = ("at", "request", "place", "minutes", "by")
        importable, fixed = False, ("request", "place", "minutes", "said", "by", "at")
