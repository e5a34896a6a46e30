"""The page of a place: what is in it, which codes came before and behind it, and what hangs on a code that has ended."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from hexi.core.data.tests.conftest import COMPOUND, GRID
from hexi.core.space.api import add_alias
from hexi.core.space.models import Place
from hexi.core.trust.api import PLATFORM

HOUSE = f"{COMPOUND}003"


@pytest.fixture
def house(places: None) -> None:
    today = timezone.localdate()
    rows = (
        (HOUSE, "building", "3号楼", {"lon": 117.21, "lat": 39.09}),
        (f"{HOUSE}01", "doorway", "1门", {"lon": 117.21, "lat": 39.09, "point_by": "assumed", "homes": 12}),
        (f"{HOUSE}02", "doorway", "2门", {"valid_to": today, "successor": f"{HOUSE}01"}),
        (f"{HOUSE}03", "doorway", "3门", {"valid_to": today}),
    )
    for code, level, name, more in rows:
        parent = COMPOUND if code == HOUSE else HOUSE
        Place.objects.create(code=code, level=level, name=name, parent=parent, origin="import", updated_at=timezone.now(), **more)


def page(who: Any, code: str) -> dict[str, Any]:
    answer = who.get(f"/api/space/{code}/place")
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def test_a_house_tells_its_doors_and_how_their_points_are_known(steward: Any, house: None) -> None:
    told = page(steward, HOUSE)
    assert [(one["name"]["zh"], one["point"] and one["point"]["zh"][:2], one["ended"] is None) for one in told["parts"]] == [
        ("甲小区3号楼1门", "推定", True), ("甲小区3号楼2门", None, False), ("甲小区3号楼3门", None, False),
    ]  # fmt: skip
    assert [one["code"] for one in told["path"]] == [HOUSE[:6], HOUSE[:9], HOUSE[:12], GRID, COMPOUND]


def test_a_door_tells_whose_codes_it_took_over_and_an_old_code_who_took_over_from_it(steward: Any, house: None) -> None:
    add_alias(PLATFORM, f"{HOUSE}01", "东头", kind="common", source="居民")
    door = page(steward, f"{HOUSE}01")
    assert ([one["code"] for one in door["formers"]], door["homes"], door["aliases"][0]["name"]) == ([f"{HOUSE}02"], 12, "东头")
    assert [change["action"] for change in door["changes"]] == ["add_alias"]
    old = page(steward, f"{HOUSE}02")
    assert (old["ended"], old["successor"]["code"]) == (timezone.localdate().isoformat(), f"{HOUSE}01")
    assert page(steward, f"{HOUSE}03")["successor"] is None


def test_what_hangs_on_a_code_that_ended_is_found_at_its_successor_or_under_the_code_itself(steward: Any, house: None, thing: Any) -> None:
    thing(home=f"{HOUSE}02")
    thing(home=f"{HOUSE}03")
    codes = (f"{HOUSE}01", f"{HOUSE}02", f"{HOUSE}03", HOUSE)
    hung = {code: steward.get(f"/api/space/{code}/hangs").json() for code in codes}
    assert [[one["count"] for one in hung[code]["hangs"]] for code in codes] == [[1], [1], [1], [2]]
    assert hung[HOUSE]["doors"] == [{"code": f"{HOUSE}01", "name": {"zh": "1门", "en": "1门"}, "point": hung[HOUSE]["doors"][0]["point"]}]
    assert hung[f"{HOUSE}01"]["doors"] == []


def test_the_page_is_for_whoever_is_signed_in(person: Any, steward: Any, house: None) -> None:
    assert person().get(f"/api/space/{HOUSE}/place").status_code == 401
    assert steward.get("/api/space/99/place").status_code == 404
