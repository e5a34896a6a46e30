"""Invented canteens, providers, shops, bookings, homes under works, care homes and hand-over sheets."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from hexi.kit import Level, district_calendar, doorway_codes, insert_sample, now_context, places_of
from hexi.scenarios.eldercare.beds import carried
from hexi.scenarios.eldercare.models import Elder
from hexi.scenarios.eldercare.models_beds import CareHome, HandOver
from hexi.scenarios.eldercare.models_retrofit import Retrofit
from hexi.scenarios.eldercare.models_services import Booking, CatalogueItem, ServicePoint
from hexi.scenarios.eldercare.rules import Share, meal_share, named_items, retrofit_items, retrofit_share, service_share
from hexi.scenarios.eldercare.sample_people import HELP_OFFICE, HOME_OFFICE, HOSPITAL_OFFICE, KITCHEN_OFFICE, SHOP_OFFICE, STREET
from hexi.scenarios.eldercare.today import whom

Rows = Iterator[dict[str, Any]]
# Ours: what is offered, and for how much; the set meal's price is what the sources tell of the city's.
OFFERS: dict[str, tuple[tuple[str, str, str, int, str], ...]] = {
    "kitchen": (("meal", "标准套餐", "set meal", 13, "eat_in"), ("meal", "标准套餐送到家", "set meal, brought", 13, "delivered")),
    "provider": (("cleaning", "居室清洁2小时", "cleaning, 2 hours", 90, "at_home"), ("bathing", "上门助浴", "bathing at home", 160, "at_home")),
    "shop": (("shop", "防滑鞋", "non-slip shoes", 79, "delivered"), ("shop", "大字药盒", "pill box, large print", 25, "delivered")),
}
NAMES = {"kitchen": "老人家食堂", "provider": "居家服务站", "shop": "银发商城商户"}
OFFICES = {0: KITCHEN_OFFICE, 2: HELP_OFFICE, 3: SHOP_OFFICE}
"""Points of the sample street whose people have accounts, by their number."""
DONE_BY = {"meal": "示例·华食堂", "cleaning": "示例·姜助浴", "bathing": "示例·姜助浴", "shop": "示例·戚商店"}
HOMES = (
    ("示例·颐养院", "institution", 120, STREET, HOME_OFFICE), ("示例·安康养老院", "institution", 80, "120103006", ""),
    ("示例·松鹤养老院", "institution", 60, "120103009", ""), ("示例·医院老年病区", "hospital", 40, "120103008", HOSPITAL_OFFICE),
)  # fmt: skip


def load_services(everybody: Sequence[Elder], day: date, rng: random.Random) -> int:
    """All of it; gives the number of bookings."""
    insert_sample(ServicePoint, points(rng))
    insert_sample(CatalogueItem, items(list(ServicePoint.objects.order_by("pk"))))
    number = insert_sample(Booking, bookings(everybody, list(CatalogueItem.objects.order_by("pk")), day, rng))
    insert_sample(Retrofit, retrofits(rng.sample(list(everybody), min(60, len(everybody))), day, rng))
    insert_sample(CareHome, homes(day, rng))
    insert_sample(HandOver, sheets(rng.sample(list(everybody), min(16, len(everybody))), list(CareHome.objects.order_by("pk")), rng))
    return number


def points(rng: random.Random) -> Rows:
    """In each street two canteens, a provider and a shop, at doorways of it."""
    doors = doorway_codes()
    for street in places_of(Level.STREET):
        own = [code for code in doors if code.startswith(street.code)] or [street.code]
        for at, kind in enumerate(("kitchen", "kitchen", "provider", "shop")):
            office = OFFICES.get(at, "") if street.code == STREET else ""
            name, phone = f"示例·{street.code[-2:]}{NAMES[kind]}{at + 1}", f"000{rng.randint(10**7, 10**8 - 1)}"
            yield {"name": name, "kind": kind, "place": rng.choice(own), "a_day": 60, "active": True,
                   "office": office, "phone": phone, "invented": True}  # fmt: skip


def items(found: Sequence[ServicePoint]) -> Rows:
    """What each of them offers."""
    for point in found:
        for kind, name, english, price, handed in OFFERS[point.kind]:
            yield {"point_id": point.pk, "kind": kind, "name": name, "name_en": english, "price": Decimal(price), "handed": handed,
                   "active": True, "place": point.place, "office": point.office}  # fmt: skip


def bookings(everybody: Sequence[Elder], offered: Sequence[CatalogueItem], day: date, rng: random.Random) -> Rows:
    """About one for two elders, from a month ago until the day after tomorrow; each day of an elder once."""
    zone, seen = district_calendar().local(now_context().now).tzinfo, set[tuple[int, date]]()
    by_street: dict[str, list[CatalogueItem]] = {}
    for item in offered:
        by_street.setdefault(item.place[:9], []).append(item)
    for _ in range(len(everybody)):
        elder, on = rng.choice(everybody), day + timedelta(days=rng.randint(-29, 2))
        choice = by_street.get(elder.home[:9], [])
        if not choice or (elder.pk, on) in seen:
            continue
        seen.add((elder.pk, on))
        item = rng.choice(choice)
        state = "booked" if on >= day else rng.choices(("settled", "confirmed", "done", "disputed", "cancelled"), (60, 22, 12, 2, 4))[0]
        share = _share(elder, item, on)
        done = state in {"settled", "confirmed", "done", "disputed"}
        yield {
            "elder_id": elder.pk, "item_id": item.pk, "kind": item.kind, "on": on, "number": 1, "price": share.price,
            "subsidy": share.subsidy, "own": share.own, "why": share.why.as_dict(), "state": state,
            "due_at": datetime.combine(on, time(18), zone), "called": elder.name,
            "phone": elder.phone, "by": "示例·孔管家", "taken_by": DONE_BY[item.kind] if done else "",
            "done_at": datetime.combine(on, time(12), zone) if done else None,
            "witnessed": done and rng.random() < 0.6,
            "verdict": {"settled": "done", "confirmed": "done", "disputed": "not_done"}.get(state, ""),
            "place": elder.home, "office": item.office,
        }  # fmt: skip


def _share(elder: Elder, item: CatalogueItem, on: date) -> Share:
    price = item.price or Decimal(0)
    if item.kind == "meal":
        return meal_share(whom(elder, on), price, on, had_today=0, had_this_week=0)
    return service_share(item.kind, whom(elder, on), price, on, had_this_month=0)


def retrofits(found: Sequence[Elder], day: date, rng: random.Random) -> Rows:
    """Homes at every stage."""
    order = ("applied", "assessed", "planned", "designed", "works", "built", "accepted", "paid")
    for elder in found:
        at = rng.choices(range(len(order)), (8, 6, 4, 4, 8, 4, 8, 20))[0]
        row: dict[str, Any] = {"elder_id": elder.pk, "state": order[at], "applied_on": day - timedelta(days=20 + 13 * at)}
        row["place"] = elder.home
        row |= {"assessor": "示例·曹中心"} if at >= 1 else {}
        row |= _planned(elder, day, rng) if at >= 2 else {}
        row |= {"agreed_by": rng.choice(("elder", "family")), "agreed_on": row["applied_on"] + timedelta(days=9)} if at >= 3 else {}
        row |= {"builder": "示例·适老工程（虚构）"} if at >= 4 else {}
        row |= {"built_on": day - timedelta(days=8)} if at >= 5 else {}
        row |= {"acceptor": "示例·严养老", "accepted_on": day - timedelta(days=5)} if at >= 6 else {}
        yield row | ({"paid_on": day - timedelta(days=2)} if at >= 7 else {})


def _planned(elder: Elder, day: date, rng: random.Random) -> dict[str, Any]:
    known = retrofit_items()
    keys = rng.sample(sorted(known), rng.randint(2, 5))
    cost = sum((Decimal(known[key]["yuan"]) for key in keys), Decimal(0))
    share = retrofit_share(cost, whom(elder, day), day, last_paid=None)
    return {"items": named_items(keys), "cost": cost, "subsidy": share.subsidy, "own": share.own, "why": share.why.as_dict()}


def homes(day: date, rng: random.Random) -> Rows:
    """A few homes and a hospital ward."""
    doors = doorway_codes()
    for name, kind, beds, street, office in HOMES:
        own = [code for code in doors if code.startswith(street)] or [street]
        yield {"name": name, "kind": kind, "place": rng.choice(own), "beds": beds, "taken": int(beds * rng.uniform(0.7, 0.95)),
               "counted_on": day,
               "office": office, "phone": f"000-{rng.randint(10**6, 10**7 - 1)}", "invented": True}  # fmt: skip


def sheets(found: Sequence[Elder], known: Sequence[CareHome], rng: random.Random) -> Rows:
    """From home to a care home or the ward, at every stage."""
    now = now_context().now
    for elder in found:
        home, state = rng.choice(known), rng.choice(("written", "handed", "received", "received"))
        given = {"given_by": "示例·孔管家", "given_at": now - timedelta(days=2)} if state != "written" else {}
        received = {"received_by": "示例·金院长", "received_at": now - timedelta(days=1)} if state == "received" else {}
        yield {
            "elder_id": elder.pk, **carried(elder), "from_bed": "home", "to_bed": home.kind, "to_home_id": home.pk,
            "reason": "示例：家人出差，短期托养",
            "state_of_health": "示例：平稳", "risks": "示例：夜间如厕易跌倒", "state": state, "offices": f";{home.office};" if home.office else "",
            "place": elder.home, **given, **received,
        }  # fmt: skip
