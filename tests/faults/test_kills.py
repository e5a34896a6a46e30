"""kill -9 of any process, the broker among them, at random under load: what was acknowledged is there once, and every timer kept.

`bench/kills.py` does it fifty times, on both databases.
"""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from hexi.core.data.tests.receiver import Receiver
from tests.support import platform as platforms
from tests.support.caller import Caller
from tests.support.fire import Fire
from tests.support.fire_faults import fire_faults
from tests.support.lamps import SETTINGS
from tests.support.platform import ROOT, Platform
from tests.support.storm import SENSING, Storm, kill_one, reckoning, wait_until_all_arrived

pytestmark = pytest.mark.slow
KILLS, ENOUGH, CLOCKS = 6, 30, 40
SUBSCRIBE = "/api/records/data.subscription/actions/subscribe"


@dataclass
class Town:
    """A running platform, whose people are signed in and whose devices have keys."""

    platform: Platform
    sessions: dict[str, str]
    fire: Fire


@pytest.fixture
def town() -> Iterator[Town]:
    ports = {key: str(platforms.free_port()) for key in ("HEXI_NATS_PORT", "HEXI_MQTT_PORT")}
    more = {"DJANGO_SETTINGS_MODULE": SETTINGS, "HEXI_WEBHOOK_PRIVATE": "1", "HEXI_BROKER": "on", **ports}
    platform = platforms.start(demo=False, more=more)
    told = subprocess.run(
        [sys.executable, "-m", "tests.support.fire_town", "20", str(CLOCKS), "10"], cwd=ROOT,
        env={**platforms.environment(platform.folder, demo=False), **more}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(told.stdout)
    sessions = found.pop("sessions")
    yield Town(platform, sessions, Fire(platform.plan.port, int(ports["HEXI_MQTT_PORT"]), **found, pause_s=0.2))
    platforms.stop(platform)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    there = Receiver().up()
    yield there
    there.down()


def test_what_was_acknowledged_is_there_once_whoever_is_killed(town: Town, receiver: Receiver) -> None:
    platform = town.platform
    administrator = Caller(platform.plan.port, town.sessions["administrator"])
    values = {"name": "示例·上级平台", "address": receiver.address, "topics": ["cases.case"], "account": "leader"}
    status, said = administrator.post(SUBSCRIBE, {"values": values, "why": "测试"})
    administrator.close()
    assert status == 201, said
    storm, fire = Storm(platform.plan.port, town.sessions), town.fire
    storm.begin()
    fire.begin()
    killed(platform, receiver)
    end = time.monotonic() + 60
    while len(storm.acknowledged) < ENOUGH and time.monotonic() < end:  # a busy machine takes longer
        time.sleep(0.2)
    storm.end()
    fire.end()
    assert len(storm.acknowledged) >= ENOUGH and len(fire.acknowledged) >= ENOUGH and fire.pressed
    assert set(storm.statuses) <= {200, 201, 403, 409}, storm.statuses
    assert wait_until_all_arrived(receiver, storm) == []
    time.sleep(4.0)  # longer than the slowest rule and all that waits take together
    assert platforms.stop(platform, keep=True) == 0
    with closing(sqlite3.connect(platform.folder / "hexi.sqlite3")) as database:
        assert reckoning(storm, database) == []
        assert fire_faults(fire, platform.folder, database, datetime.now(UTC)) == []


def killed(platform: Platform, receiver: Receiver) -> None:
    """Half of those killed have to do with devices; in the middle nobody listens to what happens to cases."""
    chance = random.Random(7)
    for n in range(KILLS):
        time.sleep(1.0)
        kill_one(platform.process.pid, chance, *((SENSING[n // 2],) if n % 2 else ()))
        if n == KILLS // 2:
            receiver.down()
            time.sleep(1.0)
            receiver.up()
