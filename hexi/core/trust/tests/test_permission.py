"""The permission predicate, told by what it says of rows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from hexi.core.trust.api import PLATFORM, PUBLIC, PostRecord, Subject, Viewer, allowed, clear, reached_as, roles_reaching
from hexi.kernel.catalogue import catalogue
from hexi.kernel.condition import Column, Everything, FlagColumn, Nothing
from hexi.kernel.context import Context
from hexi.kernel.declare import Grant, Role
from hexi.kernel.label import t

NOW = Context(datetime(2025, 11, 20, tzinfo=UTC))
PLACE = Column[str]("place", t("地点", "place"), kind="place")
LEAD = Column[str]("lead", t("牵头", "lead"), kind="office")
SHOWN = FlagColumn("shown", t("公开", "shown"), kind="flag")
TASK = Subject("works.task", PLACE, LEAD)
TERM = Subject("works.term")


@pytest.fixture(autouse=True)
def declared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Roles and grants of an invented room, in place of the installed ones."""
    roles = (
        Role("public", t("公", "p"), "everywhere"),
        Role("area_hand", t("片", "a")),
        Role("office_hand", t("办", "o"), "organisation"),
        Role("chief", t("长", "c"), "everywhere"),
    )
    grants = [
        Grant("public", "works.task", ("read",), sees="open", where=SHOWN),
        Grant("area_hand", "works.*", ("read", "revise"), sees="personal"),
        Grant("office_hand", "works.task", ("read", "create")),
        Grant("office_hand", "works.task", ("read",), reach="everywhere", where=SHOWN, sees="sensitive"),
        Grant("chief", "*", ("read",)),
    ]
    monkeypatch.setattr(catalogue, "roles", {role.key: role for role in roles})
    monkeypatch.setattr(catalogue, "grants", grants)


def viewer(*posts: PostRecord) -> Viewer:
    return Viewer(7, "示例", (*posts, *PUBLIC.posts))


def area(place: str) -> PostRecord:
    return PostRecord(1, "area_hand", place)


def row(place: str = "120103008001", lead: str = "housing", shown: bool = False) -> dict[str, Any]:
    return {"place": place, "lead": lead, "shown": shown}


def test_a_post_over_an_area_reaches_everything_inside_it_and_nothing_beside_it() -> None:
    may = allowed(viewer(area("120103008")), "revise", TASK)
    assert may.holds(row("120103008"), NOW) and may.holds(row("12010300800102"), NOW)
    assert not may.holds(row("120103009001"), NOW)
    assert not may.holds(row("120103"), NOW), "the district that holds the street is not inside it"


def test_a_row_without_a_place_is_in_no_area() -> None:
    assert not allowed(viewer(area("120103")), "read", TASK).holds(row("") | {"place": None}, NOW)


def test_a_post_over_no_area_reaches_nothing() -> None:
    assert not allowed(viewer(area("")), "read", TASK).holds(row(), NOW)


def test_an_area_cannot_shut_out_what_has_no_area() -> None:
    assert isinstance(allowed(viewer(area("120103008")), "read", TERM), Everything)


def test_an_office_reaches_its_own_and_those_under_it() -> None:
    may = allowed(viewer(PostRecord(2, "office_hand", "", "housing", ("housing", "property_centre"))), "create", TASK)
    assert may.holds(row(lead="housing"), NOW) and may.holds(row(lead="property_centre"), NOW)
    assert not may.holds(row(lead="education"), NOW)


def test_an_office_hand_without_an_office_reaches_nothing_of_offices() -> None:
    assert isinstance(allowed(viewer(PostRecord(2, "office_hand", "120103")), "create", TASK), Nothing)


def test_the_reach_of_a_grant_overrides_that_of_the_role() -> None:
    may = allowed(viewer(PostRecord(2, "office_hand", "", "housing", ("housing",))), "read", TASK)
    assert may.holds(row(lead="education", shown=True), NOW)
    assert not may.holds(row(lead="education", shown=False), NOW)


def test_several_posts_add_up_but_never_mix() -> None:
    may = allowed(viewer(area("120103001"), area("120103008")), "read", TASK)
    assert may.holds(row("120103001001"), NOW) and may.holds(row("120103008001"), NOW)
    assert not may.holds(row("120103002001"), NOW)
    mixed = allowed(viewer(area("120103001"), PostRecord(2, "office_hand", "120103008", "housing", ("housing",))), "revise", TASK)
    assert not mixed.holds(row("120103008001", "housing"), NOW), "revise comes from the area post alone, and that is another street"


def test_a_wildcard_covers_every_register_but_only_its_verbs() -> None:
    chief = viewer(PostRecord(3, "chief", ""))
    assert isinstance(allowed(chief, "read", Subject("anything.at_all")), Everything)
    assert isinstance(allowed(chief, "revise", Subject("anything.at_all")), Nothing)


def test_a_room_wildcard_ends_at_the_room() -> None:
    assert isinstance(allowed(viewer(area("120103")), "read", Subject("workshop.task")), Nothing)


def test_everybody_signed_in_may_do_what_the_public_may() -> None:
    assert allowed(viewer(), "read", TASK).holds(row(shown=True), NOW)
    assert not allowed(PUBLIC, "read", TASK).holds(row(shown=False), NOW)


def test_a_role_that_nobody_declares_gives_nothing() -> None:
    assert not allowed(viewer(PostRecord(9, "ghost", "120103")), "read", TASK).holds(row(), NOW)


def test_the_platform_may_do_everything() -> None:
    assert isinstance(allowed(PLATFORM, "revise", TASK), Everything)


def test_fields_are_clear_where_a_read_grant_sees_their_class() -> None:
    hand = viewer(area("120103008"))
    personal, sensitive = clear(hand, "personal", TASK), clear(hand, "sensitive", TASK)
    assert personal.holds(row("120103008001"), NOW) and not personal.holds(row("120103009001"), NOW)
    assert not sensitive.holds(row("120103008001"), NOW)
    assert clear(PUBLIC, "open", TASK).holds(row(shown=True), NOW) and not clear(PUBLIC, "internal", TASK).holds(row(shown=True), NOW)


def test_steps_are_open_to_the_roles_whose_posts_reach_the_row() -> None:
    both = viewer(area("120103001"), PostRecord(2, "office_hand", "", "housing", ("housing",)))
    assert roles_reaching(both, TASK, row("120103008001", "housing"), NOW) == {"office_hand", "public"}
    assert roles_reaching(both, TASK, row("120103001001", "education"), NOW) == {"area_hand", "public"}
    for place, office in (("120103008001", "housing"), ("120103001001", "education")):
        one = row(place, office)
        held = {role for role in ("office_hand", "area_hand") if reached_as(both, role, TASK).holds(one, NOW)}
        assert held == roles_reaching(both, TASK, one, NOW) - {"public"}, "all rows at once are told the same"
