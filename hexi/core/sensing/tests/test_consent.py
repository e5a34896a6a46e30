"""What is private is kept as those it is about allow: asked before the journal, so that engine and history never differ."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from hexi.core.data.api import act
from hexi.core.sensing.devices.cards import Card
from hexi.core.sensing.devices.models import Datastream, Device, Quarantined
from hexi.core.sensing.engine.turning import now_us
from hexi.core.sensing.intake import gate as at_gate
from hexi.core.sensing.intake.gate import Gate
from hexi.core.sensing.intake.leave import leave_of, present_leave, private_kinds
from hexi.core.sensing.intake.line import hang_up
from hexi.core.sensing.intake.sent import Sent, batch_of_sent
from hexi.core.sensing.tests.conftest import Gadget, Running, eventually, journalled
from hexi.core.trust.api import PLATFORM
from hexi.kernel.catalogue import catalogue
from hexi.kernel.consent import Allowed, Consents, Quiet
from hexi.kernel.errors import Conflict
from hexi.kernel.label import t
from hexi.kernel.reading import moment_of

NOW = datetime(2026, 3, 2, 4, 30, tzinfo=UTC)  # half past twelve in the district
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
RECORD, PRIVATE, OPEN = "sensing.device", "heart_rate", "smoke"
Make = Callable[..., Gadget]
Start = Callable[..., Running]


class Answers:
    """What records of a register say, in memory: here devices without a subject are asked about themselves."""

    def __init__(self) -> None:
        self.said = dict[tuple[int, str], Allowed]()
        self.moved = dict[int, datetime]()

    def say(self, record: int, yes: Allowed | None) -> datetime:
        """From now on this is the answer about wrist bands. When it was given."""
        self.said.pop((record, "wristband"), None)
        if yes is not None:
            self.said[record, yes.device] = yes
        self.moved[record] = datetime.now(UTC)
        return self.moved[record]

    def allowed(self, records: Collection[int]) -> Iterator[Allowed]:
        return (yes for (record, _), yes in list(self.said.items()) if record in records)

    def changed(self, since: datetime) -> list[int]:
        return [record for record, at in list(self.moved.items()) if at >= since]


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    made = Answers()
    consents = Consents("sample", t("样例", "sample"), Device, made.allowed, made.changed, free=("smoke", "button"))
    monkeypatch.setattr(catalogue, "consents", {"sample": consents})
    return made


def yes(record: int = 1, **more: Any) -> Allowed:
    return Allowed(record, "wristband", **{"since": LONG_AGO, **more})


def card(number: int = 1, kind: str = "wristband", room: str = "") -> Card:
    return Card(number, f"d{number}", f"{RECORD}:{number}", active=True, key_digest="x", place="", organisation="", kind=kind, room=room)


def sent(number: int = 1, kind: str = PRIVATE, at: datetime = NOW, received: datetime = NOW, key: str = "") -> Sent:
    return Sent(key or f"{RECORD}:{number}", kind, moment_of(at), 70.0, moment_of(received), device=number)


def kept(gate: Gate, *readings: Sent) -> list[bool]:
    sifted = gate.sift(batch_of_sent(readings))
    found = [True] * len(readings) if sifted is None else (~(sifted.refused | sifted.unsure)).tolist()
    assert found == [gate.answer(one) == "kept" for one in readings], "one by one as all together"
    return found


def learnt(*cards: Card) -> Gate:
    gate = Gate()
    gate.learn(cards, None)
    return gate


def test_silence_is_no_and_what_is_not_private_or_of_a_free_device_needs_no_yes(answers: Answers) -> None:
    gate = learnt(card(1), card(2, "smoke"))
    assert kept(gate, sent(1), sent(1, OPEN), sent(2), sent(2, OPEN)) == [False, True, True, True]
    answers.say(1, yes())
    gate.learn([], NOW)
    assert kept(gate, sent(1)) == [True]


@pytest.mark.parametrize(
    ("said", "at", "received", "may"),
    [
        (yes(since=NOW - HOUR), NOW, NOW, True),
        (yes(since=NOW - HOUR), NOW - 2 * HOUR, NOW, False),  # measured before the yes
        (yes(until=NOW + HOUR), NOW, NOW, True),
        (yes(until=NOW), NOW - HOUR, NOW, False),  # measured in time, but the yes has run out
        (yes(quiet=(Quiet(12, 13),)), NOW, NOW, False),
        (yes(quiet=(Quiet(12, 13),)), NOW - HOUR, NOW, True),
        (yes(quiet=(Quiet(22, 13),)), NOW, NOW, False),  # over midnight
        (yes(quiet=(Quiet(12, 13, "kitchen"),)), NOW, NOW, True),  # the device stands in another room
        (yes(quiet=(Quiet(12, 13, "bedroom"),)), NOW, NOW, False),
        (yes(quiet=(Quiet(0, 24),)), NOW, NOW, False),
    ],
)
def test_a_yes_counts_from_when_it_was_said_until_it_ends_and_not_in_quiet_hours(
    answers: Answers, said: Allowed, at: datetime, received: datetime, may: bool
) -> None:
    answers.said[1, "wristband"] = said
    assert kept(learnt(card(room="bedroom")), sent(at=at, received=received)) == [may]


def test_a_device_that_does_not_say_its_room_counts_as_being_in_every_room(answers: Answers) -> None:
    answers.said[1, "wristband"] = yes(quiet=(Quiet(12, 13, "kitchen"),))
    assert kept(learnt(card(room="")), sent()) == [False]


def test_what_raises_an_alarm_is_never_refused(answers: Answers) -> None:
    assert catalogue.reading_kinds["sos_call"].privacy == "sensitive"
    assert "sos_call" not in private_kinds()
    assert kept(learnt(card(1)), sent(1, "sos_call"), sent(1, "fall_score"), sent(1, "bed_occupied")) == [True, False, False]


def test_the_columns_say_what_one_question_after_the_other_says(answers: Answers) -> None:
    rng = random.Random(20261128)
    cards = [card(n, rng.choice(("wristband", "wristband", "smoke")), rng.choice(("", "bedroom", "kitchen"))) for n in range(1, 60)]
    for one in cards:
        if rng.random() < 0.7:
            quiet = tuple(Quiet(rng.randrange(24), rng.randint(1, 24), rng.choice(("", "bedroom"))) for _ in range(rng.randrange(3)))
            until = None if rng.random() < 0.5 else NOW + timedelta(hours=rng.randint(-5, 5))
            answers.said[one.id, "wristband"] = yes(one.id, since=NOW - timedelta(hours=rng.randint(1, 9)), until=until, quiet=quiet)
    readings = [sent(rng.randint(1, 59), rng.choice((PRIVATE, OPEN)), NOW - timedelta(minutes=rng.randrange(600))) for _ in range(2000)]
    by_number = {one.id: one for one in cards}

    def asked(one: Sent) -> bool:
        leave = present_leave(by_number[one.device])
        return one.kind == OPEN or (leave.covers(one.moment) and (leave.free or one.received < leave.until))

    found = kept(learnt(*cards), *readings)
    assert found == [asked(one) for one in readings]
    assert 200 < sum(found) < 1800


def test_what_is_not_known_for_certain_waits_and_what_needs_no_yes_does_not(answers: Answers) -> None:
    answers.said[1, "wristband"] = yes()
    now = 100.0
    gate = Gate(lambda: now)
    gate.learn([card(1)], None)
    assert kept(gate, sent(1)) == [True]
    now += at_gate.FRESH_S + 0.1
    sifted = gate.sift(batch_of_sent([sent(1), sent(1, OPEN), sent(1, "sos_call")]))
    assert sifted is not None
    assert (sifted.unsure.tolist(), sifted.refused.any()) == ([True, False, False], False)
    unknown = gate.sift(batch_of_sent([sent(7), sent(7, key="traffic.road:7")]))
    assert unknown is not None and unknown.unsure.tolist() == [True, False]


def test_where_the_database_did_not_answer_it_is_asked_again(answers: Answers, monkeypatch: pytest.MonkeyPatch) -> None:
    answers.said[1, "wristband"] = yes()
    gate = Gate()

    def away(_records: Collection[int]) -> Iterator[Allowed]:
        raise OSError("away")

    with monkeypatch.context() as patch:
        patch.setattr(answers, "allowed", away)
        patch.setitem(catalogue.consents, "sample", Consents("sample", t("样例", "sample"), Device, away, answers.changed))
        with pytest.raises(OSError, match="away"):
            gate.learn([card(1)], None)
    gate.learn([card(1)], None)
    assert kept(gate, sent(1)) == [True]


def test_a_device_that_is_moved_to_another_record_follows_that_ones_word(answers: Answers) -> None:
    answers.said[2, "wristband"] = yes(2)
    gate = learnt(card(1))
    moved = Card(1, "d1", f"{RECORD}:2", active=True, key_digest="x", place="", organisation="", kind="wristband")
    gate.learn([moved], NOW)
    assert kept(gate, sent(1, key=f"{RECORD}:2")) == [True]
    answers.say(2, None)
    gate.learn([], NOW)
    assert kept(gate, sent(1, key=f"{RECORD}:2")) == [False]
    assert leave_of(moved, None).covers(now_us()) is False


@pytest.mark.django_db(transaction=True)
def test_what_is_refused_is_counted_at_the_device_and_on_the_desk_and_kept_nowhere(
    answers: Answers, gadget: Make, running: Start, person: Callable[..., Any]
) -> None:
    one = gadget(kind="wristband")
    running()
    both = [{"kind": PRIVATE, "value": 70}, {"kind": OPEN, "value": 3}, {"kind": "sos_call", "value": 1}]
    assert one.send(both).json() == {"stored": 2, "duplicates": 0, "disordered": 0, "withheld": 1}
    assert sorted(reading.kind for reading in journalled()) == [OPEN, "sos_call"]
    assert one.send(b'{"kind": "heart_rate", "value": "72 beats"}').status_code == 422
    row = Quarantined.objects.get()
    assert (row.reason, row.payload, row.detail) == ("not_a_number", "", ""), "the reason stays, the content does not"
    window = {"signal": "acceleration", "at": datetime.now(UTC).isoformat(), "hertz": 10, "samples": [[0, 0, 1]] * 20}
    assert _judged(one, window).json() == []
    stream = Datastream.objects.create(device=one.row, kind=PRIVATE)
    path = f"/sta/v1.1/Datastreams({stream.pk})/Observations"
    answer = Client().post(path, {"result": 70}, content_type="application/json", HTTP_AUTHORIZATION=f"Bearer {one.key}")
    assert (answer.status_code, answer.json()["code"]) == (403, "withheld"), "a link to what is not kept would lie"
    eventually(lambda: one.now().withheld >= 3)
    rows = person("data_steward", "120103").get("/api/data/sensing.intake").json()["rows"]
    assert any(row["part"]["en"] == "consent" and " not kept" in row["told"]["en"] for row in rows)


def _judged(one: Gadget, window: dict[str, Any]) -> Any:
    return Client().post("/api/windows", window, content_type="application/json", HTTP_AUTHORIZATION=f"Bearer {one.key}")


@pytest.mark.django_db(transaction=True)
def test_what_waits_in_quarantine_is_not_taken_once_the_yes_was_taken_back(answers: Answers, gadget: Make, running: Start) -> None:
    one = gadget(kind="wristband")
    answers.say(one.row.pk, yes(one.row.pk))
    running()
    assert one.send(b'{"kind": "heart_rate", "value": "72 beats"}').status_code == 422
    row = Quarantined.objects.get()
    assert "72 beats" in row.payload
    answers.say(one.row.pk, None)
    mended = {"payload": '{"kind": "heart_rate", "value": 72}'}
    eventually(lambda: one.send({"kind": PRIVATE, "value": 1}).json()["withheld"])
    with pytest.raises(Conflict, match="did not agree"):
        act(PLATFORM, "sensing.quarantined", row.pk, "take_again", mended, why="样例", version=row.version)
    assert 72.0 not in [reading.value for reading in journalled()]
    act(PLATFORM, "sensing.quarantined", row.pk, "put_aside", {}, why="样例", version=row.version)
    row.refresh_from_db()
    assert (row.state, row.payload) == ("aside", "")


@pytest.mark.django_db(transaction=True)
def test_nothing_that_came_a_second_after_the_yes_was_taken_back_is_kept(
    answers: Answers, gadget: Make, running: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, stopped = gadget(kind="wristband"), threading.Event()
    answers.say(one.row.pk, yes(one.row.pk))
    monkeypatch.setattr("hexi.core.sensing.intake.service.LOOK_S", 0.2)
    running()
    told: list[dict[str, int]] = []

    def sends() -> None:
        from django.db import connection

        while not stopped.is_set():
            told.append(one.send([{"kind": PRIVATE, "value": len(told) + n / 10} for n in range(5)]).json())
        hang_up()
        connection.close()

    sender = threading.Thread(target=sends)
    sender.start()
    eventually(lambda: len(told) > 5)
    taken_back = answers.say(one.row.pk, None)
    eventually(lambda: told[-1]["withheld"] == 5)
    eventually(lambda: datetime.now(UTC) > taken_back + timedelta(seconds=1.1))
    stopped.set()
    sender.join(10)
    stored = journalled()
    assert len(stored) == sum(one["stored"] for one in told) > 0
    assert max(reading.received for reading in stored) < moment_of(taken_back + timedelta(seconds=1))


@pytest.mark.django_db(transaction=True)
def test_while_consents_cannot_be_asked_a_sender_is_told_to_send_again(
    answers: Answers, gadget: Make, running: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = gadget(kind="wristband")
    answers.say(one.row.pk, yes(one.row.pk))
    running()
    with monkeypatch.context() as patch:
        patch.setattr(at_gate, "FRESH_S", -1.0)
        answer = one.send([{"kind": PRIVATE, "value": 70, "at": NOW_TEXT}, {"kind": "sos_call", "value": 1, "at": NOW_TEXT}])
        assert answer.status_code == 503
        assert [reading.kind for reading in journalled()] == ["sos_call"], "a call for help waits for nobody"
    assert one.send({"kind": PRIVATE, "value": 70, "at": NOW_TEXT}).json()["stored"] == 1


NOW_TEXT = datetime.now(UTC).isoformat()
