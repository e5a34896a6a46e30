"""The tree of appeals, the hotline's people, and a way to call; the cases room's scene is the scene of these tests too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hexi.core.trust.models import Organisation
from hexi.kit import Case, NewCase, Reporter, load_tree, open_case
from hexi.modules.cases.tests.conftest import (  # noqa: F401  fixtures are found by name
    COMMUNITY,
    DISTRICT,
    Person,
    do,
    lead_task,
    offices,
    own_files,
    own_names,
    own_rules,
    person,
    places,
)
from hexi.scenarios.hotline.life import DATA


@pytest.fixture
def tree(places: Any, offices: Any) -> None:  # noqa: F811
    for key in ("city_management", "property_centre", "market_supervision"):
        Organisation.objects.create(key=key, name_zh=key, name_en=key)
    load_tree(DATA / "tree.yaml", "hotline")


@pytest.fixture
def operator(person: Callable[..., Person]) -> Person:  # noqa: F811
    return person(("hotline_operator", DISTRICT))


@pytest.fixture
def dispatcher(person: Callable[..., Person]) -> Person:  # noqa: F811
    return person(("case_dispatcher", DISTRICT))


@pytest.fixture
def caller(person: Callable[..., Person]) -> Person:  # noqa: F811
    return person(("hotline_caller", DISTRICT))


@pytest.fixture
def unit(person: Callable[..., Person]) -> Person:  # noqa: F811
    return person(("department_staff", DISTRICT, "property_centre"))


@pytest.fixture
def call(tree: None, operator: Person) -> Callable[..., Case]:
    def make(**values: Any) -> Case:
        phone = values.pop("phone", "00000000001")
        fresh = {"title": "物业不作为", "category": "appeal.housing.property", "place": COMMUNITY, "source": "hotline", **values}
        return open_case(operator.viewer, NewCase("hotline", reporter=Reporter("示例·来电人", phone), **fresh)).case

    return make


@pytest.fixture
def sent(call: Callable[..., Case], operator: Person, dispatcher: Person) -> Callable[..., Case]:
    """An order that has reached its office."""

    def make(**values: Any) -> Case:
        case = call(**values)
        ok(do(operator, case, "take"))
        ok(do(dispatcher, case, "send_out", lead="property_centre"))
        return case

    return make


def ok(answer: Any) -> Any:
    assert answer.status_code in {200, 201}, answer.content.decode()
    return answer.json()
