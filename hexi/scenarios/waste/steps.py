"""What each signed step of a manifest does: from the producer's signature to the receiver's word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from hexi.kit import Change, Form, Invalid, Problem, question, t
from hexi.scenarios.waste import checks
from hexi.scenarios.waste.mass import draw, move
from hexi.scenarios.waste.models import Firm
from hexi.scenarios.waste.models_manifest import Manifest
from hexi.scenarios.waste.parties import carries_for, parties_of
from hexi.scenarios.waste.rules import due_of
from hexi.scenarios.waste.sealing import Signing, device_time, must_act_for, sign

MOST_KG = 10**9


@dataclass(frozen=True, slots=True)
class Told:
    """When it happened by the device, and for a paper manifest whose name stands there."""

    at: datetime | None = None
    by: str = ""
    way: str = ""


@dataclass(frozen=True, slots=True)
class Weights:
    """What the receiver's scale said of what it took, and of what it did not."""

    received: Decimal
    refused: Decimal = Decimal(0)


class Signed(Form):
    """A signature made where there may be no network: the device's own time goes with it."""

    device_at: datetime | None = question(
        t("设备时间（离线签署时）", "time of the device, when signed without a network"), None, widget="written",
        help=t("有网络时留空，以平台时间为准", "leave it empty with a network: the platform's time counts"),
    )  # fmt: skip


class Vehicle(Form):
    """The vehicle that takes it."""

    plate: str = question(t("车牌", "plate"), min_length=5, max_length=20)


class OnTheScale(Form):
    """What the receiver's scale says."""

    received_kg: Decimal = question(t("接受数量（千克）", "received, kg"), gt=0, le=MOST_KG, decimal_places=3)


class PartOnTheScale(OnTheScale):
    """And what goes back."""

    refused_kg: Decimal = question(t("拒收数量（千克）", "refused, kg"), gt=0, le=MOST_KG, decimal_places=3)


class PickedUp(Signed, Vehicle):
    """Whoever is named last is asked first: the time of the device stands at the end of each form."""


class Weighed(Signed, OnTheScale):
    """The receiver's word on all of it."""


class WeighedInPart(Signed, PartOnTheScale):
    """And on a part."""


def sign_producer(change: Change) -> None:
    """The producer signs: what is loaded is taken out of storage, and what the manifest says is sealed."""
    row: Manifest = change.record
    must_act_for(change, row.producer, "producer")
    ship(change, row, Told(change.answers.device_at))


def ship(change: Change, row: Manifest, told: Told) -> None:
    """What the producer's signature means."""
    if not row.loads.exists():
        raise Invalid([Problem("loads", t("还没有装载任何批次", "Nothing is loaded yet"))])
    checks.must_be_numbered(row, checks.local_day(change))
    checks.must_be_licensed(change, row, "receiver")
    change.amend(row, shipped_kg=draw(change, row), signed_at=_at(change, told), parties=parties_of(row))
    sign(change, row, Signing("sign_producer", "producer", row.producer, told.at, told.by, told.way))
    checks.check_plan(change, row)


def take_over(change: Change) -> None:
    """The carrier signs at the producer's gate: the load is on the road."""
    row: Manifest = change.record
    _must_carry(change, row)
    pick_up(change, row, change.answers.plate, Told(change.answers.device_at))


def pick_up(change: Change, row: Manifest, plate: str, told: Told) -> None:
    """What the carrier's signature means."""
    change.amend(row, plate=plate, picked_at=_at(change, told))
    checks.must_be_licensed(change, row, "carrier", "receiver")
    for load in row.loads.select_related("lot").order_by("pk"):
        move(change, "store", "road", load.kg, firm=row.producer, manifest=row, lot=load.lot)
    sign(change, row, Signing("take_over", "carrier", row.carrier, told.at, told.by, told.way))
    checks.check_trip(change, row)


def hand_on(change: Change) -> None:
    """The next carrier signs: from now on it carries."""
    row: Manifest = change.record
    firm = must_act_for(change, row.next_carrier, "next_carrier")
    told = Told(change.answers.device_at)
    change.amend(row, carrier=firm, next_carrier=None, crew="", plate=change.answers.plate, picked_at=_at(change, told))
    checks.must_be_licensed(change, row, "carrier")
    sign(change, row, Signing("hand_on", "carrier", firm, told.at))
    checks.check_trip(change, row)


def arrive(change: Change) -> None:
    """It stands at the receiver's gate: the clock of confirmation runs."""
    row: Manifest = change.record
    carrying = carries_for(change.viewer, row)
    if not carrying:
        must_act_for(change, row.receiver, "receiver")
    come(change, row, Told(change.answers.device_at), "carrier" if carrying else "receiver")


def come(change: Change, row: Manifest, told: Told, role: str = "carrier") -> None:
    """What the arrival means."""
    at = _at(change, told)
    change.amend(row, arrived_at=at, confirm_due=due_of("confirm", at))
    sign(change, row, Signing("arrive", role, row.carrier if role == "carrier" else row.receiver, told.at, told.by, told.way))
    checks.check_trip(change, row)


def accept(change: Change) -> None:
    """The receiver takes all of it; a difference of the scales is booked as one."""
    row: Manifest = change.record
    must_act_for(change, row.receiver, "receiver")
    take_in(change, row, Weights(change.answers.received_kg), Told(change.answers.device_at))


def accept_part(change: Change) -> None:
    """The receiver takes some of it; the rest goes back."""
    row: Manifest = change.record
    must_act_for(change, row.receiver, "receiver")
    came = Weights(change.answers.received_kg, change.answers.refused_kg)
    take_in(change, row, came, Told(change.answers.device_at), "accept_part")


def take_in(change: Change, row: Manifest, came: Weights, told: Told, step: str = "accept") -> None:
    """What the receiver's signature means. What is refused stays on the road until the producer has it back."""
    change.amend(row, received_kg=came.received, refused_kg=came.refused, held_kg=came.received, received_at=_at(change, told))
    move(change, "road", "store", came.received, firm=row.receiver, manifest=row)
    move(change, "road", "gap", row.shipped_kg - came.received - came.refused, manifest=row)
    sign(change, row, Signing(step, "receiver", row.receiver, told.at, told.by, told.way))
    checks.check_weight(change, row)
    checks.check_capacity(change, row)
    checks.check_confirmed_in_time(change, row)


def refuse(change: Change) -> None:
    """The receiver takes nothing: all of it goes back."""
    row: Manifest = change.record
    must_act_for(change, row.receiver, "receiver")
    told = Told(change.answers.device_at)
    change.amend(row, received_kg=Decimal(0), refused_kg=row.shipped_kg, received_at=_at(change, told))
    sign(change, row, Signing("refuse", "receiver", row.receiver, told.at))
    checks.check_confirmed_in_time(change, row)


def _must_carry(change: Change, row: Manifest) -> Firm:
    if row.carrier is None or not carries_for(change.viewer, row):
        raise Invalid([Problem("carrier", t("您不代表该承运人", "You do not speak for this carrier"))])
    return row.carrier


def _at(change: Change, told: Told) -> datetime:
    return device_time(change, told.at, None, paper=told.way == "paper")[0]
