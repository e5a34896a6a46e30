"""The intake killed outright while an elder says yes, no and yes again: what was agreed to is kept once, the rest never."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from hexi.core.data.tests.conftest import offices, own_files, own_names, places  # noqa: F401  fixtures are found by name
from hexi.core.sensing.intake.line import hang_up
from hexi.core.sensing.tests.conftest import Gadget, eventually, gadget, journalled, own_journal  # noqa: F401
from hexi.core.sensing.tests.test_kills import Process, process  # noqa: F401
from hexi.kernel.reading import Reading, datetime_of
from hexi.scenarios.eldercare.models import Consent, Elder
from hexi.scenarios.eldercare.tests.conftest import Make, door, make  # noqa: F401

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
WITHIN = timedelta(seconds=1)


def say(elder: Elder, agreed: bool) -> datetime:
    """Written down and committed; when."""
    Consent.objects.create(elder=elder, device="radar", purpose="rescue", agreed=agreed, way="desk", at=datetime.now(UTC), place=elder.home)
    return datetime.now(UTC)


class Sender:
    """Sends one reading after the other, and notes how each was answered."""

    def __init__(self, radar: Gadget) -> None:
        self.radar, self.stopped = radar, threading.Event()
        self.kept, self.withheld = set[int](), set[int]()
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        number = 0
        while not self.stopped.is_set():
            answer: Any = self.radar.send({"kind": "fall_score", "value": number / 1e6, "at": datetime.now(UTC).isoformat()})
            if answer.status_code == 200:
                (self.withheld if answer.json()["withheld"] else self.kept).add(number)
            else:
                self.stopped.wait(0.2)
            number += 1  # never the same again: what was not answered may be kept or not
        hang_up()
        connection.close()

    def end(self) -> None:
        self.stopped.set()
        self.thread.join(30)


def test_a_killed_intake_does_not_bring_back_what_was_taken_back(
    make: Make, gadget: Callable[..., Gadget], process: Callable[..., Process]  # noqa: F811
) -> None:
    elder = make()
    say(elder, agreed=True)
    there = process()
    sender = Sender(gadget(kind="radar", subject=f"eldercare.elder:{elder.pk}"))
    try:
        eventually(lambda: len(sender.kept) > 20, 60)
        taken_back = say(elder, agreed=False)
        there.kill()
        there.start()
        eventually(lambda: len(sender.withheld) > 20, 60)
        given_again = say(elder, agreed=True)
        before = len(sender.kept)
        eventually(lambda: len(sender.kept) > before + 20, 60)
    finally:
        sender.end()
    stored = journalled()
    numbers = [round(one.value * 1e6) for one in stored]
    assert len(numbers) == len(set(numbers)), "nothing twice"
    assert sender.kept <= set(numbers), "nothing lost"
    assert not sender.withheld & set(numbers)
    assert [one for one in stored if taken_back + WITHIN < _came(one) < given_again] == []


def _came(one: Reading) -> datetime:
    return datetime_of(one.received)
