"""A business row that was edited by SQL is named, with its field; what went through the platform is not."""

from __future__ import annotations

from typing import Any

from hexi.core.data.tests.samples.models import Thing
from hexi.core.data.tests.test_changes import GOOD
from hexi.core.trust.api import rows_against_leaves

URL = "/api/records/samples.thing"


def _made(steward: Any, **values: Any) -> int:
    answer = steward.post(URL, {"values": {**GOOD, "amount": "12.50", "count": 3, **values}})
    assert answer.status_code == 201, answer.json()
    return int(answer.json()["record"]["id"])


def test_rows_that_people_filled_and_revised_have_no_fault(steward: Any) -> None:
    number = _made(steward)
    steward.patch(f"{URL}/{number}", {"values": {"amount": "13", "title": "新名"}, "version": 1, "why": "更名"})
    assert list(rows_against_leaves()) == []


def test_a_field_that_was_edited_by_sql_is_named(steward: Any) -> None:
    number = _made(steward)
    steward.patch(f"{URL}/{number}", {"values": {"count": 4}, "version": 1, "why": "更正"})
    Thing.objects.filter(pk=number).update(count=5)
    (fault,) = rows_against_leaves()
    assert (fault.entity, fault.object_id, fault.field) == ("samples.thing", number, "count")
    assert fault.event is not None and fault.at is not None and "samples.thing" in fault.words.zh


def test_a_row_that_was_removed_by_sql_is_named(steward: Any) -> None:
    number = _made(steward)
    Thing.objects.filter(pk=number).delete()
    (fault,) = rows_against_leaves()
    assert (fault.object_id, fault.field) == (number, "") and "removed" in fault.words.en


def test_an_import_that_was_undone_has_no_fault(steward: Any) -> None:
    from django.db import transaction

    from hexi.core.data.actions import snapshot
    from hexi.core.data.entities import describe
    from hexi.core.trust.api import PLATFORM, Happening, record

    number = _made(steward)
    row = Thing.objects.get(pk=number)
    with transaction.atomic():
        record(PLATFORM, Happening("undo_import", "samples.thing", number, before=snapshot(describe(Thing), row)))
        row.delete()
    assert list(rows_against_leaves()) == []
