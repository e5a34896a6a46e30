"""What the status says, and to whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from hexi.core.trust.guard import guard_lifted
from hexi.core.trust.ledger.models import State
from hexi.core.trust.ledger.sequencer import Sequencer
from hexi.core.trust.models import Event

Happen = Callable[[int], list[int]]
pytestmark = pytest.mark.django_db


def test_everybody_reads_how_the_log_is(happen: Happen, sequencer: Sequencer, browser: Callable[[], Any]) -> None:
    happen(2)
    sequencer.turn()
    found = browser().get("/api/ledger").json()
    assert (found["size"], found["signed_size"], found["cosigned_size"], found["trouble"], found["trouble_label"]) == (4, 4, 0, "", None)
    assert found["origin"] == "demo.hexi.invalid/ledger" and len(found["keys"]) == 3 and found["waiting_since"] is None


def test_what_hinders_the_log_is_told_in_full_to_those_who_run_the_platform(
    folder: Any, settings: Any, browser: Callable[[], Any], person: Callable[..., Any]
) -> None:
    settings.DEMO = False
    Sequencer().turn()
    assert State.objects.get().trouble == "no_key"
    person("chief", ("administrator",))
    chief = browser()
    chief.sign_in("chief")
    public, told = browser().get("/api/ledger").json(), chief.get("/api/ledger").json()
    assert public["trouble_label"]["en"].startswith("There is no signing key") and public["told"] is None
    assert "hexi ledger --new-key" in told["told"]["en"] and "请运行" in told["told"]["zh"] and told["since"]


def test_a_log_that_nobody_keeps_any_more_is_an_alarm_though_nobody_is_left_to_tell(
    happen: Happen, sequencer: Sequencer, browser: Callable[[], Any]
) -> None:
    happen(1)
    sequencer.turn()
    (waiting,) = happen(1)
    assert browser().get("/api/ledger").json()["trouble"] == "", "it only waits for its turn"
    with guard_lifted(connection):
        Event.objects.filter(pk=waiting).update(at=timezone.now() - timedelta(minutes=11))
    found = browser().get("/api/ledger").json()
    assert found["trouble"] == "stalled" and found["trouble_label"]["en"].endswith("changes wait") and found["since"]
