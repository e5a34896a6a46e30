"""An old lady with a button, two stewards on duty, a street that answers in the end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from hexi.core.data.tests.conftest import COMMUNITY, STREET, Person, offices, own_files, own_names, person, places  # noqa: F401
from hexi.core.data.tests.samples.models import Thing
from hexi.modules.alarms.models import Duty, Position, Rescue, RescueCall
from hexi.modules.alarms.raising import Raised, raise_alarm
from tests.support.clock import Clock

HOURS = timedelta(hours=12)


@pytest.fixture
def lady(places: None, offices: None) -> Thing:  # noqa: F811
    return Thing.objects.create(code="e1", title="x", person="张秀英", home=COMMUNITY)


@pytest.fixture
def on_duty(person: Callable[..., Person], clock: Clock) -> Callable[..., Person]:  # noqa: F811
    """Somebody with a post and a turn over it now, perhaps with a telephone that says where they are."""

    def make(role: str = "grid_worker", place: str = COMMUNITY, at: tuple[float, float] | None = None) -> Person:
        made = person(role, place)
        assert made.account is not None
        Duty.objects.create(account=made.account.username, role=role, place=place, starts_at=clock.now - HOURS, ends_at=clock.now + HOURS)
        if at:
            Position.objects.create(account=made.account.pk, lon=at[0], lat=at[1], at=clock.now)
        return made

    return make


@pytest.fixture
def sos(lady: Thing) -> Callable[..., Rescue]:
    """She presses it."""
    return lambda **more: raise_alarm(Raised("sos", f"samples.thing:{lady.pk}", **more))


def calls(rescue: Rescue) -> list[tuple[str, str]]:
    """Who was called as what, and what became of it, in order."""
    return list(RescueCall.objects.filter(rescue=rescue).order_by("pk").values_list("call", "state"))


def call_of(rescue: Rescue, who: Person) -> RescueCall:
    assert who.account is not None
    return RescueCall.objects.get(rescue=rescue, account=who.account.pk)


def fresh(row: Any) -> Any:
    row.refresh_from_db()
    return row



