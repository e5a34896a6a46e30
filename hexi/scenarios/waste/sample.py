"""Invented firms, batches and manifests of the last year for the reference district, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from hexi.kit import Progress, doorway_codes, insert_sample, sample_size, t
from hexi.scenarios.waste.cells import written
from hexi.scenarios.waste.models import CollectionRun, Container, Firm, Permit, StorageLot, YearPlan
from hexi.scenarios.waste.models_cells import WasteCell
from hexi.scenarios.waste.rules import catalogue, category_of, cell_criteria, storage_days
from hexi.scenarios.waste.sample_people import accounts
from hexi.scenarios.waste.sample_trips import load_trips

SEED, ZONE = 20251031, ZoneInfo("Asia/Shanghai")
RECORDS, PER_FIRM, PRODUCERS = 4_000, 8, 500
# Ours: which trade has which codes, how large a batch is, and how many firms of a hundred it makes. Shaped like an inner district.
TRADES: dict[str, tuple[int, tuple[tuple[str, str, int], ...]]] = {
    "repair": (34, (("900-214-08", "hazardous", 180), ("900-052-31", "hazardous", 60), ("900-252-12", "hazardous", 25))),
    "clinic": (24, (("841-001-01", "hazardous", 30), ("841-002-01", "hazardous", 6))),
    "laboratory": (8, (("900-047-49", "hazardous", 20),)),
    "printing": (7, (("900-019-16", "hazardous", 40), ("900-041-49", "hazardous", 15))),
    "school": (8, (("900-047-49", "hazardous", 8),)), "dry_cleaning": (5, (("900-404-06", "hazardous", 15),)),
    "manufacture": (6, (("900-249-08", "hazardous", 120), ("SW17", "general", 600))), "works": (4, (("SW70", "construction", 9000),)),
    "catering": (4, (("SW61", "kitchen", 220),)),
}  # fmt: skip
OTHER_NAMES = {"SW17": "可再生类废物", "SW70": "工程垃圾", "SW61": "厨余垃圾"}
CARRIERS, RECEIVERS = 6, 5
OWN = {"producer": "waste_firm_producer", "carrier": "waste_firm_carrier", "receiver": "waste_firm_receiver"}
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫"
Rows = Iterator[dict[str, Any]]


def load(progress: Progress) -> None:
    """Firms, permits, plans, batches, manifests and cells; nothing where there are firms already."""
    accounts()
    rng, today = random.Random(SEED), datetime.now(ZONE).date()  # noqa: S311  a sample, no secret
    records = min(RECORDS, sample_size(RECORDS))
    producers = min(PRODUCERS, max(20, records // PER_FIRM))
    if insert_sample(Firm, firms(producers, doorway_codes(), today, rng)) == 0:
        return
    known = {firm.number: firm for firm in Firm.objects.order_by("pk")}
    insert_sample(Permit, permits(list(known.values()), today, rng))
    producing = [firm for firm in known.values() if firm.produces]
    insert_sample(YearPlan, plans(producing, today.year))
    insert_sample(Container, containers(producing))
    batches = insert_sample(StorageLot, lots(producing, records, today, rng))
    trips = load_trips(rng, datetime.now(ZONE))
    insert_sample(WasteCell, cells(doorway_codes(), today, rng))
    insert_sample(CollectionRun, runs(list(known.values()), today))
    words = t("{firms} 家虚构涉废单位，{lots} 批、{trips} 份联单", "{firms} invented firms, {lots} batches, {trips} manifests")
    progress(words.filled(firms=f"{len(known):,}", lots=f"{batches:,}", trips=f"{trips:,}"))


def firms(number: int, doorways: list[str], today: date, rng: random.Random) -> Rows:
    """Producers by trade, then carriers and receivers; the first of each kind has accounts."""
    trades = list(TRADES)
    for n in range(1, number + 1):
        trade = "repair" if n == 1 else rng.choices(trades, [TRADES[one][0] for one in trades])[0]
        risk = "key" if n == 1 else rng.choices(("key", "simplified", "registered"), (6, 34, 60))[0]
        yield {**_firm(f"CF{n:04d}", trade, rng.choice(doorways), today, rng), "produces": True, "risk": risk,
               "has_warehouse": risk == "key", "office": OWN["producer"] if n == 1 else ""}  # fmt: skip
    for n in range(1, CARRIERS + 1):
        yield {
            **_firm(f"CY{n:02d}", "transport", rng.choice(doorways), today, rng),
            "carries": True,
            "office": OWN["carrier"] if n == 1 else "",
        }
    for n in range(1, RECEIVERS + 1):
        yield {**_firm(f"JS{n:02d}", "disposal", rng.choice(doorways), today, rng), "receives": True, "produces": n == 1, "risk": "key",
               "has_warehouse": True, "office": OWN["receiver"] if n == 1 else ""}  # fmt: skip


def _firm(number: str, trade: str, place: str, today: date, rng: random.Random) -> dict[str, Any]:
    from hexi.scenarios.waste.words import INDUSTRIES

    return {
        "number": number, "name": f"示例·{dict(INDUSTRIES)[trade].zh}{number}（虚构）", "industry": trade, "place": place,
        "contact": f"示例·{rng.choice(SURNAMES)}某", "phone": f"000-{rng.randint(0, 9999):04d}-{rng.randint(0, 9999):04d}",
        "since": today - timedelta(days=rng.randint(400, 2000)), "invented": True,
    }  # fmt: skip


def permits(known: list[Firm], today: date, rng: random.Random) -> Rows:
    """Carriers and receivers may do everything of their trade; one carrier's permit is about to run out."""
    every = "\n".join(sorted({code.category for code in catalogue().values()}))
    for firm in known:
        kind = "transport" if firm.carries else "operate" if firm.receives else ""
        if kind:
            left = 20 if firm.number == "CY02" else rng.randint(200, 900)
            yield {"firm": firm, "kind": kind, "number": f"示例{firm.number}", "covers": every, "valid_from": today - timedelta(days=900),
                   "valid_until": today + timedelta(days=left), "capacity_kg": 5_000_000, "office": firm.office}  # fmt: skip


def plans(producing: list[Firm], year: int) -> Rows:
    """What firms of the two upper classes plan for the year."""
    for firm in producing:
        if firm.risk == "registered":
            continue
        for code, stream, size in _codes(firm):
            if stream == "hazardous":
                yield {"firm": firm, "year": year, "code": code, "planned_kg": size * 14, "stage": "filed", "office": firm.office}


def _codes(firm: Firm) -> tuple[tuple[str, str, int], ...]:
    return TRADES[firm.industry][1] if firm.industry in TRADES else ()


def containers(producing: list[Firm]) -> Rows:
    """Two labelled drums for each firm."""
    for firm in producing:
        for n in (1, 2):
            yield {
                "label": f"HX-{firm.number}-{n:02d}",
                "firm": firm,
                "kind": "drum",
                "volume_l": 200,
                "in_use": True,
                "office": firm.office,
            }


@dataclass
class _Shape:
    """How a firm behaves over the year: how often it fills a container, and from which day on it says nothing any more."""

    gap: float
    silent_from: date


def lots(producing: list[Firm], records: int, today: date, rng: random.Random) -> Rows:
    """About two thirds of the records; one firm in eight has fallen silent."""
    firms_with_codes = [firm for firm in producing if _codes(firm)]
    each = records * 0.66 / max(1, len(firms_with_codes))
    for firm in firms_with_codes:
        quiet = today - timedelta(days=rng.randint(70, 200)) if rng.random() < 0.12 and firm.number != "CF0001" else today
        shape = _Shape(365 / (each * (3 if firm.risk == "key" else 1)), quiet)
        yield from _lots_of(firm, shape, today, rng)


def _lots_of(firm: Firm, shape: _Shape, today: date, rng: random.Random) -> Rows:
    day, n = today - timedelta(days=364 - rng.random() * shape.gap), 0
    while day < shape.silent_from:
        n += 1
        code, stream, size = rng.choice(_codes(firm))
        kg, days = Decimal(round(size * rng.uniform(0.4, 1.5) * 1000)) / 1000, storage_days(stream, day)
        known = catalogue().get(code)
        yield {
            "batch": f"{firm.number}-{n:05d}", "produced_at": datetime(day.year, day.month, day.day, rng.randint(8, 17), tzinfo=ZONE),
            "name": known.name.zh if known else OTHER_NAMES[code], "code": code, "kg": kg, "left_kg": kg,
            "category": category_of(code), "vessel": "drum", "vessels": 1,
            "facility": f"SF{rng.randint(1, 3):02d}",
            "handler": firm.contact, "destination": "委外利用处置", "firm": firm, "stream": stream,
            "form": "liquid" if code.endswith(("08", "16", "06")) else "solid", "due_on": day + timedelta(days=days) if days else None,
            "place": firm.place, "office": firm.office,
        }  # fmt: skip
        day += timedelta(days=max(1, int(rng.expovariate(1 / shape.gap))))


def runs(known: list[Firm], today: date) -> Rows:
    """Two runs that can be booked on: one by the carrier that has accounts."""
    carriers, receivers = ([firm for firm in known if getattr(firm, does)] for does in ("carries", "receives"))
    for n, covers in enumerate(("HW08\nHW49\nHW31", "HW01\nHW49")):
        carrier, on = carriers[n % len(carriers)], today + timedelta(days=2 + 3 * n)
        yield {
            "name": f"示例·拼车收集{n + 1}（虚构）", "on": on, "carrier": carrier, "receiver": receivers[0], "covers": covers, "capacity_kg": 1500,
            "booked_kg": 0, "crew": "waste_crew_1" if carrier.office else "", "stage": "open", "place": carrier.place[:9],
            "office": carrier.office,
        }  # fmt: skip


def cells(doorways: list[str], today: date, rng: random.Random) -> Rows:
    """Some cells that were named, turned down, or wait."""
    criteria = cell_criteria()
    for n in range(1, 25):
        kind = rng.choice(("community", "school", "hospital", "hotel", "office", "street"))
        found = {one["key"]: rng.randint(int(one["most"] * 0.6), one["most"]) for one in criteria["criteria"]}
        total, waits = sum(found.values()), n % 5 == 0
        yield {
            "name": f"示例·无废细胞{n:02d}（虚构）", "kind": kind, "place": rng.choice(doorways)[:12], "declared": written(found),
            "found": "" if waits else written(found),
            "points": None if waits else total, "edition": criteria["edition"]["zh"],
            "applied_on": today - timedelta(days=rng.randint(5, 300)),
            "state": "applied" if waits else "named" if total >= criteria["pass_at"] else "turned_down",
        }  # fmt: skip
