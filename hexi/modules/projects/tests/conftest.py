"""A small programme and the people who work on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from hexi.core.trust.api import PUBLIC, PostRecord, Viewer
from hexi.modules.projects.load import load_programme
from hexi.modules.projects.models import Programme, Target, Task

UNITS = {"lamp": {"zh": "盏", "en": "lamps"}, "garden": {"zh": "处", "en": "gardens"}}
LEADS = {"city_management": "city_management", "sports": "sports"}


def both(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def state(status: str, statement: str, sentence: str, **more: Any) -> dict[str, Any]:
    return {"status": status, "basis": "named", "source": "S0", "statement": statement, "source_sentence": sentence, **more}


def target(key: str, quantity: float | None, unit: str | None, comparator: str = "exactly") -> dict[str, Any]:
    return {
        "key": key,
        "label": both(f"指标{key}", f"target {key}"),
        "quantity": quantity,
        "unit": unit,
        "printed": None,
        "comparator": comparator,
    }


LAMPS = {
    "code": "L-1",
    "title": both("太阳能路灯", "Solar lamps"),
    "category": "service",
    "lifecycle": "works",
    "lead": "city_management",
    "source": "S2",
    "source_sentence": "新建150盏太阳能路灯。",
    "targets": [target("lamps", 150, "lamp")],
    "marks": [],
    "places": [{"name": "谊景村", "community": "120103007020"}],
    "status": state(
        "done",
        "service_done",
        "150盏太阳能路灯",
        actuals=[{"target": "lamps", "quantity": 150, "met": True, "basis": "figure", "sentence": "150盏太阳能路灯"}],
    ),
}
SPORT = {
    "code": "L-2",
    "title": both("群众健身场地", "Places for sport"),
    "category": "works",
    "lifecycle": "works",
    "lead": "sports",
    "source": "S2",
    "source_sentence": "更新20处社区健身园。",
    "targets": [target("gardens", 20, "garden"), target("park", None, None, "done")],
    "marks": [],
    "status": state(
        "under_way",
        "works_under_way",
        "已建成4个社区健身园",
        actuals=[{"target": "gardens", "quantity": 4, "met": False, "basis": "figure", "sentence": "已建成4个社区健身园"}],
        milestones=[
            {
                "key": "tender",
                "name": both("曲江公园招标", "tender for the park"),
                "stage": "tender",
                "state": "expected",
                "targets": ["park"],
                "expected": {"to": date(2025, 11, 20), "printed": "11月中上旬"},
                "sentence": "预计11月中上旬招标",
            }
        ],
    ),
}
AID = {
    "code": "L-3",
    "title": both("医药救助", "Medical aid"),
    "category": "subsidy",
    "lifecycle": "procedure",
    "lead": "sports",
    "source": "S2",
    "source_sentence": "实施医药救助,惠及约1500人。",
    "targets": [target("people", 1500, None, "about")],
    "marks": [],
    "status": state("by_procedure", "aid", "实施医药救助"),
}
CITY = {
    "code": "C-1",
    "title": both("复兴河创建", "Fuxing River"),
    "level": "city",
    "lead": "sports",
    "marks": [],
    "status": state("on_schedule", "city", "做好复兴河幸福河湖创建"),
}


def said(key: str, level: str, category: str | None, status: str, count: int, named: list[str]) -> dict[str, Any]:
    return {
        "key": key,
        "level": level,
        "category": category,
        "status": status,
        "count": count,
        "named": named,
        "counted": [],
        "unidentified": 0,
        "candidates": [],
        "sentence": f"{count}个项目（{key}）",
    }


FILE: dict[str, Any] = {
    "programme": {
        "key": "small",
        "year": 2025,
        "level": "district",
        "name": both("小区民心工程", "Small programme"),
        "source": "S2",
        "source_sentence": "定了",
        "period": {"from": date(2025, 1, 1), "to": date(2025, 12, 31)},
        "office": "livelihood_office",
        "place": "120103",
    },
    "units": UNITS,
    "mark_kinds": {},
    "groups": [{"number": 1, "heading": "一", "name": both("生活品质", "Living"), "tasks": [LAMPS, SPORT, AID]}],
    "city_tasks": [CITY],
    "reports": [
        {
            "month": "2025-10",
            "as_of": date(2025, 10, 31),
            "source": "S0",
            "statements": [
                said("service_done", "district", "service", "done", 1, ["L-1"]),
                said("works_under_way", "district", "works", "under_way", 1, ["L-2"]),
                said("aid", "district", "subsidy", "by_procedure", 1, ["L-3"]),
                said("city", "city", None, "on_schedule", 1, ["C-1"]),
            ],
        }
    ],
}


@pytest.fixture
def programme(db: None) -> Programme:
    return load_programme(FILE)


@pytest.fixture
def task(programme: Programme) -> Callable[[str], Task]:
    return lambda code: Task.objects.get(code=code)


@pytest.fixture
def gardens(programme: Programme) -> Target:
    return Target.objects.get(key="gardens")


def _viewer(account: int, name: str, role: str, organisation: str = "", place: str = "120103") -> Viewer:
    post = PostRecord(account, role, place, organisation, (organisation,) if organisation else ())
    return Viewer(account, name, (post, *PUBLIC.posts))


@pytest.fixture
def sports() -> Viewer:
    """Staff of the lead department of L-2."""
    return _viewer(11, "体育局李", "department_staff", "sports")


@pytest.fixture
def others() -> Viewer:
    """Staff of another department."""
    return _viewer(12, "城管委王", "department_staff", "city_management")


@pytest.fixture
def coordinator() -> Viewer:
    return _viewer(13, "统筹岗赵", "programme_coordinator")


@pytest.fixture
def second_coordinator() -> Viewer:
    return _viewer(14, "统筹岗钱", "programme_coordinator")


@pytest.fixture
def administrator() -> Viewer:
    return _viewer(15, "管理员", "administrator")
