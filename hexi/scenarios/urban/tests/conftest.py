"""The tree of types, people of the district, and a way to report; the cases room's scene is the scene of these tests too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hexi.core.trust.api import PUBLIC, Viewer
from hexi.core.trust.models import Organisation
from hexi.kit import Case, NewCase, load_tree, open_case
from hexi.modules.cases.tests.conftest import (  # noqa: F401  fixtures are found by name
    COMMUNITY,
    DISTRICT,
    Person,
    offices,
    own_files,
    own_names,
    own_rules,
    person,
    places,
)
from hexi.scenarios.urban.life import DATA

OFFICES = ("city_management", "street_office_test")


@pytest.fixture
def tree(places: Any, offices: Any) -> None:  # noqa: F811
    for key in OFFICES:
        Organisation.objects.create(key=key, name_zh=key, name_en=key)
    Organisation.objects.filter(key="street_office_test").update(place="120103001", kind="street_office")
    load_tree(DATA / "types.yaml", "urban")


@pytest.fixture
def report(tree: None) -> Callable[..., Case]:
    def make(viewer: Viewer = PUBLIC, **values: Any) -> Case:
        fresh = {"title": "井盖缺失", "category": "part.public.manhole", "place": COMMUNITY, **values}
        return open_case(viewer, NewCase("urban", **fresh)).case

    return make


@pytest.fixture
def desk(person: Callable[..., Person]) -> Person:  # noqa: F811
    return person(("case_acceptor", DISTRICT), ("case_dispatcher", DISTRICT))


@pytest.fixture
def checker(person: Callable[..., Person]) -> Person:  # noqa: F811
    return person(("case_checker", DISTRICT))


@pytest.fixture
def unit(person: Callable[..., Person]) -> Person:  # noqa: F811
    return person(("department_staff", DISTRICT, "city_management"))
