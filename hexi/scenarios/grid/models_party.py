"""Registers of the party's organisation in the grid, and of 双报到: needs, pledges, and deeds that a beneficiary confirms."""

from __future__ import annotations

from typing import Any

from django.db import models

from hexi.kit import Choice, Concerns, Day, Entity, Flag, LongText, Moment, Number, Place, Reference, Text, t
from hexi.scenarios.grid import words

OPEN: Any = {"privacy": "open"}


class PartyOrgan(Entity):
    """One link of the chain 社区党委—网格党支部—楼门栋党小组—党员中心户."""

    name = Text(t("组织名称", "name"), max_length=120, search=True)
    kind = Choice(t("层级", "level"), options=words.ORGAN_KINDS)
    parent = Reference("grid.PartyOrgan", t("上级组织", "above"), missing=True, related_name="children")
    place = Place(t("范围", "area"))
    head = Text(t("负责人", "head"), max_length=60, missing=True)
    members = Number(t("党员数", "members"), default=0, low=0, unit="people")
    invented = Flag(t("示例数据", "invented sample"))

    class Describe:
        label = t("网格党组织", "party organ of the grid")
        title, place = "name", "place"
        list = ("name", "kind", "parent", "place", "head", "members")
        sort, fixed, importable = "place", ("kind", "parent", "place"), False


class PartyUnit(Entity):
    """A unit that checked in with a community. That it checked in counts nothing; what residents confirm does."""

    name = Text(t("报到单位", "unit"), max_length=120, search=True)
    kind = Choice(t("单位类型", "kind"), options=words.UNIT_KINDS)
    place = Place(t("报到社区", "community"))
    members = Number(t("在职党员数", "members in work"), default=0, low=0, unit="people")
    contact = Text(t("联络人", "contact"), max_length=60, missing=True)
    invented = Flag(t("示例数据", "invented sample"))

    class Describe:
        label = t("报到单位", "checked-in unit")
        title, place = "name", "place"
        list = ("name", "kind", "place", "members", "contact")


class CheckIn(Entity):
    """A unit or a member reported to the community. Kept as a fact, worth nothing in any figure."""

    unit = Reference("grid.PartyUnit", t("报到单位", "unit"), owned=True, related_name="check_ins")
    place = Place(t("报到社区", "community"))
    on = Day(t("报到日期", "on"), missing=False)
    people = Number(t("报到党员人数", "members"), default=0, low=0, unit="people")

    class Describe:
        label = t("报到记录", "check-in")
        title, place = "unit", "place"
        list = ("on", "unit", "place", "people")
        importable, fixed = False, ("unit", "place", "on", "people")


class Need(Entity):
    """What a community or a household asks for. `code` is for the beneficiary alone: with it they say whether it was done."""

    title = Text(t("需求", "need"), max_length=160, search=True)
    title_en = Text(t("需求（英文）", "need (English)"), max_length=160, missing=True)
    kind = Choice(t("需求类别", "kind"), options=words.NEED_KINDS)
    what = LongText(t("具体内容", "what"), missing=True)
    place = Place(t("社区", "community"))
    wanted_by = Day(t("希望完成日期", "wanted by"))
    state = Choice(t("状态", "state"), options=words.NEED_STATES, default="open")
    code = Text(t("受益人确认码", "the beneficiary's code"), max_length=20, privacy="sensitive", source="drawn by the platform", unique=True)
    posted_by = Text(t("发布人", "posted by"), max_length=80)
    posted_id = models.BigIntegerField(null=True, editable=False)
    invented = Flag(t("示例数据", "invented sample"))

    class Describe:
        label = t("社区需求", "need")
        title, place = "title", "place"
        person = Concerns()
        list = ("title", "kind", "place", "state", "wanted_by")
        importable, fixed = False, ("title_en", "place", "state", "code", "posted_by", "invented")


class Pledge(Entity):
    """A unit takes on a need. It is fulfilled when the beneficiary confirms the service, and not before."""

    need = Reference("grid.Need", t("需求", "need"), owned=True, related_name="pledges")
    unit = Reference("grid.PartyUnit", t("认领单位", "unit"), related_name="pledges")
    place = Place(t("社区", "community"))
    on = Day(t("认领日期", "pledged"), missing=False)
    due_on = Day(t("承诺完成日期", "promised by"))
    state = Choice(t("状态", "state"), options=words.PLEDGE_STATES, default="pledged")
    by = Text(t("认领人", "pledged by"), max_length=80)

    class Describe:
        label = t("认领", "pledge")
        title, place, owner = "need", "place", "need"
        list = ("need", "unit", "place", "on", "due_on", "state")
        importable, fixed = False, ("need", "unit", "place", "on", "due_on", "state", "by")


class ServiceDeed(Entity):
    """Something done for residents. Counts once the beneficiary has confirmed it."""

    pledge = Reference("grid.Pledge", t("认领", "pledge"), owned=True, related_name="deeds")
    title = Text(t("实事", "deed"), max_length=160)
    title_en = Text(t("实事（英文）", "deed (English)"), max_length=160, missing=True)
    place = Place(t("社区", "community"))
    on = Day(t("服务日期", "on"), missing=False)
    hours = Number(t("服务小时", "hours"), decimals=1, low=0, high=200, unit="hours")
    outcome = LongText(t("服务情况", "what was done"))
    by = Text(t("服务人", "done by"), max_length=80)
    by_id = models.BigIntegerField(null=True, editable=False)
    state = Choice(t("状态", "state"), options=words.DEED_STATES, default="waiting")
    confirmed_at = Moment(t("确认时间", "confirmed at"))
    way = Choice(t("确认方式", "how"), options=words.CONFIRM_WAYS, missing=True)

    class Describe:
        label = t("实事", "service deed")
        title, place, owner = "title", "place", "pledge"
        list = ("on", "title", "place", "hours", "state", "way", "confirmed_at")
        importable = False
        fixed = ("pledge", "title", "title_en", "place", "on", "hours", "outcome", "by", "state", "confirmed_at", "way")


class Confirmation(Entity):
    """The beneficiary's word on a deed."""

    deed = Reference("grid.ServiceDeed", t("实事", "deed"), owned=True, related_name="confirmations")
    place = Place(t("社区", "community"), **OPEN)
    at = Moment(t("确认时间", "at"), missing=False, **OPEN)
    way = Choice(t("确认方式", "how"), options=words.CONFIRM_WAYS, **OPEN)
    verdict = Choice(t("受益人的话", "verdict"), options=words.VERDICTS, **OPEN)
    note = LongText(t("补充说明", "note"), missing=True, privacy="personal", source="said by the beneficiary")
    by = Text(t("记录人", "recorded by"), max_length=80, missing=True)

    class Describe:
        label = t("受益人确认", "confirmation")
        title, place = "verdict", "place"
        person = Concerns("grid.need", "deed.pledge.need")
        list = ("at", "place", "way", "verdict")
        importable, fixed = False, ("deed", "place", "at", "way", "verdict", "note", "by")
