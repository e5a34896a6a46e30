"""Firms, permits, annual plans, containers and what lies in storage."""

from __future__ import annotations

from django.db import models

from hexi.kit import Choice, Concerns, Day, Entity, Flag, Group, LongText, Moment, Number, Office, Place, Reference, Text, t
from hexi.scenarios.waste import words
from hexi.scenarios.waste.models_cells import WasteCell
from hexi.scenarios.waste.models_manifest import Alert, Load, Manifest, Movement, Revision, Signature, code_on_label
from hexi.scenarios.waste.models_runs import CollectionRun


class Firm(Entity):
    """One firm that produces, carries or receives waste. A firm with an account of its own has an office key."""

    number = Text(t("登记号", "number"), max_length=30, unique=True, search=True)
    name = Text(t("单位名称", "name"), max_length=120, search=True, privacy="internal")
    produces = Flag(t("产废", "produces"))
    carries = Flag(t("承运", "carries"))
    receives = Flag(t("接收", "receives"))
    risk = Choice(t("管理类别", "class of management"), options=words.RISKS, missing=True)
    industry = Choice(t("行业", "trade"), options=words.INDUSTRIES)
    place = Place(t("地点", "place"), source="the firm's registration")
    contact = Text(t("联系人", "contact"), max_length=40, privacy="personal", missing=True, source="told by the firm")
    phone = Text(t("联系电话", "telephone"), max_length=40, privacy="personal", missing=True, source="told by the firm")
    has_warehouse = Flag(
        t("设贮存库", "has a storage building"), help=t("有贮存库的不适用贮存点限量", "the limit for a storage point does not apply")
    )
    office = Office(t("账号机构", "organisation of its accounts"), missing=True)
    since = Day(t("登记日期", "registered on"))
    invented = Flag(t("虚构", "invented"))

    class Describe:
        label = t("涉废单位", "firm")
        about = t("产生、运输、接收废物的单位；示例数据均为虚构", "Firms that produce, carry or receive waste; the sample is invented")
        title, key, place, organisation, sort = "name", ("number",), "place", "office", "number"
        person = Concerns()  # whom the firm named as its contact
        list = ("number", "name", "industry", "risk", "produces", "carries", "receives", "place", "contact")
        groups = (
            Group(t("单位", "Firm"), ("number", "name", "industry", "risk", "place", "since", "office", "invented")),
            Group(t("从事", "Does"), ("produces", "carries", "receives", "has_warehouse")),
            Group(t("联系", "Contact"), ("contact", "phone")),
        )


class Permit(Entity):
    """What a firm may do with which codes, from one day to another. `covers` names codes or whole categories, one a line."""

    firm = Reference("waste.Firm", t("单位", "firm"), owned=True, related_name="permits")
    kind = Choice(t("许可种类", "kind"), options=words.PERMITS)
    number = Text(t("许可证号", "number"), max_length=60)
    covers = LongText(
        t("许可类别/代码", "codes covered"), picks="waste.covered", help=t("每行一个代码或类别，如 HW08 或 900-041-49", "one code or category a line")
    )
    valid_from = Day(t("有效期起", "valid from"), missing=False)
    valid_until = Day(t("有效期止", "valid until"), missing=False)
    capacity_kg = Number(t("年许可量", "capacity a year"), unit="kg", low=0, missing=True)
    office = Office(t("账号机构", "organisation"), missing=True)

    class Describe:
        label = t("许可", "permit")
        about = t("产废、承运和经营许可：覆盖的代码与有效期", "Permits with their codes and days")
        title, key, organisation, sort = "number", ("number",), "office", "valid_until"
        list = ("firm", "kind", "number", "covers", "valid_from", "valid_until", "capacity_kg")


class YearPlan(Entity):
    """What a firm means to hand over of one code in a year."""

    firm = Reference("waste.Firm", t("单位", "firm"), owned=True, related_name="plans")
    year = Number(t("年度", "year"), low=2000, high=2100, plain=True)
    code = Text(t("废物代码", "code"), max_length=20)
    planned_kg = Number(t("计划转移量", "planned"), unit="kg", low=0)
    stage = Choice(t("状态", "stage"), options=words.PLAN_STATES, default="drafted")
    office = Office(t("账号机构", "organisation"), missing=True)

    class Describe:
        label = t("年度管理计划", "annual plan")
        about = t("每单位每代码一年的计划转移量", "What a firm plans to hand over of one code in a year")
        title, key, organisation, sort = "code", ("firm", "year", "code"), "office", "-year"
        list = ("firm", "year", "code", "planned_kg", "stage")


class Container(Entity):
    """One container. Its label is what the QR code on it says."""

    label = Text(t("标签码", "label code"), max_length=40, unique=True, search=True)
    firm = Reference("waste.Firm", t("单位", "firm"), owned=True, related_name="+")
    kind = Choice(t("容器", "container"), options=words.CONTAINERS)
    volume_l = Number(t("容积（升）", "volume in litres"), low=0, missing=True)
    in_use = Flag(t("在用", "in use"), default=True)
    check_code = code_on_label()
    office = Office(t("账号机构", "organisation"), missing=True)

    lots: models.Manager[StorageLot]

    class Describe:
        label = t("容器", "container")
        about = t("容器与二维码标签", "Containers and the code on their labels")
        title, key, organisation, importable = "label", ("label",), "office", False
        list = ("label", "firm", "kind", "volume_l", "in_use")
        fixed = ("label", "firm", "kind", "volume_l", "in_use", "check_code", "office")


class StorageLot(Entity):
    """One batch in storage: one container's filling, in the order of the official ledger book. Only actions write it."""

    batch = Text(t("批次号", "batch"), max_length=40, unique=True, search=True)
    produced_at = Moment(t("产生时间", "produced at"), missing=False)
    name = Text(t("废物名称", "name"), max_length=80)
    category = Text(t("废物类别", "category"), max_length=10, missing=True)
    code = Text(t("废物代码", "code"), max_length=20, search=True)
    kg = Number(t("数量", "quantity"), unit="kg", decimals=3, low=0)
    container = Reference("waste.Container", t("容器编码", "container"), missing=True, related_name="lots")
    vessel = Choice(t("容器类型", "kind of container"), options=words.CONTAINERS, missing=True)
    vessels = Number(t("容器数量", "containers"), low=0, default=1)
    facility = Text(t("产生设施编码", "facility"), max_length=60, missing=True)
    handler = Text(t("经办人", "handler"), max_length=40, missing=True, privacy="personal", source="told by the firm")
    destination = Text(t("去向", "destination"), max_length=80, missing=True)
    firm = Reference("waste.Firm", t("单位", "firm"), owned=True, related_name="lots")
    stream = Choice(t("废物种类", "stream"), options=words.STREAMS)
    form = Choice(t("形态", "form"), options=words.FORMS)
    left_kg = Number(t("尚存", "left"), unit="kg", decimals=3, low=0)
    due_on = Day(t("最迟移出", "to be gone by"), help=words.UNCHECKED)
    back_from = Reference("waste.Manifest", t("退回自联单", "came back from"), missing=True, related_name="+")
    check_code = code_on_label()
    place = Place(t("地点", "place"), source="the firm's place", missing=True)
    office = Office(t("账号机构", "organisation"), missing=True)

    firm_id: int
    loads: models.Manager[Load]

    class Describe:
        label = t("贮存批次（台账）", "batch in storage")
        about = t("产废台账：按容器逐批登记，可导出 XLSX", "The producer's ledger book, one row a container; it exports as XLSX")
        title, key, place, organisation, importable = "batch", ("batch",), "place", "office", False
        person = None  # an employee of the firm, told by name alone
        list = ("batch", "produced_at", "name", "category", "code", "kg", "container", "vessel", "vessels", "facility", "handler",
                "destination", "left_kg", "due_on")  # fmt: skip
        fixed = (
            "batch", "produced_at", "name", "category", "code", "kg", "container", "vessel", "vessels", "facility",
            "handler", "destination",
            "left_kg", "due_on", "firm", "stream", "form", "back_from", "check_code", "place", "office",
        )  # fmt: skip


class Declaration(Entity):
    """What a firm declared of a month, nothing included: silence and nothing are told apart."""

    firm = Reference("waste.Firm", t("单位", "firm"), owned=True, related_name="+")
    month = Day(t("月份", "month"), missing=False)
    batches = Number(t("批次", "batches"), low=0)
    kg = Number(t("产生量", "produced"), unit="kg", decimals=3, low=0)
    nothing = Flag(t("本月无产生", "nothing was produced"))
    by = Text(t("申报人", "declared by"), max_length=80, privacy="personal", source="the account")
    at = Moment(t("申报时间", "declared at"), missing=False)
    office = Office(t("账号机构", "organisation"), missing=True)

    class Describe:
        label = t("月度申报", "declaration")
        about = t("每单位每月一份；零申报也是申报", "One a firm and month; nothing is a declaration, too")
        title, organisation, importable, sort = "month", "office", False, "-month"
        person = None  # whoever signed in for the firm
        list = ("firm", "month", "batches", "kg", "nothing", "at")
        fixed = ("firm", "month", "batches", "kg", "nothing", "by", "at", "office")


__all__ = [
    "Alert", "CollectionRun", "Container", "Declaration", "Firm", "Load", "Manifest", "Movement", "Permit", "Revision", "Signature",
    "StorageLot", "WasteCell",
    "YearPlan",
]  # fmt: skip
