"""Deleting one person's readings deletes them wherever they lie: journal, history, quarantine, broker, states, judgements, findings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from hexi.core.data.tests.conftest import STREET
from hexi.core.sensing.api import Engine, Journal, batch_of, journal_folder
from hexi.core.sensing.broker.pulling import STREAM
from hexi.core.sensing.broker.setup import shared
from hexi.core.sensing.detectors.models import Judged
from hexi.core.sensing.devices.cards import card_of_code
from hexi.core.sensing.devices.models import Device, Quarantined
from hexi.core.sensing.engine import turning
from hexi.core.sensing.engine.turning import now_us
from hexi.core.sensing.history.erasing import forget_erased
from hexi.core.sensing.history.files import folder
from hexi.core.sensing.history.keeping import clear_journal, forget_keys, keep_new
from hexi.core.sensing.history.thinning import thin
from hexi.core.sensing.intake.quarantine import put_aside
from hexi.core.sensing.intake.reception import Fault
from hexi.core.sensing.journal import writing
from hexi.core.sensing.models import Finding, ForgottenKey, KeyState
from hexi.core.sensing.tests.conftest import Gadget, Person, eventually
from hexi.core.sensing.tests.test_broker import Broker, Paho, Start, broker, listens, paho, values  # noqa: F401  found by name
from hexi.kernel.reading import Reading

Make = Callable[..., Gadget]


def journal(*readings: Reading) -> None:
    writer = Journal(journal_folder(0))
    writer.append(batch_of(readings))
    writer.close()


def reading(key: str, minutes_ago: float, kind: str = "movement", value: float = 1.0) -> Reading:
    at = now_us() - int(minutes_ago * 60_000_000)
    return Reading(key, kind, at, value, at)


def erase(steward: Person, row: Device) -> None:
    sent = {"values": {}, "version": row.version, "why": "本人申请"}
    assert steward.post(f"/api/records/sensing.device/{row.pk}/actions/erase_personal", sent).status_code == 200


def everywhere() -> bytes:
    """All that lies in files of history and journal."""
    return b"".join(path.read_bytes() for place in (folder(), journal_folder(0)) for path in place.rglob("*") if path.is_file())


@pytest.mark.django_db
def test_nothing_is_left_of_whom_was_erased_and_all_of_the_others(gadget: Make, person: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    gone, stays = gadget(person="王小明"), gadget()
    key, other = gone.row.reading_key, stays.row.reading_key
    band = gadget(kind="wristband", subject=key)
    journal(*[reading(one, n) for n in range(60, 30, -1) for one in (key, other)])
    engine = Engine(0, journal_folder(0))
    engine.turn(now_us())
    keep_new(0)
    thin(datetime.now(UTC).date() + timedelta(days=1))
    journal(reading(key, 2), reading(other, 2))  # neither judged nor kept yet
    now = datetime.now(UTC)
    for each in (key, other):
        Finding.objects.create(rule="still", key=each, moment=now, since=now, value=1)
    for one in (band, stays):
        Judged.objects.create(device=one.row, detector="worn_fall", moment=now, score=1, grounds="x", grounds_en="x")
        put_aside([Fault("not_json", "x", b"66 beats")], card_of_code(one.row.code), way="http")

    erase(person("data_steward", STREET), gone.row)
    assert forget_erased() == 30
    engine.turn(now_us())  # it has not looked yet, and writes what it knows
    engine.tuned = 0
    engine.turn(now_us())
    keep_new(0)
    monkeypatch.setattr(writing, "SEGMENT_S", 0.0)
    writer = Journal(journal_folder(0))
    writer.turn_over()
    writer.close()
    engine.turn(now_us() + turning.IN_FLIGHT_US + 10**9)
    assert clear_journal(0) == 1
    assert key.encode() not in everywhere()
    assert other.encode() in everywhere()
    assert set(KeyState.objects.values_list("key", flat=True)) == {other}
    assert dict(Finding.objects.values_list("key", "value")) == {key: None, other: 1}
    assert list(Judged.objects.values_list("device", flat=True)) == [stays.row.pk]
    assert {one.device: one.payload for one in Quarantined.objects.all()} == {band.row.code: "", stays.row.code: "66 beats"}
    assert band.now().state == "revoked", "what measured them measures nobody until it is enrolled anew"
    assert band.send({"kind": "movement", "value": 1}).status_code == 401


@pytest.mark.django_db
def test_an_engine_that_is_killed_before_it_has_forgotten_does_so_when_it_begins_anew() -> None:
    key, other = "device:1", "device:2"
    journal(*[reading(one, n) for n in range(30, 1, -1) for one in (key, other)])
    engine = Engine(0, journal_folder(0))
    engine.turn(now_us())
    forget_keys([key], datetime.now(UTC))
    journal(reading(other, 0))
    engine.shard.touched.append(np.array([engine.shard.slots[key]]))
    engine.turn(now_us())  # the last turn of the old one writes the state once more
    assert KeyState.objects.filter(key=key).exists()
    again = Engine(0, journal_folder(0))
    assert not KeyState.objects.filter(key=key).exists()
    assert ForgottenKey.objects.get().by_rules
    assert again.shard.until[:, again.shard.slots[key]].max() < 0


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_what_waits_in_the_broker_of_whom_was_erased_is_kept_nowhere(
    gadget: Make, listens: Start, paho: Callable[..., Paho], person: Any, settings: Any  # noqa: F811
) -> None:
    gone = gadget(person="王小明")
    band, there = gadget(kind="wristband", subject=gone.row.reading_key), listens()
    client = paho(band)
    there.stop()
    assert client.publish(f"hexi/readings/{band.row.code}/heart_rate", "66")
    erase(person("data_steward", STREET), gone.row)
    forget_erased()
    listens()
    row = eventually(Quarantined.objects.first)
    assert (row.reason, row.payload) == ("revoked", "")
    assert values() == []
    eventually(lambda: _in_stream(settings) == 0)


def _in_stream(settings: Any) -> int:
    import asyncio

    import nats

    async def asked() -> int:
        client = await nats.connect(f"nats://127.0.0.1:{settings.BROKER_PORT}", user="intake", password=shared().intake)
        try:
            return int((await client.jetstream().stream_info(STREAM)).state.messages)
        finally:
            await client.close()

    return asyncio.run(asked())
