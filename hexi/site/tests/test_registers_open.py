"""Whoever is led to a register by a menu finds it open, in its own order and with its tabs: at an empty house, too."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hexi.core.data.tests.conftest import DISTRICT, STREET, Person, offices, own_files, own_names, person, places  # noqa: F401

pytestmark = pytest.mark.django_db


def faults(who: Person, name: str) -> list[str]:
    """What is wrong with opening this register, as its list page asks for it."""
    model = who.get(f"/api/models/{name}").json()
    asked = [(f"/api/records/{name}", {"sort": model["ui"]["table"]["sort"], "limit": 1})]
    if model["lifecycle"]:
        asked.append((f"/api/records/{name}/facets", {"field": model["lifecycle"]["field"]}))
    answers = [(path, who.get(path, **query)) for path, query in asked]
    return [f"{path}: {answer.content.decode()[:200]}" for path, answer in answers if answer.status_code != 200]


@pytest.mark.parametrize(("role", "language"), [("", "en"), ("care_steward", "en"), ("leader", "zh")])
def test_every_register_that_a_reader_may_open_opens_in_its_own_order_and_language(
    person: Callable[..., Person], offices: None, role: str, language: str  # noqa: F811
) -> None:  # fmt: skip
    who = person(role, DISTRICT if role == "leader" else STREET) if role else person()
    who.client.cookies["hexi_lang"] = language
    names = [one["name"] for one in who.get("/api/models").json()]
    assert names
    assert [fault for name in names for fault in faults(who, name)] == []
