"""Where help is sent: the doorway of the registered home, under whatever code the home is registered."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from hexi.core.data.tests.conftest import COMPOUND, offices, own_files, own_names, places  # noqa: F401
from hexi.core.space.models import Place
from hexi.kernel.alarm import Whom
from hexi.modules.alarms.whom import located

pytestmark = pytest.mark.django_db
HOUSE = f"{COMPOUND}003"
AT, BESIDE, HOME = (117.21, 39.09), (117.2102, 39.0901), (117.2, 39.1)


@pytest.fixture(autouse=True)
def house(places: None) -> None:  # noqa: F811
    _place(HOUSE, "building", COMPOUND, HOME)


def _place(code: str, level: str, parent: str, at: tuple[float, float] | None = None, **more: Any) -> None:
    lon, lat = at or (None, None)
    Place.objects.create(
        code=code, level=level, parent=parent, name=code[-2:], lon=lon, lat=lat, origin="import", updated_at=timezone.now(), **more
    )


def found(code: str, point: tuple[float, float] | None = HOME) -> tuple[str, tuple[float, float] | None, str]:
    at = located(Whom("示例·老人", code, point), "", None)
    return at.place[-4:], at.point, at.by


def test_help_is_sent_to_the_doorway_and_not_to_the_middle_of_the_house() -> None:
    _place(f"{HOUSE}02", "doorway", HOUSE, AT, point_by="list")
    assert found(f"{HOUSE}02") == ("0302", AT, "doorway")
    assert located(None, f"{HOUSE}02", BESIDE).point == BESIDE  # the device's own fix is nearer to the person


def test_a_home_under_a_code_that_has_ended_is_at_the_door_that_took_over() -> None:
    _place(f"{HOUSE}02", "doorway", HOUSE, AT, valid_to=timezone.localdate(), successor=f"{HOUSE}07")
    _place(f"{HOUSE}07", "doorway", HOUSE, BESIDE, point_by="entrance")
    assert found(f"{HOUSE}02") == ("0307", BESIDE, "doorway")


def test_of_a_house_with_one_door_that_door_is_meant_and_an_assumed_one_says_so() -> None:
    _place(f"{HOUSE}00", "doorway", HOUSE, AT, point_by="assumed")
    assert found(HOUSE) == ("0300", AT, "assumed")
    _place(f"{HOUSE}01", "doorway", HOUSE, BESIDE)
    assert found(HOUSE) == (HOUSE[-4:], HOME, "home")


def test_where_no_door_is_known_the_register_speaks_and_else_the_place() -> None:
    assert found(HOUSE) == (HOUSE[-4:], HOME, "home")
    assert found(HOUSE, None) == (HOUSE[-4:], HOME, "place")
    assert found(COMPOUND, None)[1:] == (None, "nowhere")
