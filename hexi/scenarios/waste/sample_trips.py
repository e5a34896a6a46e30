"""Invented manifests out of the invented batches: lived through in memory, with loads, movements, alerts and sound chains of signatures."""

from __future__ import annotations

import random
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from hexi.kit import amend_sample, insert_sample
from hexi.scenarios.waste.checks import FAR_APART
from hexi.scenarios.waste.models import Firm, StorageLot
from hexi.scenarios.waste.models_manifest import Alert, Load, Manifest, Movement, Signature
from hexi.scenarios.waste.parties import parties_of
from hexi.scenarios.waste.rules import due_of, tolerance_pct
from hexi.scenarios.waste.sealing import COVERS, Document, Signing, extract_of, linked, paper_of, said_of
from hexi.scenarios.waste.words import kilos

Row = dict[str, Any]
GRAM = Decimal("0.001")
SIGNS = (("sign_producer", "producer", "signed_at"), ("take_over", "carrier", "picked_at"), ("arrive", "carrier", "arrived_at"),
         ("accept", "receiver", "received_at"))  # fmt: skip
STATES = ("signed", "carried", "arrived", "accepted")
MOMENT_OF = {step: name for step, _, name in SIGNS}


@dataclass
class Trip:
    """One manifest of the past: its row, what it carries, and when things happened."""

    row: Manifest
    lots: list[StorageLot]
    steps: list[tuple[str, str, datetime]] = field(default_factory=list[tuple[str, str, datetime]])


def load_trips(rng: random.Random, now: datetime) -> int:
    """Manifests out of the batches in storage, with all that belongs to them. Gives their number."""
    batches = list(StorageLot.objects.select_related("firm").order_by("firm", "code", "produced_at", "pk"))
    trips = list(planned(batches, rng, now))
    number = insert_sample(Manifest, (_values(trip.row) for trip in trips))
    if number:
        numbers = dict(Manifest.objects.values_list("number", "pk"))
        for trip in trips:
            trip.row.pk = numbers[trip.row.number]
        _furnish(trips, batches, now)
    return number


def planned(batches: list[StorageLot], rng: random.Random, now: datetime) -> Iterator[Trip]:
    """Up to three batches of a firm and code go together, some days after the last of them."""
    by_kind = defaultdict[tuple[int, str], list[StorageLot]](list)
    for lot in batches:
        by_kind[lot.firm_id, lot.code].append(lot)
    carriers, receivers = (list(Firm.objects.filter(**{does: True}).order_by("pk")) for does in ("carries", "receives"))
    number, under_way = 0, [(14.0, 10.0, 8.0), (7.0, 1.0), (3.0,)]
    for waiting in (deque(lots) for lots in by_kind.values()):
        if waiting[0].firm.office and len(waiting) > 1:
            waiting.pop()  # the firms that one can sign in to have something in storage
        while waiting:
            number += 1
            some = [waiting.popleft() for _ in range(min(rng.randint(1, 3), len(waiting)))]
            own = some[0].firm.office != ""
            way = (carriers[0], receivers[0]) if own else (rng.choice(carriers), rng.choice(receivers))
            trip = _trip(number, some, way, rng, now)
            if own and not waiting and under_way:
                trip = _under_way(number, some, way, under_way.pop(), now)
            if trip is not None:
                yield trip


def _trip(number: int, some: list[StorageLot], way: tuple[Firm, Firm], rng: random.Random, now: datetime) -> Trip | None:
    first, last, lots = some[0], some[-1], some
    assert last.produced_at is not None
    signed = last.produced_at + timedelta(days=rng.randint(1, 12), hours=1)
    if signed > now and rng.random() < 0.5:  # wanted, and nothing is loaded yet
        signed, lots = now, []
    elif signed > now or rng.random() < 0.06:  # still in storage
        return None
    row = _row(number, some, way, signed)
    row.packages = len(lots)
    trip = Trip(row, lots)
    if lots:
        _live(trip, signed, rng, now)
    else:
        row.state, row.expected_kg, row.packages, row.national_number = "planned", first.kg, None, ""
    return trip


def _under_way(number: int, lots: list[StorageLot], way: tuple[Firm, Firm], hours: tuple[float, ...], now: datetime) -> Trip:
    """One that somebody has to sign now: signed, picked up and arrived so many hours ago, as far as it came."""
    row = _row(number, lots, way, now - timedelta(hours=hours[0]))
    row.shipped_kg, row.plate = sum((lot.kg for lot in lots), Decimal(0)), f"津A{number:05d}" if len(hours) > 1 else ""
    steps = [(step, role, now - timedelta(hours=ago)) for (step, role, _), ago in zip(SIGNS, hours, strict=False)]
    for (step, _, moment), state in zip(steps, STATES, strict=False):
        setattr(row, MOMENT_OF[step], moment)
        row.state = state
    row.confirm_due = due_of("confirm", row.arrived_at) if row.arrived_at else None
    return Trip(row, lots, steps)


def _row(number: int, lots: list[StorageLot], way: tuple[Firm, Firm], signed: datetime) -> Manifest:
    """What a manifest says before anybody signs."""
    first = lots[0]
    row = Manifest(
        number=f"HX{signed:%Y}-{number:06d}", stream=first.stream, code=first.code, name=first.name, producer=first.firm,
        carrier=way[0], receiver=way[1], crew="waste_crew_1" if first.firm.office else "", packages=len(lots),
        place=first.firm.place, invented=True,
        national_number=f"{signed:%Y}1201{number:06d}" if first.stream == "hazardous" else "",
    )  # fmt: skip
    row.parties = parties_of(row)
    return row


def _live(trip: Trip, signed: datetime, rng: random.Random, now: datetime) -> None:
    """How far it has come until now."""
    row, refused = trip.row, rng.random() < 0.015
    at = {"signed_at": signed}
    at["picked_at"] = signed + timedelta(hours=rng.uniform(0.5, 20))
    at["arrived_at"] = at["picked_at"] + timedelta(hours=rng.uniform(0.6, 4))
    at["received_at"] = at["arrived_at"] + timedelta(days=rng.choice((0.1, 0.3, 1, 2, 3, 4)) if rng.random() > 0.03 else 12)
    row.shipped_kg, row.plate = sum((lot.kg for lot in trip.lots), Decimal(0)), f"津A{rng.randint(0, 99999):05d}"
    happened = [(step, role, at[name]) for step, role, name in SIGNS if at[name] <= now]
    trip.steps = happened
    for (step, _, moment), state in zip(happened, STATES, strict=False):
        setattr(row, MOMENT_OF[step], moment)
        row.state = state
    if row.arrived_at:
        row.confirm_due = due_of("confirm", row.arrived_at)
    if row.state == "accepted":
        _taken_in(trip, refused, rng, now)


def _taken_in(trip: Trip, refused: bool, rng: random.Random, now: datetime) -> None:
    row = trip.row
    assert row.received_at is not None
    if refused:
        row.state, row.received_kg, row.refused_kg = "refused", Decimal(0), row.shipped_kg
        trip.steps[-1] = ("refuse", "receiver", row.received_at)
        return
    off = rng.gauss(0, 0.006) if rng.random() > 0.03 else rng.choice((-1, 1)) * rng.uniform(0.035, 0.09)
    row.received_kg, row.refused_kg = (row.shipped_kg * Decimal(1 + off)).quantize(GRAM), Decimal(0)
    row.held_kg = row.received_kg
    age = (now - row.received_at).days
    if age > rng.randint(5, 30):
        row.treated_kg, row.held_kg, row.method, row.state = row.received_kg, Decimal(0), rng.choice(("R", "D10", "D9")), "treated"
    if row.state == "treated" and age > 40:
        row.state, row.closed_at = "closed", row.received_at + timedelta(days=35)


def _values(row: Manifest) -> Row:
    return {one.attname: getattr(row, one.attname) for one in Manifest._meta.concrete_fields if one.attname in _KEPT}


_KEPT = {one.attname for one in Manifest._meta.concrete_fields} - {"id", "version", "created_at", "updated_at", "import_id"}


def _furnish(trips: list[Trip], batches: list[StorageLot], now: datetime) -> None:
    insert_sample(Load, (load for trip in trips for load in loads(trip)))
    ids = defaultdict[int, list[Load]](list)
    for one in Load.objects.order_by("pk"):
        ids[one.manifest_id].append(one)
    links = [link for trip in trips for link in signatures(trip, ids[trip.row.pk])]
    insert_sample(Signature,
        ({one.attname: getattr(link, one.attname) for one in Signature._meta.concrete_fields if one.attname not in SKIPPED}
                              for link in links), document=paper_of)  # fmt: skip
    insert_sample(Movement, (*(produced(lot) for lot in batches), *(one for trip in trips for one in movements(trip))))
    insert_sample(Alert, (one for trip in trips for one in alerts(trip, now)))
    gone = [lot for trip in trips for lot in trip.lots]
    for lot in gone:
        lot.left_kg = 0
    amend_sample(gone, ["left_kg"])
    seals = {link.manifest_id: link.seal for link in links}
    sealed = [trip.row for trip in trips if trip.row.pk in seals]
    for row in sealed:
        row.last_seal = seals[row.pk]
    amend_sample(sealed, ["last_seal"])


SKIPPED = {"id", "version", "created_at", "updated_at", "import_id"}


def loads(trip: Trip) -> Iterator[Row]:
    """What the manifest carries."""
    for lot in trip.lots:
        yield {"manifest_id": trip.row.pk, "lot": lot, "kg": lot.kg, "parties": trip.row.parties}


def signatures(trip: Trip, there: list[Load]) -> Iterator[Signature]:
    """A sound chain, as the platform would have made it step by step."""
    row, names, previous = trip.row, set[str](), ""
    for seq, (step, role, moment) in enumerate(trip.steps, 1):
        names |= set(COVERS[step])
        firm = {"producer": row.producer, "carrier": row.carrier, "receiver": row.receiver}[role]
        content = _document(row, names, there)
        made = linked(
            row, Signing(step, role, firm, moment, firm.contact, "account" if firm.office else "office", content), seq, previous, moment
        )
        previous = made.seal
        made.extract = extract_of(row, made, f"{row.pk:024d}{seq:08d}")  # invented: nothing is to be hidden
        yield made


def _document(row: Manifest, names: set[str], there: list[Load]) -> Document:
    held = [{"lot": one.lot_id, "parent": None, "kg": f"{one.kg:.3f}"} for one in there]
    return {"loads": held, **{name: said_of(row, name) for name in sorted(names)}}


def produced(lot: StorageLot) -> Row:
    """The batch came into storage."""
    return {"source": "outside", "target": "store", "kg": lot.kg, "code": lot.code, "firm": lot.firm, "lot": lot, "at": lot.produced_at,
            "office": lot.office}  # fmt: skip


def movements(trip: Trip) -> Iterator[Row]:
    """Where its mass went so far."""
    row = trip.row
    one: Row = {"manifest_id": row.pk, "code": row.code}
    if row.picked_at is None:
        return
    for lot in trip.lots:
        yield {**one, "source": "store", "target": "road", "kg": lot.kg, "firm": row.producer, "lot": lot, "at": row.picked_at,
               "office": row.producer.office}  # fmt: skip
    if row.received_at is None or not row.received_kg:
        return
    office = row.receiver.office if row.receiver else ""
    yield {**one, "source": "road", "target": "store", "kg": row.received_kg, "firm": row.receiver, "at": row.received_at,
           "office": office}  # fmt: skip
    if gap := row.shipped_kg - row.received_kg:
        source, target = ("road", "gap") if gap > 0 else ("gap", "road")
        yield {**one, "source": source, "target": target, "kg": abs(gap), "at": row.received_at}
    if row.treated_kg:
        at = row.received_at + timedelta(days=4)
        yield {**one, "source": "store", "target": "done", "kg": row.treated_kg, "firm": row.receiver, "at": at,
               "office": office}  # fmt: skip


def alerts(trip: Trip, now: datetime) -> Iterator[Row]:
    """What the checks would have found."""
    row = trip.row
    about: Row = {"firm": row.producer, "manifest_id": row.pk, "parties": row.parties, "place": row.place, "at": row.received_at or now}
    limit = tolerance_pct(row.stream, now.date())
    if row.received_kg and row.shipped_kg and limit is not None:
        share = abs(row.shipped_kg - row.received_kg) / row.shipped_kg * 100
        if share > limit:
            said = FAR_APART.filled(out=kilos(row.shipped_kg), came=kilos(row.received_kg), pct=f"{share:.1f}", limit=kilos(limit))
            yield {**about, "kind": "weight", "said": said.zh, "said_en": said.en}
    if row.confirm_due and row.received_at and row.received_at > row.confirm_due:
        yield {
            **about,
            "kind": "late",
            "said": f"应于 {row.confirm_due:%Y-%m-%d} 前确认",
            "said_en": f"Due to be confirmed by {row.confirm_due:%Y-%m-%d}",
        }
