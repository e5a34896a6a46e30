"""Fifty times kill -9 under load: what was acknowledged is there once, its events in order, its clocks there, its receiver told.

python -m bench.kills          SQLite and PostgreSQL
HEXI_BENCH_KILLS=10 python -m bench.kills
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from typing import Any

from bench.house import verdict
from hexi.core.data.tests.receiver import Receiver
from tests.support import platform as platforms
from tests.support.caller import Caller
from tests.support.lamps import SETTINGS
from tests.support.platform import ROOT, Platform
from tests.support.postgres import Postgres
from tests.support.storm import Storm, kill_one, reckoning, wait_until_all_arrived

KILLS = int(os.environ.get("HEXI_BENCH_KILLS", "50"))
BETWEEN_S = 1.0
SUBSCRIBE = "/api/records/data.subscription/actions/subscribe"


def main() -> int:
    met = _measured("SQLite", {}, None)
    with Postgres.for_a_while() as server:
        met &= _measured("PostgreSQL", {"HEXI_DATABASE_URL": server.url("hexi")}, server)
    return 0 if met else 1


def _measured(name: str, more: Mapping[str, str], server: Postgres | None) -> bool:
    more = {"DJANGO_SETTINGS_MODULE": SETTINGS, "HEXI_WEBHOOK_PRIVATE": "1", **more}
    platform = platforms.start(demo=False, more=more)
    receiver = Receiver().up()
    try:
        storm, killed = _stormed(platform, more, receiver)
        late = wait_until_all_arrived(receiver, storm, 180)
        with closing(_database(platform, server)) as database:
            lost = reckoning(storm, database)
    finally:
        receiver.down()
        platforms.stop(platform)
    for fault in [*lost, *late][:10]:
        print("   ", fault)
    refused = sum(n for status, n in storm.statuses.items() if status >= 500)
    print(f"    {name}: {killed} kills, {len(storm.acknowledged)} reports acknowledged, {len(storm.accepted)} accepted, "
          f"{len(receiver.got)} letters, answers {dict(storm.statuses)}")  # fmt: skip
    return all([
        verdict(f"{name}: processes killed", killed, "kills", KILLS, at_most=False),
        verdict(f"{name}: acknowledged and lost, doubled, or without events or clocks", len(lost), "cases", 0, at_most=True),
        verdict(f"{name}: not told to the receiver, or out of order", len(late), "cases", 0, at_most=True),
        verdict(f"{name}: answers of 500 and above", refused, "answers", 0, at_most=True),
    ])  # fmt: skip


def _stormed(platform: Platform, more: Mapping[str, str], receiver: Receiver) -> tuple[Storm, int]:
    told = subprocess.run(
        [sys.executable, "-m", "tests.support.lamps"], cwd=ROOT, env={**platforms.environment(platform.folder, demo=False), **more},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    sessions: dict[str, str] = json.loads(told.stdout)
    administrator = Caller(platform.plan.port, sessions["administrator"])
    values = {"name": "示例·上级平台", "address": receiver.address, "topics": ["cases.case"], "account": "leader"}
    administrator.post(SUBSCRIBE, {"values": values, "why": "测量"})
    administrator.close()
    storm, chance, killed = Storm(platform.plan.port, sessions), random.Random(11), 0
    storm.begin()
    while killed < KILLS:
        time.sleep(BETWEEN_S)
        killed += bool(kill_one(platform.process.pid, chance))
    time.sleep(BETWEEN_S)
    storm.end()
    return storm, killed


def _database(platform: Platform, server: Postgres | None) -> Any:
    if server is None:
        return sqlite3.connect(platform.folder / "hexi.sqlite3")
    import psycopg

    return psycopg.connect(server.url("hexi"))


if __name__ == "__main__":
    sys.exit(main())
