"""What a scenario may ask of registers that are not its own, and changes that the platform makes by itself."""

from __future__ import annotations

from typing import Any

import pytest

from hexi.core.data.api import counts_by_place, describe, platform_change, registers, shown_rows
from hexi.core.data.tests.conftest import COMMUNITY, DISTRICT, OTHER_STREET, STREET
from hexi.core.data.tests.samples.models import Thing
from hexi.core.trust.models import Event


def test_a_register_of_another_room_is_found_by_its_key() -> None:
    assert registers()["samples.thing"] is describe(Thing)
    assert "samples.nothing" not in registers()


def test_rows_are_counted_by_place_as_far_as_the_viewer_may_read_them(thing: Any, person: Any) -> None:
    for home in (COMMUNITY, COMMUNITY, f"{OTHER_STREET}001"):
        thing(home=home)
    about = describe(Thing)
    assert counts_by_place(person("data_steward", DISTRICT).viewer, about, 9) == {STREET: 2, OTHER_STREET: 1}
    assert counts_by_place(person("data_steward", STREET).viewer, about, 9) == {STREET: 2}


def test_rows_are_shown_by_number_without_those_that_are_not_the_viewers(thing: Any, person: Any) -> None:
    near, far = thing(title="近"), thing(title="远", home=f"{OTHER_STREET}001")
    found = shown_rows(person("data_steward", STREET).viewer, describe(Thing), [near.pk, far.pk], ("title",))
    assert {number: row["title"] for number, row in found.items()} == {near.pk: "近"}


def test_a_change_of_the_platform_is_kept_with_its_reason(thing: Any) -> None:
    row = thing(title="旧")
    with platform_change("tidy", "the nightly round") as change:
        change.save(row, title="新")
    event = Event.objects.get(action="tidy")
    assert (event.object_id, event.after["title"], event.why) == (row.pk, "新", "the nightly round")


def broken_off(row: Thing) -> None:
    with platform_change("tidy", "the nightly round") as change:
        change.save(row, title="新")
        raise RuntimeError


def test_a_change_of_the_platform_that_breaks_off_leaves_nothing(thing: Any) -> None:
    row = thing(title="旧")
    with pytest.raises(RuntimeError):
        broken_off(row)
    row.refresh_from_db()
    assert row.title == "旧" and not Event.objects.filter(action="tidy").exists()
