"""What of a manifest stands in the boxes of an official form, part by part; an empty text is left to be written by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from hexi.kit import Viewer, district_calendar, names, now_context, registers, shown_rows
from hexi.scenarios.waste import words
from hexi.scenarios.waste.checks import PERMIT_OF
from hexi.scenarios.waste.models import Firm, Permit, StorageLot
from hexi.scenarios.waste.models_manifest import Manifest, Signature
from hexi.scenarios.waste.rules import catalogue, covers
from hexi.scenarios.waste.words import KG_IN_TONNE

Values = dict[str, str]
SIGNED = {"producer": ("sign_producer",), "receiver": ("accept", "accept_part", "refuse")}
LEG_STEPS = ("take_over", "hand_on")
OPINIONS = {"accept": "接受", "accept_part": "部分接受", "refuse": "拒收"}
YES, NO, ROAD = "是", "否", "道路车辆"


@dataclass(frozen=True, slots=True)
class Filled:
    """One part as it stands: its boxes, and the signature under it, where there is one."""

    values: Values
    signature: Signature | None


def parts_of(viewer: Viewer, row: Manifest, of: str) -> Iterator[Filled]:
    """The part of this side: one, or of carriers one for each that took the load over, in their order."""
    signatures = list(row.signatures.select_related("firm").order_by("seq"))
    if of == "carrier":
        yield from _legs(viewer, row, signatures)
        return
    signature = next((one for one in signatures if one.step in SIGNED[of]), None)
    firm = row.producer if of == "producer" else row.receiver
    own = _of_producer(row) if of == "producer" else _of_receiver(row, signature)
    yield Filled(_of_firm(viewer, firm, of, row) | _signer(viewer, signature) | _of_waste(row) | own, signature)


def _legs(viewer: Viewer, row: Manifest, signatures: list[Signature]) -> Iterator[Filled]:
    taken = [one for one in signatures if one.step in LEG_STEPS]
    called = names([place for place in (row.producer.place, row.receiver.place if row.receiver else "") if place])
    start, end = (called[place].zh if place in called else "" for place in (row.producer.place, row.receiver.place if row.receiver else ""))
    for number, one in enumerate(taken):
        last = number == len(taken) - 1
        way = {"vehicle": ROAD, "plate": str(one.document.get("plate") or ""), "left_at": _moment(one.device_at)}
        ends = {"start": "" if number else start, "end": end if last else "", "came_at": _moment(row.arrived_at) if last else ""}
        yield Filled(_of_firm(viewer, one.firm, "carrier", row) | _signer(viewer, one) | way | ends, one)
    if not taken:
        yield Filled(_of_firm(viewer, row.carrier, "carrier", row) | {"start": start, "end": end}, None)


def _of_firm(viewer: Viewer, firm: Firm | None, role: str, row: Manifest) -> Values:
    if firm is None:
        return {}
    called = names([firm.place] if firm.place else [])
    return {
        "name": firm.name, "phone": _clear(viewer, "waste.firm", firm.pk, "phone"),
        "address": called[firm.place].zh if firm.place in called else "", "permit": _permit(firm, role, row),
    }  # fmt: skip


def _permit(firm: Firm, role: str, row: Manifest) -> str:
    """The number of the permit that covers the code on the day of the trip; none of a producer."""
    if role not in PERMIT_OF:
        return ""
    day = _day(row.picked_at or now_context().now)
    permits = Permit.objects.filter(firm=firm, kind=PERMIT_OF[role], valid_from__lte=day, valid_until__gte=day).order_by("pk")
    return next((one.number for one in permits if covers(one.covers, row.code)), "")


def _signer(viewer: Viewer, signature: Signature | None) -> Values:
    return {"handler": _clear(viewer, "waste.signature", signature.pk, "by")} if signature is not None else {}


def _clear(viewer: Viewer, register: str, number: int, field: str) -> str:
    """What this viewer may read in clear; what is masked for them is left to be written by hand."""
    shown = shown_rows(viewer, _register(register), [number], (field,)).get(number, {})
    return "" if field in shown.get("__masked", ()) else str(shown.get(field) or "")


def _of_waste(row: Manifest) -> Values:
    known = catalogue().get(row.code)
    hazards = "、".join(words.label_of(words.HAZARDS, one).zh for one in known.hazards) if known else ""
    return {"line": "1", "waste": row.name, "code": row.code, "hazards": hazards}


def _of_producer(row: Manifest) -> Values:
    lots = list(StorageLot.objects.filter(loads__manifest=row).order_by("pk"))
    forms = dict.fromkeys(words.label_of(words.FORMS, lot.form).zh for lot in lots)
    vessels = dict.fromkeys(words.label_of(words.CONTAINERS, lot.vessel).zh for lot in lots if lot.vessel)
    return {
        "form": "、".join(forms), "vessels": "、".join(vessels), "packages": str(row.packages or ""), "shipped": _tonnes(row.shipped_kg),
        "picked_at": _moment(row.picked_at),
    }  # fmt: skip


def _of_receiver(row: Manifest, signature: Signature | None) -> Values:
    if signature is None:
        return {}
    differs = row.alerts.filter(kind="weight").exists()
    return {
        "differs": YES if differs else NO, "opinion": OPINIONS[signature.step], "received": _tonnes(row.received_kg),
        "method": words.label_of(words.METHODS, row.method).zh if row.method else "", "received_at": _moment(row.received_at),
    }  # fmt: skip


def _register(key: str) -> Any:
    return registers()[key]


def _day(at: datetime) -> date:
    return district_calendar().local(at).date()


def _moment(at: datetime | None) -> str:
    return f"{district_calendar().local(at):%Y年%m月%d日 %H时%M分}" if at else ""


def _tonnes(kg: Decimal | None) -> str:
    return words.kilos(kg / KG_IN_TONNE) if kg is not None else ""
