"""Invented elders, carers, services and beds for the reference district, the same for the same seed; shares are ours, no statistic."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from hexi.kit import (
    Level,
    Progress,
    district_calendar,
    doorway_codes,
    insert_sample,
    now_context,
    places_of,
    registers,
    rows_where,
    sample_size,
    t,
    tuned_context,
)
from hexi.scenarios.eldercare import words
from hexi.scenarios.eldercare.budget import ALWAYS, NEVER
from hexi.scenarios.eldercare.models import Consent, Contact, Elder, QuietZone
from hexi.scenarios.eldercare.models_care import Carer, CareVisit, Training
from hexi.scenarios.eldercare.rules import Whom, interval_of, level_of, need_of, training_hours
from hexi.scenarios.eldercare.sample_calls import load_calls
from hexi.scenarios.eldercare.sample_people import STREET, accounts
from hexi.scenarios.eldercare.sample_services import load_services
from hexi.scenarios.eldercare.today import age_on, today

SEED, ELDERS, ONE_OF = 20251031, 1_200, 12
EQUIPPED = 0.3
"""The first of the elders have the sample devices in their homes."""
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张"
COURSES = ("移乘与防跌倒", "压疮预防", "助浴与失禁照护", "认知障碍沟通", "急救与噎食处理")
Rows = Iterator[dict[str, Any]]


def load(progress: Progress) -> None:
    """Files, carers, visits, signs, services; nothing where there are elders already."""
    accounts()
    rng, day, now = random.Random(SEED), today(), now_context().now  # noqa: S311  a sample, no secret
    number = min(ELDERS, max(20, sample_size(20_000) // ONE_OF))
    insert_sample(Carer, carers([place.code for place in places_of(Level.STREET)], day, rng))
    stewards = {one.place: one.pk for one in Carer.objects.filter(kind="steward").order_by("-pk")}
    if not insert_sample(Elder, elders(people(number, rng), stewards, day, rng)):
        return
    everybody = list(Elder.objects.order_by("pk"))
    insert_sample(Training, trainings(list(Carer.objects.order_by("pk")), day, rng))
    insert_sample(Contact, contacts(everybody, rng))
    insert_sample(Consent, consents(everybody, now, rng))
    insert_sample(QuietZone, zones(everybody, now, rng))
    visits = insert_sample(CareVisit, care_visits(everybody, day, rng))
    rescues = load_calls(everybody, now, rng)
    bookings = load_services(everybody, day, rng)
    said = t("{n} 名虚构老人，{visits} 次探访，{rescues} 次模拟救助，{bookings} 次服务",
             "{n} invented elders, {visits} visits, {rescues} simulated rescues, {bookings} services")  # fmt: skip
    progress(said.filled(n=f"{len(everybody):,}", visits=f"{visits:,}", rescues=str(rescues), bookings=f"{bookings:,}"))


def people(number: int, rng: random.Random) -> Rows:
    """So many old people: out of the register of residents where there is one, else invented at doorways."""
    known = registers().get(words.RESIDENTS)
    found: list[Any] = []
    if known is not None:
        born: Any = known.column("born_on")
        found = list(rows_where(known.model, born.aged(65), tuned_context()).order_by("pk")[: number * 3])
        rng.shuffle(found)
    for one in found[:number]:
        yield {"name": one.name, "sex": one.sex, "born_on": one.born_on, "phone": one.phone, "home": one.home, "resident": one.pk,
               "alone": one.lives_alone}  # fmt: skip
    doors, born_from = doorway_codes(), today()
    for index in range(number - len(found[:number]) if doors else 0):
        born_on = born_from - timedelta(days=rng.randint(65 * 366, 95 * 365))
        yield {"name": f"示例·{rng.choice(SURNAMES)}{index + 1:05d}", "sex": rng.choice(("female", "male")), "born_on": born_on,
               "phone": f"000{index + 1:08d}", "home": rng.choice(doors), "resident": None, "alone": rng.random() < 0.3}  # fmt: skip


def elders(found: Rows, stewards: dict[str, int], day: date, rng: random.Random) -> Rows:
    """Files: most were assessed, most were visited in time."""
    for one in found:
        alone = one.pop("alone")
        lives = "alone" if alone else rng.choices(("couple", "family", "institution"), (55, 40, 5))[0]
        score = _score(rng)
        ability = level_of(score, day) if score is not None else "unknown"
        draft = Elder(**one, lives=lives, ability=ability)
        need, every = need_of(Whom(age_on(draft, day), ability, lives), day)
        met = day - timedelta(days=rng.randint(0, int(every.days * rng.choices((1.0, 1.5), (88, 12))[0]))) if every else None
        yield {
            **one, "lives": lives, "ability": ability, "ability_score": score,
            "assessed_on": day - timedelta(days=rng.randint(1, 600)) if score is not None else None,
            "hardship": rng.choices([key for key, _ in words.HARDSHIPS], (82, 7, 4, 3, 4))[0], "steward_id": stewards.get(one["home"][:9]),
            "need": need, "last_met": met, "visit_due": met + every if met and every else None, "state": "served",
            **_budget(rng),
            "since": day - timedelta(days=rng.randint(30, 900)), "code": f"S{rng.getrandbits(70):018X}"[:18], "invented": True,
        }  # fmt: skip


def _budget(rng: random.Random) -> dict[str, Any]:
    """Some chose one of the two budgets whose score needs no counting."""
    return rng.choices(({}, {"budget": "only_button", "call_from": NEVER}, {"budget": "every", "call_from": ALWAYS}), (75, 15, 10))[0]


def _score(rng: random.Random) -> int | None:
    """Points of an assessment; one in eight was not assessed yet."""
    low, high = rng.choices(((90, 90), (66, 89), (46, 65), (30, 45), (0, 29), (-1, -1)), (40, 25, 12, 6, 4, 13))[0]
    return rng.randint(low, high) if low >= 0 else None


def carers(streets: Sequence[str], day: date, rng: random.Random) -> Rows:
    """Two or three stewards, some workers and family carers for each street; the demonstration's own steward first."""
    for street in streets:
        for kind, many in (("steward", rng.randint(2, 3)), ("worker", rng.randint(2, 4)), ("family", rng.randint(5, 9))):
            need = training_hours(kind, day) or Decimal(1)
            for at in range(many):
                enough = rng.random() < 0.8
                hours = need + rng.randint(0, 6) if enough else Decimal(rng.randint(0, int(need) - 1))
                name = "示例·孔管家" if street == STREET and kind == "steward" and at == many - 1 else f"示例·{rng.choice(SURNAMES)}某"
                yield {"name": name, "kind": kind, "place": street, "phone": f"000{rng.randint(10**7, 10**8 - 1)}",
                       "hours": hours, "trained_on": day - timedelta(days=rng.randint(10, 300)) if enough else None,
                       "invented": True}  # fmt: skip


def trainings(found: Sequence[Carer], day: date, rng: random.Random) -> Rows:
    """The course that their hours come from."""
    for one in found:
        if one.hours:
            yield {"carer_id": one.pk, "course": rng.choice(COURSES), "on": one.trained_on or day - timedelta(days=40), "hours": one.hours,
                   "passed": True, "place": one.place}  # fmt: skip


def contacts(everybody: Sequence[Elder], rng: random.Random) -> Rows:
    """One of the family for most, two for some; what they see is the elder's choice."""
    for one in everybody:
        for turn in range(1, rng.choices((1, 2, 3), (1, 6, 3))[0]):
            yield {"elder_id": one.pk, "name": f"示例·{rng.choice(SURNAMES)}某", "relation": rng.choice([key for key, _ in words.RELATIONS]),
                   "phone": f"000{rng.randint(10**7, 10**8 - 1)}", "turn": turn, "sees_care": rng.random() < 0.8, "sees_calls": True,
                   "sees_looks": rng.random() < 0.3, "code": f"F{rng.getrandbits(70):018X}"[:18], "place": one.home}  # fmt: skip


def consents(everybody: Sequence[Elder], now: datetime, rng: random.Random) -> Rows:
    """Some agree to a radar or a mat for rescue; some took it back. In homes with sample devices nearly all do: they had them put up."""
    for turn, one in enumerate(everybody):
        for device, likely in (("radar", 0.3), ("mattress", 0.12), ("wristband", 0.1), ("door", 0.0)):
            if rng.random() < (0.95 if turn < len(everybody) * EQUIPPED else likely):
                at = now - timedelta(days=rng.randint(10, 300))
                yield _word(one, device, True, at)
                if rng.random() < 0.1:
                    yield _word(one, device, False, at + timedelta(days=rng.randint(1, 9)))


def _word(one: Elder, device: str, agreed: bool, at: datetime) -> dict[str, Any]:
    told = {"device": device, "purpose": "rescue", "agreed": agreed, "way": "desk", "at": at, "by": "示例·孔管家"}
    return {"elder_id": one.pk, "place": one.home, **told}


def zones(everybody: Sequence[Elder], now: datetime, rng: random.Random) -> Rows:
    """Some keep the bathroom or the nights free."""
    for one in everybody:
        if rng.random() < 0.08:
            room, start, end = rng.choice((("bathroom", 0, 24), ("bedroom", 22, 6), ("home", 13, 14)))
            told = {"room": room, "from_hour": start, "to_hour": end, "at": now - timedelta(days=60), "way": "desk"}
            yield {"elder_id": one.pk, "place": one.home, **told}


def care_visits(everybody: Sequence[Elder], day: date, rng: random.Random) -> Rows:
    """The last visits of each, back to two months ago."""
    zone = district_calendar().local(now_context().now).tzinfo
    for one in everybody:
        every, at = interval_of(one.need, day), one.last_met
        while every and at and at > day - timedelta(days=60):
            met = rng.choices(("met", "absent", "declined"), (93, 5, 2))[0] if at != one.last_met else "met"
            moment = datetime.combine(at, time(rng.randint(9, 17), rng.randint(0, 59)), zone)
            by = "示例·孔管家" if one.home.startswith(STREET) else "示例·管家"
            weights = (0, 45, 0, 55) if met == "absent" else (55, 20, 5, 20)  # nobody behind the door tells the word of the day
            yield {"elder_id": one.pk, "at": min(moment, now_context().now), "by": by, "met": met,
                   "evidence": rng.choices([key for key, _ in words.EVIDENCE], weights)[0], "consent": False, "due_on": at,
                   "place": one.home}  # fmt: skip
            at -= every
