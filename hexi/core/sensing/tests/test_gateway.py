"""Readings by HTTP: who may send, what is stored once, what is refused and in which words."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pyarrow as pa
import pytest
from django.db import DatabaseError, transaction

from hexi.core.data.parameters import Parameter, enter_parameters
from hexi.core.data.tests.conftest import STREET
from hexi.core.sensing.devices.cards import Card
from hexi.core.sensing.devices.models import Datastream, Device, Quarantined
from hexi.core.sensing.intake import counting, service
from hexi.core.sensing.intake.counting import Counts
from hexi.core.sensing.tests.conftest import Gadget, Running, eventually, journalled
from hexi.kernel.catalogue import catalogue
from hexi.kernel.reading import Quality

pytestmark = pytest.mark.django_db(transaction=True)
Make = Callable[..., Gadget]
Start = Callable[..., Running]


def at(seconds: float = 0) -> str:
    return (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat()


def test_what_was_answered_with_200_stands_in_the_journal(gadget: Make, running: Start) -> None:
    running()
    one = gadget()
    moment = datetime.now(UTC)
    answer = one.send({"kind": "smoke", "value": 3.5, "unit": "ppm", "at": moment.isoformat()})
    assert (answer.status_code, answer.json()) == (200, {"stored": 1, "duplicates": 0, "disordered": 0, "withheld": 0})
    (stored,) = journalled()
    assert (stored.key, stored.kind, stored.value) == (f"sensing.device:{one.row.pk}", "smoke", 3.5)
    assert stored.moment == int(moment.timestamp() * 1_000_000) or abs(stored.moment - moment.timestamp() * 1e6) < 2
    assert stored.received >= stored.moment


def test_the_readings_of_a_device_are_those_of_the_record_that_it_is_about(gadget: Make, running: Start) -> None:
    running()
    assert gadget(subject="eldercare.elder:12").send({"kind": "heart_rate", "value": 71}).status_code == 200
    assert journalled()[0].key == "eldercare.elder:12"


def test_what_is_sent_again_is_not_stored_again(gadget: Make, running: Start) -> None:
    first = running()
    one, moment = gadget(), at()
    batch = {"readings": [{"kind": "smoke", "value": n, "at": moment} for n in range(3)] + [{"kind": "smoke", "value": 9, "sequence": 7}]}
    assert one.send(batch).json()["stored"] == 4
    assert one.send(batch).json() == {"stored": 0, "duplicates": 4, "disordered": 0, "withheld": 0}
    first.stop()
    running()
    assert one.send(batch).json() == {"stored": 0, "duplicates": 4, "disordered": 0, "withheld": 0}, "an intake that begins anew knows what is written"
    assert len(journalled()) == 4


def test_counts_of_a_device_say_what_came_again_and_what_came_late(gadget: Make, running: Start) -> None:
    running()
    one = gadget()
    late, new = {"kind": "smoke", "value": 1, "at": at(-60)}, {"kind": "smoke", "value": 2, "at": at()}
    one.send([new, late, late, {"kind": "battery", "value": 80}])
    eventually(lambda: one.now().received)
    row = one.now()
    assert (row.received, row.duplicates, row.disordered, row.refused, row.battery_pct) == (3, 1, 1, 0, 80)
    assert row.last_seen is not None
    stream = Datastream.objects.get(device=row, kind="smoke")
    assert (stream.received, stream.last_at) == (2, datetime.fromisoformat(str(new["at"])))


def test_a_reading_without_a_moment_is_timed_on_arrival_and_says_so(gadget: Make, running: Start) -> None:
    running()
    gadget().send({"kind": "smoke", "value": 3, "simulated": True})
    (stored,) = journalled()
    assert stored.flags == Quality.TIMED_HERE | Quality.SIMULATED
    assert stored.moment == stored.received


def test_readings_come_as_columns_of_arrow_too(gadget: Make, running: Start) -> None:
    running()
    moments = pa.array([datetime.now(UTC) - timedelta(seconds=n) for n in range(500)], pa.timestamp("us", tz="UTC"))
    table = pa.table({"kind": ["smoke"] * 500, "value": [float(n) for n in range(500)], "at": moments})
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    answer = gadget().send(sink.getvalue().to_pybytes(), "application/vnd.apache.arrow.stream")
    assert answer.json() == {"stored": 500, "duplicates": 0, "disordered": 499, "withheld": 0}
    assert [one.moment for one in journalled()] == moments.cast(pa.int64()).to_pylist()
    assert gadget().send(b"no arrow", "application/vnd.apache.arrow.stream").status_code == 422


REFUSED: list[tuple[str, Any]] = [
    ("unknown_kind", {"kind": "mood", "value": 1}), ("wrong_unit", {"kind": "smoke", "value": 1, "unit": "celsius"}),
    ("not_a_number", {"kind": "smoke", "value": "much"}), ("shape", {"kind": "smoke"}), ("shape", {"kind": "smoke", "value": 1, "at": "noon"}),
    ("future", {"kind": "smoke", "value": 1, "at": "2199-01-01T00:00:00Z"}),
    ("ancient", {"kind": "smoke", "value": 1, "at": "1999-01-01T00:00:00Z"}), ("shape", {"value": 1}),
    ("not_a_number", {"kind": "smoke", "value": True}), ("shape", {"kind": "smoke", "value": 1, "sequence": -4}),
    ("shape", {"kind": "smoke", "value": 1, "at": "2026-03-01T08:00:00"}), ("unknown_kind", {"kind": ["smoke"], "value": 1}),
]  # fmt: skip


def test_what_cannot_be_taken_is_named_put_aside_and_keeps_nobody_else_out(gadget: Make, running: Start) -> None:
    running()
    for number, (reason, bad) in enumerate(REFUSED):
        one = gadget()
        answer = one.send([{"kind": "smoke", "value": 1}, bad], HTTP_ACCEPT_LANGUAGE="en")
        said = answer.json()
        assert (answer.status_code, said["code"]) == (422, "readings_refused")
        assert [problem["field"] for problem in said["errors"]] == ["readings.1"]
        assert "1 readings cannot be taken" in said["title"]
        assert len(journalled()) == number + 1
        row = Quarantined.objects.get(device=one.row.code)
        assert (row.reason, row.state, row.place) == (reason, "waiting", one.row.place)
        assert orjson.loads(row.payload) == bad
        assert one.now().refused == 1


def test_a_body_that_is_no_json_is_put_aside(gadget: Make, running: Start) -> None:
    running()
    one = gadget()
    assert one.send(b"{", "application/json").json()["errors"][0]["message"] == "不是JSON或数值"
    assert Quarantined.objects.get().payload == "{"
    assert one.send(b"\xff\x00\xfe", "application/octet-stream").status_code == 422


def test_a_key_that_does_not_fit_is_refused_in_words(gadget: Make, running: Start) -> None:
    running()
    one = gadget()
    one.key += "x"
    for language, title in (("zh", "设备密钥不对，或设备已吊销"), ("en", "The device's key is not right, or the device was revoked")):
        answer = one.send({"kind": "smoke", "value": 1}, HTTP_ACCEPT_LANGUAGE=language)
        assert (answer.status_code, answer.json()["code"], answer.json()["title"]) == (401, "wrong_key", title)
    other = gadget()
    answer = other.send({"kind": "smoke", "value": 1}, HTTP_X_DEVICE=one.row.code)
    assert (answer.status_code, answer.json()["code"]) == (403, "foreign")
    assert other.send(b"[" + b"0," * 2_000_000 + b"0]").status_code == 413
    assert journalled() == []


def test_more_than_a_device_may_send_in_a_minute_is_refused_and_the_limit_is_tuned(gadget: Make, running: Start) -> None:
    enter_parameters()
    Parameter.objects.filter(key="readings_per_minute").update(value=5)
    from hexi.core.data import parameters

    parameters.forget()
    running()
    one = gadget()
    assert one.send([{"kind": "smoke", "value": n} for n in range(5)]).status_code == 200
    answer = one.send([{"kind": "smoke", "value": 6}])
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert gadget().send([{"kind": "smoke", "value": 6}]).status_code == 200, "another device has its own"


def test_without_an_intake_a_device_is_told_to_send_again(gadget: Make, running: Start) -> None:
    one = gadget()
    first = one.send({"kind": "smoke", "value": 1})
    assert (first.status_code, first.json()["do"]) == (503, "请稍后原样重发，重复的部分不会重复保存")
    there = running()
    assert one.send({"kind": "smoke", "value": 1, "at": at()}).status_code == 200
    there.stop()
    running()
    time.sleep(0.05)
    assert one.send({"kind": "smoke", "value": 2}).status_code == 200, "a line that broke is made anew"


def test_a_quarantined_message_is_taken_again_once_it_is_mended(
    gadget: Make, running: Start, person: Callable[..., Any]
) -> None:
    running()
    one = gadget()
    one.send({"kind": "smoke", "value": 4, "unit": "celsius", "at": at()})
    row = Quarantined.objects.get()
    steward = person("data_steward", STREET)
    path = f"/api/records/sensing.quarantined/{row.pk}/actions/take_again"
    asked = {"version": row.version, "why": "单位写错"}
    assert steward.post(path, asked | {"values": {}}).status_code == 422, "as it came it still cannot be taken"
    mended = row.payload.replace("celsius", "ppm")
    assert steward.post(path, asked | {"values": {"payload": mended}}).status_code == 200
    assert [stored.value for stored in journalled()] == [4.0]
    row.refresh_from_db()
    assert row.state == "replayed"
    assert "take_again" not in steward.get(f"/api/records/sensing.quarantined/{row.pk}").json()["allowed_actions"]


def test_who_holds_the_database_may_hand_in_readings_of_a_device_that_the_intake_does_not_know_yet(
    gadget: Make, running: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "LOOK_S", 60)
    running()
    one = gadget()
    with transaction.atomic():
        Device.objects.filter(pk=one.row.pk).update(name="示例·在改")
        time.sleep(0.2)  # by now the intake waits to write its counts
        began = time.monotonic()
        assert one.send({"kind": "smoke", "value": 4}).status_code == 200
        assert time.monotonic() - began < 5
    eventually(lambda: one.now().received)


def test_an_intake_outlives_a_database_that_is_away_for_a_while(
    gadget: Make, running: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake = running().intake
    with monkeypatch.context() as away:
        asked = list[int]()

        def nothing(_: object) -> list[Card]:
            asked.append(1)
            raise DatabaseError("the server closed the connection")

        away.setattr(service, "cards_since", nothing)
        eventually(lambda: len(asked) > 1)
    one = gadget()
    eventually(lambda: one.row.code in intake.cards)
    assert one.send({"kind": "smoke", "value": 4}).status_code == 200


def test_counts_that_could_not_be_written_are_written_with_the_next(gadget: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    one, counts = gadget(), Counts()
    counts.add(one.row.pk, received=3)
    with monkeypatch.context() as broken:
        broken.setattr(counting, "WRITE", "UPDATE nowhere SET " + counting.WRITE.partition(" SET ")[2])
        with pytest.raises(DatabaseError):
            counts.write()
    counts.add(one.row.pk, received=1)
    counts.write()
    assert one.now().received == 4


def test_a_device_gone_mad_does_not_fill_the_quarantine(gadget: Make, running: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    from hexi.core.sensing.intake import quarantine

    monkeypatch.setattr(quarantine, "WAITING_EACH", 3)
    running()
    one = gadget()
    for _ in range(2):
        one.send([{"kind": "mood", "value": n} for n in range(2)])
    assert Quarantined.objects.count() == 3


@pytest.mark.django_db
def test_the_rules_of_every_kind_are_on_the_desk_for_whoever_reads_devices(person: Callable[..., Any]) -> None:
    rows = person("data_steward", "120103").get("/api/data/sensing.kinds").json()["rows"]
    rate = next(row for row in rows if row["kind"]["en"] == "heart rate")
    assert (rate["range"], rate["wait"]["en"], rate["ahead"]["en"], rate["back"]["en"]) == ("0–300", "1 min", "5 min", "1 d")
    assert (rate["privacy"]["en"], rate["keep"]["en"]) == ("sensitive", "30 d")
    assert len(rows) == len(catalogue.reading_kinds)
    assert person("grid_worker", "120103").get("/api/data/sensing.kinds").json()["rows"] == []
