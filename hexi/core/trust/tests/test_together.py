"""A few events and their notices in one statement: the same rows as by one statement each."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction

from hexi.core.trust import events
from hexi.core.trust.api import PLATFORM, Happening, record
from hexi.core.trust.events import HASHED, stored_leaf
from hexi.core.trust.models import Event, Notice
from hexi.core.trust.together import FEW, fits_together

pytestmark = pytest.mark.django_db
TOLD = ("topic", "entity", "object_id", "version", "place", "organisation", "action", "sequence")


@pytest.fixture(autouse=True)
def on_postgresql(db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite writes an event and its notice by one statement each")


def happening(number: int, **more: Any) -> Happening:
    before, after = {"n": None, "名": "甲'\\"}, {"n": number, "名": "乙\0", "at": 1.5, "list": [1, "二"]}
    return Happening("revise", "works.task", number, before, after, "120103", ";a;b;", number, "核对 100%s", **more)


def written(count: int, **more: Any) -> list[tuple[Any, ...]]:
    """What stands in both tables after so many; each leaf fits, each notice names its event."""
    with transaction.atomic():
        numbers = record(PLATFORM, *(happening(n, **more) for n in range(1, count + 1)))
    assert numbers == sorted(numbers) and all(stored == made for stored, made in map(stored_leaf, numbers))
    own = Event.objects.filter(pk__in=numbers).order_by("pk").values_list(*(name for name in HASHED if name != "at"))
    notices = Notice.objects.filter(event_id__in=numbers).order_by("pk")
    assert [one.event_id for one in notices] == ([] if more.get("silent") else numbers)
    return [*own, *notices.values_list(*TOLD)]


@pytest.mark.parametrize("count", range(1, FEW + 2))
def test_both_ways_write_the_same(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    together = written(count)
    monkeypatch.setattr(events, "fits_together", lambda _count: False)
    assert together == written(count)


def test_a_silent_event_has_no_notice() -> None:
    assert len(written(2, silent=True)) == 2


def test_what_was_worked_out_outlives_a_change_that_was_taken_back() -> None:
    assert fits_together(1)
    with transaction.atomic():
        record(PLATFORM, happening(1))
        transaction.set_rollback(True)
    assert len(written(1)) == 2
