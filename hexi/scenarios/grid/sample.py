"""Invented people and work of the grid for the reference district, the same for the same seed. Grids are the place register's own."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hexi.kit import Level, NewCase, Progress, insert_many, insert_sample, names, open_case, places_of, platform_change, t, tuned_context
from hexi.scenarios.grid import words
from hexi.scenarios.grid.budget import AskGrids, decided
from hexi.scenarios.grid.deeds import CODE_LENGTH, LETTERS
from hexi.scenarios.grid.duty import answerable_for
from hexi.scenarios.grid.models import (
    CareCall,
    CheckIn,
    DataRequest,
    DutyGrid,
    DutySlot,
    GridMember,
    Need,
    PartyOrgan,
    PartyUnit,
    Pledge,
    ServiceDeed,
)
from hexi.scenarios.grid.today import day_of
from hexi.scenarios.grid.visits import gaps, needed

SEED, SAMPLE, GENERATED = 20251031, "sample", "generated sample"
ZONE = ZoneInfo("Asia/Shanghai")
REQUESTS = (
    ("civil_affairs", "独居老人情况摸底", "Survey of old people living alone", "出生日期\n是否独居\n手机号码", 1500, 6, "《示例办法》第八条（虚构，仅演示）"),
    ("emergency", "楼道电动车充电隐患排摸", "Survey of e-bikes charged in stairways", "楼道停放电动车数\n家庭住址", 1200, 2, "《示例条例》第三条（虚构，仅演示）"),
    ("housing_construction", "老旧管网入户普查", "Census of old pipes, door to door", "管线材质\n漏损情况", 1500, 12, "《示例规定》第五条（虚构，仅演示）"),
    ("sports", "居民健身意愿调查", "Survey of residents' wishes for exercise", "健身频次\n年龄", 600, 3, "《示例规划》第二章（虚构，仅演示）"),
)
MATTERS = (
    ("楼道感应灯不亮", "the stairway's sensor light is out"),
    ("咨询高龄津贴申领", "asks how to apply for the old-age allowance"),
    ("楼上漏水请求调解", "water from the flat above: asks for mediation"),
    ("垃圾桶点位调整", "asks to move a waste bin"),
)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张"
DISTRICT, DESK_COMMUNITY = "120103", "120103008001"  # the desk is where the demonstration's community worker sits
NEEDS = (
    ("care", "陪伴独居老人就医", "go to the doctor with an old person living alone"),
    ("repair", "更换楼道声控灯", "replace the stairway's sound-switched light"),
    ("advice", "讲解赡养协议", "explain a support agreement"),
    ("children", "暑期作业辅导", "help with summer homework"),
    ("culture", "教社区合唱队识谱", "teach the community choir to read music"),
    ("order", "清理楼道杂物", "clear the stairway"),
    ("repair", "加装浴室扶手", "fit grab rails in a bathroom"),
    ("care", "送餐上门", "bring meals to the door"),
)
UNITS = (
    ("office", "示例·区某机关党支部"),
    ("school", "示例·某中学党支部"),
    ("institution", "示例·某医院党支部"),
    ("company", "示例·某企业党支部"),
)
Rows = Iterator[dict[str, Any]]


def load(progress: Progress) -> None:
    """Grids with members, a rota, visits, the chain, and 双报到; nothing where there are rows already."""
    rng, now = random.Random(SEED), datetime.now(ZONE)  # noqa: S311  a sample, no secret
    grids = [(place.code, label.zh) for place, label in _named(Level.GRID)]
    insert_sample(DutyGrid, duty_grids(grids, now, rng))
    numbers = dict(DutyGrid.objects.values_list("place", "pk"))
    insert_sample(GridMember, members(numbers, rng))
    communities = [(place.code, label.zh) for place, label in _named(Level.COMMUNITY)]
    insert_sample(DutySlot, slots(communities, now, rng))
    calls = insert_sample(CareCall, care_calls(day_of(tuned_context()), rng))
    _chain(communities, grids, rng)
    _pledges(communities, now.date(), rng)
    _work(now)
    progress(
        t(
            f"{len(grids):,} 个责任网格，{calls:,} 户按需走访（人员均为虚构）",
            f"{len(grids):,} grids, {calls:,} households to visit (people invented)",
        )
    )


def _named(level: Level) -> list[Any]:
    places = places_of(level)
    called = names(place.code for place in places)
    return [(place, called[place.code]) for place in places]


def _person(rng: random.Random) -> str:
    return f"示例·{rng.choice(SURNAMES)}某"


def _phone(rng: random.Random) -> str:
    return f"000-{rng.randint(0, 9999):04d}-{rng.randint(0, 9999):04d}"


def duty_grids(grids: Iterable[tuple[str, str]], now: datetime, rng: random.Random) -> Rows:
    """A row for each grid of the place register."""
    for code, name in grids:
        yield {
            "name": name,
            "place": code,
            "bounds": f"{name}界线以内（见地图）",
            "supervision_phone": _phone(rng),
            "invented": True,
            "last_patrol": None if rng.random() < 0.02 else now - timedelta(hours=rng.expovariate(1 / 50)),
        }


def members(numbers: dict[str, int], rng: random.Random) -> Rows:
    """One full-time member for each grid."""
    for code, number in sorted(numbers.items()):
        name = "示例·吴网格" if code == "12010300800106" else _person(rng)
        yield {"grid_id": number, "place": code, "name": name, "duty": "worker", "contact": _phone(rng), "invented": True}


def slots(communities: Iterable[tuple[str, str]], now: datetime, rng: random.Random) -> Rows:
    """A week of shifts for each community; today's desk of the demonstration's community worker is taken."""
    for code, _ in communities:
        own = code == DESK_COMMUNITY
        for number in range(7):
            for shift, _label in words.SHIFTS[:2]:
                first = own and not number and shift == "morning"
                yield {
                    "place": code,
                    "day": now.date() + timedelta(days=number),
                    "shift": shift,
                    "name": "示例·周社区" if own and shift == "morning" else _person(rng),
                    "username": "community" if own and shift == "morning" else "",
                    "taken_at": now - timedelta(hours=1) if first else None,
                }


def care_calls(today: date, rng: random.Random) -> Rows:
    """Everybody for whom a reason holds, last met at some day of the reason's gap or a little before it."""
    context, every = tuned_context(), gaps()
    for number, (reason, home) in sorted(needed(context).items()):
        gap: timedelta = context.value(every[reason])
        last = today - timedelta(days=rng.randint(0, gap.days + 1))
        yield {"resident": number, "place": home, "reason": reason, "last_visit": last, "due_on": last + gap, "active": True}


def _chain(communities: list[tuple[str, str]], grids: list[tuple[str, str]], rng: random.Random) -> None:
    if insert_sample(PartyOrgan, (_organ(code, f"{name}党委", "committee", None, rng) for code, name in communities)) == 0:
        return
    above = dict(PartyOrgan.objects.filter(kind="committee").values_list("place", "pk"))
    branches = [PartyOrgan(**_organ(code, f"{name}党支部", "branch", above[code[:12]], rng)) for code, name in grids if code[:12] in above]
    insert_many(branches, SAMPLE, GENERATED)
    own = PartyOrgan.objects.filter(kind="branch", place__startswith=DESK_COMMUNITY)
    for branch in own:
        group = PartyOrgan(**_organ(branch.place, f"{branch.name}一组", "group", branch.pk, rng))
        insert_many([group], SAMPLE, GENERATED)
        insert_many([PartyOrgan(**_organ(branch.place, f"{branch.name}一组中心户", "anchor", group.pk, rng))], SAMPLE, GENERATED)


def _organ(code: str, name: str, kind: str, parent: int | None, rng: random.Random) -> dict[str, Any]:
    few = {"committee": 0, "branch": 30, "group": 8, "anchor": 2}[kind]
    return {
        "name": name,
        "kind": kind,
        "parent_id": parent,
        "place": code,
        "head": _person(rng),
        "members": rng.randint(few // 2, few),
        "invented": True,
    }


def _pledges(communities: list[tuple[str, str]], today: date, rng: random.Random) -> None:
    rows = (
        {
            "name": f"{name}（{index + 1}）",
            "kind": kind,
            "place": code,
            "members": rng.randint(5, 40),
            "contact": _person(rng),
            "invented": True,
        }
        for index, (code, _) in enumerate(communities)
        for kind, name in rng.sample(UNITS, 2)
    )
    if insert_sample(PartyUnit, rows) == 0:
        return
    units: dict[str, list[PartyUnit]] = {}
    for unit in PartyUnit.objects.order_by("pk"):
        units.setdefault(unit.place, []).append(unit)
    insert_sample(
        CheckIn,
        (
            {"unit": unit, "place": unit.place, "on": today - timedelta(days=90), "people": unit.members}
            for found in units.values()
            for unit in found
        ),
    )
    insert_sample(Need, (_need(code, today, rng) for code, _ in communities for _ in range(3)))
    taken = [(need, rng.choice(units[need.place])) for need in Need.objects.exclude(state="open").order_by("pk")]
    insert_sample(Pledge, (_pledge(need, unit, today, rng) for need, unit in taken))
    insert_sample(
        ServiceDeed,
        (
            _deed(pledge, today, rng)
            for pledge in Pledge.objects.filter(state__in=("served", "confirmed")).select_related("need").order_by("pk")
        ),
    )


def _need(code: str, today: date, rng: random.Random) -> dict[str, Any]:
    kind, title, english = rng.choice(NEEDS)
    code_word = "".join(rng.choice(LETTERS) for _ in range(CODE_LENGTH))
    state = rng.choices(("open", "pledged", "met"), (35, 40, 25))[0]
    return {
        "title": title,
        "title_en": english,
        "kind": kind,
        "place": code,
        "wanted_by": today + timedelta(days=rng.randint(3, 40)),
        "state": state,
        "code": code_word,
        "posted_by": _person(rng),
        "invented": True,
    }


def _pledge(need: Need, unit: PartyUnit, today: date, rng: random.Random) -> dict[str, Any]:
    state = "confirmed" if need.state == "met" else rng.choice(("pledged", "pledged", "served"))
    return {
        "need": need,
        "unit": unit,
        "place": need.place,
        "on": today - timedelta(days=rng.randint(3, 60)),
        "due_on": need.wanted_by,
        "state": state,
        "by": unit.contact,
    }


def _deed(pledge: Pledge, today: date, rng: random.Random) -> dict[str, Any]:
    done = pledge.state == "confirmed"
    return {
        "pledge": pledge,
        "title": pledge.need.title,
        "title_en": pledge.need.title_en,
        "place": pledge.place,
        "on": today - timedelta(days=rng.randint(0, 3)),
        "outcome": "示例服务记录",
        "hours": rng.randint(1, 6),
        "by": pledge.by,
        "state": "confirmed" if done else "waiting",
        "way": rng.choice(("code", "call")) if done else "",
        "confirmed_at": tuned_context().now if done else None,
    }


def _work(now: datetime) -> None:
    """Requests decided as they would be for people, and matters at the demonstration's desk; nothing where there are some."""
    if DataRequest.objects.exists():
        return
    with platform_change(SAMPLE, GENERATED) as change:
        for office, title, english, wanted, answers, minutes, basis in REQUESTS:
            given = AskGrids(title=title, wanted=wanted, answers=answers, minutes_each=minutes, basis=basis, area=DISTRICT)
            change.amend(decided(change, office, given), title_en=english)
        for number, (title, english) in enumerate(MATTERS):
            new = NewCase("desk_matter", f"示例·{title}", title_en=f"Sample: {english}", place=DESK_COMMUNITY)
            case = open_case(change.viewer, new).case
            row = answerable_for(change, case)
            change.amend(row, answerable="示例·周社区", received_at=now - timedelta(hours=11 + 30 * number))
