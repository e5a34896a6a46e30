"""Random people and random cases: list, detail, count, facets, export and the feed of changes tell of the same rows, and nothing tells more."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable
from typing import Any

import orjson
import pytest

from hexi.core.data.api import described, tuned_context
from hexi.core.data.tests.conftest import COMMUNITY, DISTRICT, GRID, OTHER_STREET, STREET, Person
from hexi.core.trust.api import PLATFORM, allowed, give_sequence
from hexi.core.trust.models import Notice
from hexi.kernel.declare import Verb
from hexi.modules.cases.models import Case, CaseTask, Note
from hexi.modules.cases.tests.conftest import do, lead_task

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
Report = Callable[..., Case]
People = Callable[..., Person]
PLACES = ("", DISTRICT, STREET, OTHER_STREET, COMMUNITY, GRID)
OFFICES = ("housing", "civil")
ROLES = (
    "case_acceptor", "case_dispatcher", "case_checker", "department_staff", "street_staff", "community_worker", "grid_worker", "leader",
    "auditor", "administrator", "data_steward",
)  # fmt: skip
MODELS: dict[str, Any] = {"cases.case": Case, "cases.casetask": CaseTask, "cases.note": Note}
REGISTERS = {"cases.case": "phase", "cases.casetask": "state", "cases.note": "readers"}


def town(chance: random.Random, report: Report, desk: Person) -> None:
    """Cases in every place and state, in the hands of one office, of two, of none."""
    for n in range(9):
        case = report(PLATFORM, place=chance.choice(PLACES[1:]), title=f"路灯 甲{n}乙", description=f"情况 丙{n}丁", address=f"戊{n}己路")
        Case.objects.filter(pk=case.pk).update(is_public=chance.random() < 0.4)
        if chance.random() < 0.8:
            do(desk, case, "accept")
            lead, *helpers = chance.sample(OFFICES, chance.choice((1, 2)))
            do(desk, case, "send_out", lead=lead, co_offices=helpers)
            do(desk, case, "add_note", text=f"庚{n}辛")
            if chance.random() < 0.4:
                task = lead_task(case)
                who = "return_task" if chance.random() < 0.5 else "accept_task"
                do(desk.offices[task.office], task, who, why="测试")  # type: ignore[attr-defined]
    give_sequence()


def somebody(chance: random.Random, person: People) -> Person:
    """Nobody in particular, or somebody with up to three posts."""
    posts = [(role, chance.choice(PLACES), chance.choice(("", *OFFICES))) for role in chance.sample(ROLES, chance.choice((0, 1, 1, 2, 3)))]
    return person(*posts)


@pytest.fixture
def all_hands(desk: Person, person: People) -> Person:
    desk.offices = {key: person("department_staff", DISTRICT, key) for key in OFFICES}  # type: ignore[attr-defined]
    return desk


@pytest.mark.parametrize("seed", range(4))
def test_every_way_to_ask_tells_of_the_same_rows(seed: int, report: Report, all_hands: Person, person: People) -> None:
    chance = random.Random(seed)
    town(chance, report, all_hands)
    for _ in range(4):
        who = somebody(chance, person)
        for entity, counted in REGISTERS.items():
            check(who, entity, counted)


def check(who: Person, entity: str, counted: str) -> None:
    base = f"/api/records/{entity}"
    rows = listed(who, base)
    ids = {row["id"] for row in rows}
    assert len(rows) == len(ids), "nothing is listed twice"
    assert ids == {number for number in numbers_of(entity) if who.get(f"{base}/{number}").status_code == 200}
    assert who.get(f"{base}/count").json()["count"] == len(ids)
    assert faceted(who, base, counted) in {len(ids), 0 if any(counted in row.get("__masked", ()) for row in rows) else len(ids)}
    assert ids == {row.pk for row in held(who, entity, "read")}
    sheet, may_leave = exported(who, base), held(who, entity, "read", "export")
    assert len(sheet) == len(may_leave)
    if entity == "cases.case":
        assert set(sheet) == {row.number for row in may_leave}
        assert features(who, base) == {row.pk for row in may_leave}
    assert {row["id"] for row in changes(who, entity)} == {one for one in ids if one in told_of(entity)}
    tells_no_more(who, base, ids)


def listed(who: Person, base: str, **asked: Any) -> list[dict[str, Any]]:
    """Every page of the list, small ones."""
    found: list[dict[str, Any]] = []
    after = ""
    while True:
        page = who.get(base, limit=4, after=after, **asked).json()
        found += page["rows"]
        if not page["next"]:
            return found
        after = page["next"]


def held(who: Person, entity: str, *verbs: Verb) -> list[Any]:
    """The rows by the predicate's other face: in Python, one by one."""
    subject, context = described(entity).subject, tuned_context()
    return [row for row in MODELS[entity].objects.all() if all(allowed(who.viewer, verb, subject).holds(row, context) for verb in verbs)]


def numbers_of(entity: str) -> list[int]:
    return list(MODELS[entity].objects.values_list("pk", flat=True))


def faceted(who: Person, base: str, field: str) -> int:
    return sum(row["count"] for row in who.get(f"{base}/facets", field=field).json()["rows"])


def exported(who: Person, base: str) -> list[str]:
    """The first cell of every row of the sheet; nothing where it may not be taken away."""
    answer = who.get(f"{base}/export.csv", columns="number" if base.endswith(".case") else "place")
    if answer.status_code != 200:
        assert answer.status_code in {401, 403, 404}
        return []
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return [row[0] if row else "" for row in list(csv.reader(io.StringIO(text)))[1:]]


def features(who: Person, base: str) -> set[int]:
    answer = who.get(f"{base}/export.geojson", columns="number")
    return {one["id"] for one in orjson.loads(b"".join(answer.streaming_content))["features"]} if answer.status_code == 200 else set()


def told_of(entity: str) -> set[int]:
    return set(Notice.objects.filter(entity=entity).values_list("object_id", flat=True))


def changes(who: Person, entity: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    page: dict[str, Any] = {"next": 0, "more": True}
    while page["more"]:
        page = who.get("/api/changes", topics=entity, since=page["next"], limit=7).json()
        found += page["rows"]
    return found


WORDS = {"cases.case": (("title", "甲"), ("description", "丙"), ("address", "戊")), "cases.casetask": (), "cases.note": (("text", "庚"),)}


def tells_no_more(who: Person, base: str, ids: set[int]) -> None:
    """Searching and filtering by what stands in a row finds it only for whoever reads that field of that row."""
    for field, mark in WORDS[base.rsplit("/", 1)[1]]:
        for asked in ({"q": mark}, {"where": f"{field}:has:{mark}"}):
            found = listed(who, base, **asked)
            assert {row["id"] for row in found} <= ids
            assert not any(field in row.get("__masked", ()) for row in found), f"{field} is masked and was found all the same"
            assert who.get(f"{base}/count", **asked).json()["count"] == len(found)
    for number in numbers_of("cases.case"):
        found = listed(who, base, where=f"case:eq:{number}") if "case" not in base.rsplit(".", 1)[1] else []
        assert {row["id"] for row in found} <= ids
