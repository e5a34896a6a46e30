"""People, offices, rules and a way to report for the cases room's tests; the data room's people are its people too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from hexi.core.data.tests.conftest import (  # noqa: F401  fixtures are found by name
    COMMUNITY,
    DISTRICT,
    STREET,
    Person,
    do,
    offices,
    own_files,
    own_names,
    person,
    places,
)
from hexi.core.trust.api import PUBLIC, Viewer
from hexi.modules.cases import routing
from hexi.modules.cases.contracts import NewCase, Reporter
from hexi.modules.cases.intake import open_case
from hexi.modules.cases.models import Case, CaseTask, Category, Route


@pytest.fixture(autouse=True)
def own_rules() -> Iterator[None]:
    """Rules are held for some seconds, which is longer than a test."""
    routing.forget()
    yield
    routing.forget()


@pytest.fixture
def rules(places: Any, offices: Any) -> None:  # noqa: F811
    Category.objects.create(code="light", name="照明", lead="housing", is_public=True, kind="lamp")
    Category.objects.create(code="light.out", name="路灯不亮", is_public=True, kind="lamp")
    Category.objects.create(code="noise", name="噪声")
    Route.objects.create(order=10, name="噪声归民政", category="noise", office="civil")
    routing.forget()


@pytest.fixture
def report(rules: None) -> Callable[..., Case]:
    """A broken lamp reported by a resident."""

    def make(viewer: Viewer = PUBLIC, **values: Any) -> Case:
        fresh = {"title": "路灯不亮", "category": "light.out", "place": COMMUNITY, "reporter": Reporter("示例·反映人", "13800000000"), **values}
        return open_case(viewer, NewCase(fresh.pop("kind", "lamp"), **fresh)).case

    return make


@pytest.fixture
def desk(person: Callable[..., Person]) -> Person:  # noqa: F811
    """Accepts, dispatches and checks in the whole district."""
    return person(("case_acceptor", DISTRICT), ("case_dispatcher", DISTRICT), ("case_checker", DISTRICT))


def lead_task(case: Case) -> CaseTask:
    return CaseTask.objects.filter(case=case, role="lead").latest("pk")
