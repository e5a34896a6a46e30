"""What firms write of themselves: batches into storage, containers with their labels, annual plans, declarations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum

from hexi.kit import Action, Change, ExactSum, Form, Invalid, Problem, district_calendar, question, t
from hexi.scenarios.waste import words
from hexi.scenarios.waste.checks import local_day, must_be_listed
from hexi.scenarios.waste.mass import move
from hexi.scenarios.waste.models import Container, Declaration, Firm, StorageLot, YearPlan
from hexi.scenarios.waste.models_manifest import Manifest
from hexi.scenarios.waste.parties import ANY_FIRM, OFFICE, PRODUCER, PRODUCERS, RECEIVER, acts_for, own_firm
from hexi.scenarios.waste.rules import catalogue, category_of, storage_days

FIRST, MOST = 1, 10**7


class Stream(StrEnum):
    HAZARDOUS, MEDICAL, GENERAL, CONSTRUCTION, KITCHEN, HOUSEHOLD = (
        "hazardous", "medical", "general", "construction", "kitchen", "household",
    )  # fmt: skip


class Shape(StrEnum):
    SOLID, LIQUID, SLUDGE = "solid", "liquid", "sludge"


class Vessel(StrEnum):
    DRUM, BAG, BOX, TANK, BIN = "drum", "bag", "box", "tank", "bin"


@dataclass(frozen=True, slots=True)
class Batch:
    """What a container is filled with."""

    code: str
    name: str
    stream: str
    kg: Decimal
    form: str = "solid"
    container: Container | None = None
    facility: str = ""
    handler: str = ""
    destination: str = ""


class ForFirm(Form):
    """The office writes for a firm without an account; a firm writes for itself and leaves it empty."""

    firm: int | None = question(t("代录单位（没有账号的单位）", "for which firm without an account"), None, reference="waste.firm", by=(OFFICE,))


class Filled(ForFirm):
    """One container's filling."""

    stream: Stream = question(t("废物种类", "stream"), Stream.HAZARDOUS, options=words.STREAMS)
    code: str = question(t("废物代码", "code"), min_length=2, max_length=20, picks="waste.codes")
    name: str = question(t("废物名称（可不填）", "name, if it has its own"), "", max_length=80)
    kg: Decimal = question(t("数量（千克）", "quantity, kg"), gt=0, le=MOST, decimal_places=3)
    form: Shape = question(t("形态", "form"), Shape.SOLID, options=words.FORMS)
    container: int | None = question(t("容器标签", "container"), None, reference="waste.container", among=("in_use:eq:true",))
    facility: str = question(t("产生设施编码", "facility"), "", max_length=60)
    destination: str = question(t("去向", "destination"), "", max_length=80)


class Labelled(ForFirm):
    """A container and its label."""

    label: str = question(t("标签码", "label code"), min_length=4, max_length=40)
    kind: Vessel = question(t("容器", "container"), options=words.CONTAINERS)
    volume_l: int | None = question(t("容积（升）", "volume in litres"), None, ge=1, le=MOST)


class Planned(ForFirm):
    """What a firm means to hand over in a year."""

    year: int = question(t("年度", "year"), ge=2000, le=2100)
    code: str = question(t("废物代码", "code"), min_length=2, max_length=20, picks="waste.codes")
    planned_kg: int = question(t("计划转移量（千克）", "planned, kg"), ge=1, le=10**9)


class Declared(ForFirm):
    """A month is declared from the batches that stand in the ledger; nothing must be said expressly."""

    month: str = question(t("月份（如 2025-10）", "month, as 2025-10"), pattern=r"^\d{4}-(0[1-9]|1[0-2])$")
    nothing: bool = question(t("本月无产生", "nothing was produced"), False)


def firm_of(change: Change, given: int | None, **kind: bool) -> Firm:
    """The firm that the office names, or the viewer's own. Raises Invalid, Forbidden."""
    if given is None:
        return own_firm(change, **kind)
    firm = Firm.objects.filter(pk=given, **kind).first()
    if firm is None or not acts_for(change.viewer, firm):
        raise Invalid(
            [
                Problem(
                    "firm",
                    t("只能填写本单位；主管部门只为没有账号的单位代录", "Your own firm only; the office writes for firms without accounts"),
                )
            ]
        )
    return firm


def store_lot(change: Change) -> StorageLot:
    """A container is filled and stands in storage from now on."""
    given = change.answers
    firm = firm_of(change, given.firm, produces=True)
    must_be_listed(given.stream.value, given.code)
    container = _container(firm, given.container)
    batch = Batch(given.code, given.name, given.stream.value, given.kg, given.form.value, container, given.facility,
                  change.viewer.name, given.destination)  # fmt: skip
    return put_in(change, firm, batch)


def _container(firm: Firm, number: int | None) -> Container | None:
    if number is None:
        return None
    found = Container.objects.filter(pk=number, firm=firm, in_use=True).first()
    if found is None:
        raise Invalid([Problem("container", t("本单位没有这个在用容器", "The firm has no such container in use"))])
    if found.lots.filter(left_kg__gt=0).exists():
        raise Invalid([Problem("container", t("容器尚未清空", "The container is not empty"))])
    return found


def put_in(change: Change, firm: Firm, batch: Batch, *, source: str = "outside", manifest: Manifest | None = None) -> StorageLot:
    """A new batch in a firm's storage, with its movement and the day by which it must be gone."""
    moment = change.context.now
    day, days = district_calendar().local(moment).date(), storage_days(batch.stream, district_calendar().local(moment).date())
    known = catalogue().get(batch.code)
    lot = change.create(
        StorageLot, batch=_next_batch(firm), produced_at=moment,
        name=batch.name or (known.name.zh if known else batch.code), code=batch.code, kg=batch.kg, left_kg=batch.kg, stream=batch.stream,
        category=category_of(batch.code), vessel=batch.container.kind if batch.container else "", vessels=1,
        form=batch.form, container=batch.container, facility=batch.facility, handler=batch.handler, destination=batch.destination,
        firm=firm, due_on=day + timedelta(days=days) if days else None, place=firm.place, office=firm.office,
    )  # fmt: skip
    move(change, source, "store", batch.kg, firm=firm, manifest=manifest, lot=lot)
    return lot


def _next_batch(firm: Firm) -> str:
    """The number after the firm's newest."""
    newest = StorageLot.objects.filter(firm=firm).order_by("-pk").values_list("batch", flat=True).first()
    return f"{firm.number}-{int(newest.rpartition('-')[2]) + 1 if newest else 1:05d}"


def label_container(change: Change) -> Container:
    """A container gets its label."""
    given = change.answers
    firm = firm_of(change, given.firm)
    return change.create(
        Container, label=given.label, firm=firm, kind=given.kind.value, volume_l=given.volume_l, in_use=True, office=firm.office
    )


def plan_year(change: Change) -> YearPlan:
    """An annual plan for one code."""
    given = change.answers
    firm = firm_of(change, given.firm, produces=True)
    must_be_listed(words.HAZARDOUS, given.code)
    if YearPlan.objects.filter(firm=firm, year=given.year, code=given.code).exists():
        raise Invalid([Problem("code", t("这一年这个代码已有计划", "There is a plan for this code and year"), value=given.code)])
    return change.create(
        YearPlan, firm=firm, year=given.year, code=given.code, planned_kg=given.planned_kg, stage="drafted", office=firm.office
    )


def declare_month(change: Change) -> Declaration:
    """A month is declared; what is declared is what the ledger holds, and nothing only where it holds nothing."""
    given = change.answers
    firm = firm_of(change, given.firm, produces=True)
    year, month = map(int, given.month.split("-"))
    first = local_day(change).replace(year=year, month=month, day=FIRST)
    if first >= local_day(change).replace(day=FIRST):
        early = t("该月尚未结束，不能申报", "That month is not over yet: declare it when it is")
        raise Invalid([Problem("month", early, value=given.month)])
    lots = StorageLot.objects.filter(firm=firm, back_from=None, produced_at__year=year, produced_at__month=month)
    batches, kg = lots.count(), lots.aggregate(kg=ExactSum("kg"))["kg"] or Decimal(0)
    if bool(batches) == given.nothing:
        said = t("台账本月有 {n} 批，与所报不符", "The ledger has {n} batches of that month, which does not fit").filled(n=str(batches))
        raise Invalid([Problem("nothing", said)])
    if Declaration.objects.filter(firm=firm, month=first).exists():
        raise Invalid([Problem("month", t("该月已申报", "That month is declared already"), value=given.month)])
    return change.create(
        Declaration, firm=firm, month=first, batches=batches, kg=kg, nothing=given.nothing, by=change.viewer.name,
        at=change.context.now, office=firm.office,
    )  # fmt: skip


WRITERS = (PRODUCER, RECEIVER, OFFICE)
LOT, CONTAINER, PLAN, DECLARATION = "waste.storagelot", "waste.container", "waste.yearplan", "waste.declaration"
ACTIONS = (
    Action("store_lot", t("入库登记", "into storage"), LOT, store_lot, Filled, by=WRITERS, creates=True, party=PRODUCERS),
    Action("label_container", t("登记容器", "label a container"), CONTAINER, label_container, Labelled, by=WRITERS, creates=True,
           party=ANY_FIRM),
    Action("plan_year", t("编制年度计划", "plan a year"), PLAN, plan_year, Planned, by=WRITERS, creates=True, party=PRODUCERS),
    Action("declare_month", t("月度申报", "declare a month"), DECLARATION, declare_month, Declared, by=WRITERS, creates=True,
           party=PRODUCERS),
)  # fmt: skip
