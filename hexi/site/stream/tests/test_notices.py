"""Numbers are given once each, without gaps, in the order of writing, whoever gives them."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from hexi.core.trust.api import PLATFORM, Happening, forget_told, give_sequence, latest_told, newest_sequence, record, told_after
from hexi.site.stream.notices import notices_after
from hexi.site.stream.tests.conftest import happen

pytestmark = pytest.mark.django_db(transaction=True)


def test_numbers_follow_the_order_of_writing_without_gaps() -> None:
    happen(7, 8)
    happen(9)
    assert give_sequence() == 3
    assert [(one.sequence, one.object_id) for one in told_after(0)] == [(1, 7), (2, 8), (3, 9)]
    assert give_sequence() == 0


def test_a_change_that_was_rolled_back_is_never_told() -> None:
    with transaction.atomic():
        record(PLATFORM, Happening("revise", "projects.task", 1))
        transaction.set_rollback(True)
    happen(2)
    give_sequence()
    assert [one.object_id for one in told_after(0)] == [2]


def test_two_relays_never_give_a_number_twice() -> None:
    happen(*range(300))
    faults: list[Exception] = []

    def relay() -> None:
        try:
            for _ in range(5):
                give_sequence()
        except Exception as error:  # noqa: BLE001 - told below
            faults.append(error)
        finally:
            connection.close()

    relays = [threading.Thread(target=relay) for _ in range(3)]
    for one in relays:
        one.start()
    for one in relays:
        one.join()
    assert faults == []
    assert [one.sequence for one in told_after(0)] == list(range(1, 301))


def test_the_newest_notices_come_oldest_first() -> None:
    happen(1, 2, 3)
    give_sequence()
    assert [one.sequence for one in latest_told(2)] == [2, 3]


def test_forgetting_keeps_the_newest_so_that_numbers_go_on() -> None:
    happen(1, 2)
    give_sequence()
    assert forget_told(timedelta(seconds=-1)) == 1
    happen(3)
    give_sequence()
    assert newest_sequence() == 3


def test_what_goes_over_the_wire_is_one_event_in_utc() -> None:
    happen(5, place="120103001", version=2)
    give_sequence()
    (notice,) = notices_after(0)
    assert notice.wire.startswith(
        b'id: 1\nevent: projects.task\ndata: {"sequence":1,"topic":"projects.task","entity":"projects.task","id":5,"version":2,'
    )
    assert notice.wire.endswith(b'+00:00"}\n\n')
