"""A manifest that had to run on paper, entered afterwards by the office that saw the paper, with the names and times that stand on it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from hexi.kit import Action, Change, Form, Invalid, Problem, question, t
from hexi.scenarios.waste.checks import check_paper
from hexi.scenarios.waste.drafting import CARRYING, IN_STORE, RECEIVING, firm_that, made
from hexi.scenarios.waste.models import StorageLot
from hexi.scenarios.waste.models_manifest import Load, Manifest
from hexi.scenarios.waste.parties import OFFICE
from hexi.scenarios.waste.steps import MOST_KG, Told, Weights, come, pick_up, ship, take_in
from hexi.scenarios.waste.words import kilos


class OnPaper(Form):
    """What the paper says."""

    lot: int = question(t("贮存批次", "batch"), reference="waste.storagelot", among=IN_STORE)
    kg: Decimal = question(t("移出数量（千克）", "shipped, kg"), gt=0, le=MOST_KG, decimal_places=3)
    carrier: int = question(t("承运人", "carrier"), reference="waste.firm", among=CARRYING)
    receiver: int = question(t("接受人", "receiver"), reference="waste.firm", among=RECEIVING)
    plate: str = question(t("车牌", "plate"), min_length=5, max_length=20)
    national_number: str = question(t("国家系统联单号", "number of the national system"), "", max_length=20)
    shipped_at: datetime = question(t("移出时间", "signed by the producer at"))
    picked_at: datetime = question(t("启运时间", "picked up at"))
    arrived_at: datetime = question(t("运抵时间", "arrived at"))
    received_at: datetime = question(t("接受时间", "received at"))
    received_kg: Decimal = question(t("接受数量（千克）", "received, kg"), gt=0, le=MOST_KG, decimal_places=3)
    refused_kg: Decimal | None = question(t("拒收数量（千克）", "refused, kg"), None, gt=0, le=MOST_KG, decimal_places=3)
    producer_name: str = question(t("移出人经办", "producer's name"), min_length=1, max_length=80)
    carrier_name: str = question(t("承运人经办", "carrier's name"), min_length=1, max_length=80)
    receiver_name: str = question(t("接受人经办", "receiver's name"), min_length=1, max_length=80)
    scan: int | None = question(t("纸质联单扫描件", "scan of the paper"), None, file=True)


def enter_paper(change: Change) -> Manifest:
    """The same checks, movements and chain of signatures as on the platform, with the paper's names and times."""
    given = change.answers
    lot = StorageLot.objects.select_related("firm").get(pk=given.lot)
    if given.kg > lot.left_kg:
        raise Invalid([Problem("kg", t("批次只剩 {kg} 千克", "Only {kg} kg of the batch are left").filled(kg=kilos(lot.left_kg)))])
    parties = {"carrier": firm_that(given.carrier, "carries"), "receiver": firm_that(given.receiver, "receives")}
    row = made(
        change, lot.firm, lot.code, lot.stream, "draft", national_number=given.national_number, paper=True, scan_id=given.scan, **parties
    )
    change.create(Load, manifest=row, lot=lot, kg=given.kg, parties=row.parties)
    ship(change, row, Told(given.shipped_at, given.producer_name, "paper"))
    pick_up(change, row, given.plate, Told(given.picked_at, given.carrier_name, "paper"))
    come(change, row, Told(given.arrived_at, given.carrier_name, "paper"))
    step, state = ("accept_part", "partly") if given.refused_kg else ("accept", "accepted")
    came = Weights(given.received_kg, given.refused_kg or Decimal(0))
    take_in(change, row, came, Told(given.received_at, given.receiver_name, "paper"), step)
    change.amend(row, state=state)
    check_paper(change, row)
    return row


ACTIONS = (
    Action("enter_paper", t("纸质联单补录", "enter a paper manifest"), "waste.manifest", enter_paper, OnPaper, by=(OFFICE,), creates=True),
)
