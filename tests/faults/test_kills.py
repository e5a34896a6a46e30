"""kill -9 of web, stream, worker and lanes at random under load: what was acknowledged is there once, with its events and its clocks.

`bench/kills.py` does it fifty times.
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

import pytest

from hexi.core.data.tests.receiver import Receiver
from tests.support import platform as platforms
from tests.support.caller import Caller
from tests.support.lamps import SETTINGS
from tests.support.platform import ROOT, Platform
from tests.support.storm import Storm, kill_one, reckoning, wait_until_all_arrived

pytestmark = pytest.mark.slow
KILLS, ENOUGH = 6, 30
MORE = {"DJANGO_SETTINGS_MODULE": SETTINGS, "HEXI_WEBHOOK_PRIVATE": "1"}
SUBSCRIBE = "/api/records/data.subscription/actions/subscribe"


@pytest.fixture
def town() -> Iterator[tuple[Platform, dict[str, str]]]:
    platform = platforms.start(demo=False, more=MORE)
    told = subprocess.run(
        [sys.executable, "-m", "tests.support.lamps"], cwd=ROOT, env={**platforms.environment(platform.folder, demo=False), **MORE},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    yield platform, json.loads(told.stdout)
    platforms.stop(platform)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    there = Receiver().up()
    yield there
    there.down()


def test_what_was_acknowledged_is_there_once_whoever_is_killed(town: tuple[Platform, dict[str, str]], receiver: Receiver) -> None:
    platform, sessions = town
    administrator = Caller(platform.plan.port, sessions["administrator"])
    values = {"name": "示例·上级平台", "address": receiver.address, "topics": ["cases.case"], "account": "leader"}
    status, said = administrator.post(SUBSCRIBE, {"values": values, "why": "测试"})
    administrator.close()
    assert status == 201, said
    storm, chance = Storm(platform.plan.port, sessions), random.Random(7)
    storm.begin()
    for n in range(KILLS):
        time.sleep(1.0)
        kill_one(platform.process.pid, chance)
        if n == KILLS // 2:
            receiver.down()
            time.sleep(1.0)
            receiver.up()
    end = time.monotonic() + 60
    while len(storm.acknowledged) < ENOUGH and time.monotonic() < end:  # a busy machine takes longer
        time.sleep(0.2)
    storm.end()
    assert len(storm.acknowledged) >= ENOUGH
    assert set(storm.statuses) <= {200, 201, 403, 409}, storm.statuses
    assert wait_until_all_arrived(receiver, storm) == []
    with closing(sqlite3.connect(platform.folder / "hexi.sqlite3")) as database:
        assert reckoning(storm, database) == []
