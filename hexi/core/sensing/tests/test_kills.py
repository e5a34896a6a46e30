"""The intake's process killed outright, again and again: what was acknowledged is stored, each once."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from hexi.core.sensing.devices.models import IntakeStatus
from hexi.core.sensing.intake.line import hang_up
from hexi.core.sensing.tests.conftest import Gadget, eventually, journalled
from hexi.core.sensing.tests.test_broker import Broker, Paho, broker, paho  # noqa: F401  fixtures are found by name
from tests.support.environment import SCRATCH

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[4]
BEGIN = datetime.now(UTC) - timedelta(hours=1)


def database() -> str:
    said = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{said['NAME']}"
    return f"postgresql://{said['USER']}:{said['PASSWORD']}@{said['HOST']}:{said['PORT']}/{said['NAME']}"


class Process:
    """`python -m hexi.site.intake` on the tests' database, killed and started at will."""

    def __init__(self, folder: Path, **more: str) -> None:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("HEXI_")}
        ours = {"HEXI_VAR": str(folder), "HEXI_DATABASE_URL": database(), "DJANGO_SETTINGS_MODULE": "hexi.core.data.tests.settings"}
        self.environment = {**kept, **ours, "PYTHONPATH": str(ROOT), "HEXI_BROKER": "off", **more}
        self.log = SCRATCH / "intake.log"
        self.start()

    def start(self) -> None:
        with self.log.open("ab") as log:
            words = [sys.executable, "-m", "hexi.site.intake"]
            self.process = subprocess.Popen(words, cwd=ROOT, env=self.environment, stdout=log, stderr=log)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def process(own_journal: Path) -> Iterator[Callable[..., Process]]:
    made: list[Process] = []

    def start(**more: str) -> Process:
        made.append(Process(own_journal, **more))
        return made[-1]

    yield start
    for one in made:
        one.kill()


def moment(number: int) -> str:
    return (BEGIN + timedelta(milliseconds=number)).isoformat()


def sent_until(gadget: Gadget, stopped: threading.Event) -> set[int]:
    """Batches, each sent again until it is acknowledged: which numbers were."""
    acknowledged, number = set[int](), 0
    while not stopped.is_set():
        batch = [{"kind": "smoke", "value": n, "at": moment(n)} for n in range(number, number + 20)]
        if gadget.send(batch).status_code == 200:
            acknowledged |= set(range(number, number + 20))
            number += 20
        else:
            time.sleep(0.02)
    hang_up()
    connection.close()
    return acknowledged


def test_each_reading_that_was_answered_with_200_is_stored_once_whenever_the_intake_is_killed(
    gadget: Callable[..., Gadget], process: Callable[..., Process]
) -> None:
    one, there, stopped, found = gadget(), process(), threading.Event(), list[set[int]]()
    sender = threading.Thread(target=lambda: found.append(sent_until(one, stopped)))
    sender.start()
    for _ in range(3):
        before = len(journalled())
        eventually(lambda least=before + 100: len(journalled()) > least, 20)
        there.kill()
        there.start()
    before = len(journalled())
    eventually(lambda: len(journalled()) > before, 20)
    stopped.set()
    sender.join(30)
    stored = [int(reading.value) for reading in journalled()]
    assert len(found[0]) > 300
    assert len(stored) == len(set(stored)), "nothing twice"
    assert found[0] <= set(stored), "nothing lost"


def test_each_message_that_the_broker_answered_is_stored_once_whenever_the_intake_is_killed(
    gadget: Callable[..., Gadget], process: Callable[..., Process], broker: Broker, settings: Any, paho: Callable[..., Paho]  # noqa: F811
) -> None:
    ports = {"HEXI_BROKER": "on", "HEXI_NATS_PORT": str(settings.BROKER_PORT), "HEXI_MQTT_PORT": str(settings.MQTT_PORT)}
    one, there = gadget(), process(**ports)
    eventually(lambda: IntakeStatus.objects.filter(broker="here").exists(), 20)
    client, topic = paho(one), f"hexi/readings/{one.row.code}"
    sent = 0
    for _ in range(3):
        for n in range(sent, sent + 1500):
            client.client.publish(topic, f'{{"kind": "smoke", "value": {n}, "at": "{moment(n)}"}}', qos=1)
        sent += 1500
        before = len(journalled())
        eventually(lambda least=before: len(journalled()) > least, 20)
        there.kill()
        there.start()
    last = client.client.publish(topic, f'{{"kind": "smoke", "value": {sent}, "at": "{moment(sent)}"}}', qos=1)
    last.wait_for_publish(10)
    eventually(lambda: len(journalled()) >= sent + 1, 45)
    assert sorted(int(reading.value) for reading in journalled()) == list(range(sent + 1))
