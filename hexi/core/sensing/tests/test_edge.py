"""A real Mosquitto at the edge: MQTT 5 to the devices, bridged into the real broker, each device on its own subject all the way."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import paho.mqtt.client as mqtt
import pytest
from django.utils import timezone
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from hexi.core.sensing.devices.acts import exchange
from hexi.core.sensing.devices.keys import digest, edge_digest
from hexi.core.sensing.devices.models import Device, Quarantined
from hexi.core.sensing.edge.files import Address, Edge, gateway_of, write_bridge, write_devices
from hexi.core.sensing.tests.conftest import Gadget, eventually
from hexi.core.sensing.tests.test_broker import Broker, Start, broker, listens, values  # noqa: F401  fixtures are found by name
from hexi.kernel.errors import Invalid, NotFound, SignInNeeded, Unavailable
from tests.support.platform import free_port

MOSQUITTO = shutil.which("mosquitto", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
CODE = "ABCDE-FGHJK-MNPQR-STUVW"
Make = Callable[..., Gadget]
needs_mosquitto = pytest.mark.skipif(MOSQUITTO is None, reason="mosquitto is not installed")


class Mosquitto:
    """The edge's broker."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.start()

    def start(self) -> None:
        configuration = self.folder / "mosquitto.conf"
        if os.getuid() == 0 and "user root" not in configuration.read_text():
            configuration.write_text(configuration.read_text().replace("\nlistener", "\nuser root\nlistener", 1))
        assert MOSQUITTO
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen([MOSQUITTO, "-c", str(configuration)], stdout=log, stderr=log)

    def saved(self) -> None:
        """What waits is written down. Mosquitto says so before it writes; the file has its name when it is whole."""
        file = self.folder / "mosquitto.db"
        before = file.stat().st_mtime_ns if file.exists() else 0
        self.process.send_signal(signal.SIGUSR1)
        eventually(lambda: file.exists() and file.stat().st_mtime_ns > before)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


class Device5:
    """A device that speaks MQTT 5, as Eclipse Paho does."""

    def __init__(self, gadget: Gadget, port: int, key: str = "") -> None:
        self.code = gadget.row.code
        self.client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id=self.code, protocol=mqtt.MQTTv5)
        self.client.username_pw_set(self.code, key or gadget.key)
        self.reasons, self.answers, self.lock = list[str](), dict[int, str](), threading.Lock()
        self.client.on_connect = lambda _c, _u, _f, reason, _p: self.reasons.append(str(reason))
        self.client.on_publish = lambda _c, _u, mid, reason, _p: self.answers.update({mid: str(reason)})
        eventually(lambda: self._connected(port))
        self.client.loop_start()
        eventually(lambda: self.reasons)

    def _connected(self, port: int) -> bool:
        try:
            return self.client.connect("127.0.0.1", port) == mqtt.MQTT_ERR_SUCCESS
        except ConnectionRefusedError:
            return False

    def publish(self, topic: str, payload: str, qos: int = 1, **properties: Any) -> str:
        """What the edge answered."""
        said = Properties(PacketTypes.PUBLISH)
        for name, value in properties.items():
            setattr(said, name, value)
        mid = self.client.publish(topic, payload, qos=qos, properties=said).mid
        return eventually(lambda: self.answers.get(mid))

    def close(self) -> None:
        self.client.disconnect()
        self.client.loop_stop()


def refused(gadget: Gadget, port: int, **how: str) -> bool:
    """Is it kept out?"""
    client = Device5(gadget, port, **how)
    client.close()
    return client.reasons[0] == "Not authorized"


class Site:
    """A gateway and what is behind it."""

    def __init__(self, folder: Path, gadget: Make, mqtt_port: int) -> None:
        self.gadget, self.folder, self.port = gadget, folder, free_port()
        self.gateway = gadget(name="示例·边缘网关", kind="gateway", state="enrolled", key_digest=None).row
        Device.objects.filter(pk=self.gateway.pk).update(code_digest=digest(CODE), code_until="2100-01-01T00:00:00Z")
        self.edge = Edge(Address("127.0.0.1", self.port), Address("127.0.0.1", mqtt_port))

    def device(self, **values: Any) -> Gadget:
        made = self.gadget(gateway=self.gateway, **values)
        Device.objects.filter(pk=made.row.pk).update(edge_digest=edge_digest(made.key))
        return made

    def written(self) -> Site:
        write_bridge(gateway_of(self.gateway.code), CODE, self.folder, self.edge)
        write_devices(self.gateway, self.folder)
        return self


@pytest.fixture
def site(broker: Broker, gadget: Make, own_journal: Path, settings: Any) -> Site:  # noqa: F811
    return Site(own_journal / "edge", gadget, settings.MQTT_PORT)


@pytest.fixture
def running_edge(site: Site) -> Iterator[Callable[[], Mosquitto]]:
    made: list[Mosquitto] = []

    def start() -> Mosquitto:
        made.append(Mosquitto(site.folder, site.port))
        return made[-1]

    yield start
    for one in made:
        one.kill()


@needs_mosquitto
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_devices_behind_a_gateway_keep_who_they_are_and_an_edge_that_was_cut_off_catches_up(
    site: Site,
    running_edge: Callable[[], Mosquitto],
    listens: Start,  # noqa: F811
    broker: Broker,  # noqa: F811
) -> None:
    one, other, stranger = site.device(), site.device(), site.gadget()
    there, edge = listens(), None
    site.written()
    edge = running_edge()
    client = Device5(one, site.port)
    own, theirs = f"hexi/readings/{one.row.code}/smoke", f"hexi/readings/{other.row.code}/smoke"
    try:
        # Known by its own key, on its own subject: MQTT 5 can say no to a single message.
        assert client.reasons == ["Success"]
        assert client.publish(own, "1", ContentType="text/plain", UserProperty=("a", "b")) == "Success"
        assert client.publish(theirs, "666") == "Not authorized"
        assert refused(other, site.port, key="hexi_wrong")
        assert refused(stranger, site.port), "it is not behind this gateway"
        eventually(lambda: values() == [1.0], 60)  # the bridge stands: it keeps no message of QoS 0 for later
        client.client.publish(own, "2", qos=0)
        eventually(lambda: values() == [1.0, 2.0], 30)
        eventually(lambda: one.now().unsure == 1)

        # The gateway itself may speak for its own devices only, whoever writes the files at the edge.
        (site.folder / "acl").write_text(f"user {one.row.code}\ntopic write hexi/readings/#\n")
        edge.process.send_signal(signal.SIGHUP)
        eventually(lambda: client.publish(f"hexi/readings/{stranger.row.code}/smoke", "666") == "Success")
        row = eventually(Quarantined.objects.first)
        assert (row.reason, row.device) == ("foreign", site.gateway.code)
        write_devices(site.gateway, site.folder)

        # Cut off: the edge answers and keeps, and what has lost its worth by its expiry is not sent.
        broker.kill()
        eventually(lambda: there.intake.broker == "away", 30)
        assert {client.publish(own, f'{{"value": {n}, "sequence": {n}}}') for n in range(3, 60)} == {"Success"}
        edge.saved()
        edge.kill()
        edge.start()
        # Not before: Mosquitto 2.0 may forget the expiry of what runs out while it is down itself.
        eventually(lambda: client.publish(own, '{"value": 999, "sequence": 999}', MessageExpiryInterval=1) == "Success", 30)
        expired = time.monotonic() + 2.1  # Mosquitto's own clock counts whole seconds
        eventually(lambda: time.monotonic() > expired)
        broker.start()
        eventually(lambda: there.intake.broker == "here", 30)
        eventually(lambda: len(values()) >= 59, 40)
        assert values() == [float(n) for n in range(1, 60)]

        # Revoked at the desk: the gateway is let in anew without it, though the edge does not know yet.
        Device.objects.filter(pk=one.row.pk).update(state="revoked", key_digest=None, edge_digest="", updated_at=timezone.now())
        eventually(lambda: not there.intake.cards[one.row.code].active)
        eventually(lambda: client.publish(own, "777") and Quarantined.objects.filter(reason="foreign", topic=own).exists(), 30)
        assert 777.0 not in values()
    finally:
        client.close()


@pytest.mark.django_db
def test_a_key_that_a_device_got_for_its_code_is_known_at_the_edge(gadget: Make, tmp_path: Path) -> None:
    gateway = gadget(kind="gateway").row
    row = gadget(gateway=gateway, state="enrolled", key_digest=None).row
    Device.objects.filter(pk=row.pk).update(code_digest=digest(CODE), code_until="2100-01-01T00:00:00Z")
    silent = gadget(gateway=gateway).row
    _, key = exchange(CODE)
    assert write_devices(gateway, tmp_path) == (1, [silent.code]), "whose key is not known here needs a new code"
    code, _, found = (tmp_path / "passwords").read_text().strip().partition(":")
    assert (code, found.split("$")[1:3]) == (row.code, ["7", "101"])
    assert key not in found
    assert (tmp_path / "passwords").stat().st_mode & 0o077 == 0


@pytest.mark.django_db
def test_nothing_is_written_for_a_wrong_code_a_plain_device_or_an_open_line(gadget: Make, tmp_path: Path) -> None:
    gateway, plain = gadget(kind="gateway", code_digest=digest(CODE), code_until="2000-01-01T00:00:00Z").row, gadget().row
    here, beyond = Address.of("127.0.0.1:1884", "listen"), Address.of("10.0.0.7:8883", "platform")
    with pytest.raises(Invalid, match="no gateway"):
        gateway_of(plain.code)
    with pytest.raises(NotFound):
        gateway_of("nothing")
    with pytest.raises(Invalid, match="no code of this gateway"):
        write_bridge(gateway, "WRONG-CODE", tmp_path, Edge(here, here))
    with pytest.raises(SignInNeeded):
        write_bridge(gateway, CODE, tmp_path, Edge(here, here))
    for edge in (Edge(here, beyond), Edge(beyond, here)):
        with pytest.raises(Unavailable):
            write_bridge(gateway, CODE, tmp_path, edge)
    with pytest.raises(Invalid, match="host:port"):
        Address.of("1883", "listen")
    assert not (tmp_path / "mosquitto.conf").exists()
