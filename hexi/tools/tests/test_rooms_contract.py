"""The contract of the rooms catches a break-in, and lets through whoever comes by the door."""

from __future__ import annotations

from grimp import ImportGraph

from hexi.tools.checks.rooms_contract import RoomContract

MODULES = (
    "hexi", "hexi.core", "hexi.core.trust", "hexi.core.trust.api", "hexi.core.trust.models", "hexi.core.trust.http",
    "hexi.core.trust.events", "hexi.modules", "hexi.modules.projects", "hexi.modules.projects.actions", "hexi.site", "hexi.site.urls", "hexi.site.tests.test_a",
)  # fmt: skip


def kept(importer: str, imported: str) -> bool:
    graph = ImportGraph()
    for module in MODULES:
        graph.add_module(module)
    graph.add_import(importer=importer, imported=imported)
    options = {"floors": ["hexi.core", "hexi.modules"], "doors": ["api", "contracts"], "wiring": ["http"], "wirers": ["hexi.site"]}
    contract = RoomContract(name="rooms", session_options={}, contract_options=options)
    return contract.check(graph, verbose=False).kept


def test_a_room_is_entered_by_its_door() -> None:
    assert kept("hexi.modules.projects.actions", "hexi.core.trust.api")


def test_nobody_outside_touches_a_rooms_tables() -> None:
    assert not kept("hexi.modules.projects.actions", "hexi.core.trust.models")


def test_a_room_is_free_inside_itself() -> None:
    assert kept("hexi.core.trust.events", "hexi.core.trust.models")


def test_the_site_may_take_a_rooms_router_and_nobody_else_may() -> None:
    assert kept("hexi.site.urls", "hexi.core.trust.http")
    assert not kept("hexi.modules.projects.actions", "hexi.core.trust.http")
    assert not kept("hexi.site.urls", "hexi.core.trust.models")


def test_a_test_may_set_its_scene_in_any_rooms_tables() -> None:
    assert kept("hexi.site.tests.test_a", "hexi.core.trust.models")


def test_a_door_to_one_room_opens_no_other() -> None:
    assert not kept("hexi.modules.projects.actions", "hexi.core.trust.events")
