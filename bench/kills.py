"""Fifty times kill -9 of any process, the broker among them, under load: what was acknowledged is there once, and every timer kept.

Reports by the web with their events, clocks and letters; readings by HTTP and MQTT in journal and history; what the rules found in them;
a rescue and its ladder for each press of a button; clocks that come due meanwhile.

python -m bench.kills                       SQLite and PostgreSQL
python -m bench.kills --kills 10 --only postgresql
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bench.house import verdict
from hexi.core.data.tests.receiver import Receiver
from tests.support import platform as platforms
from tests.support.caller import Caller
from tests.support.fire import Fire
from tests.support.fire_faults import TOP, fire_faults, rows
from tests.support.lamps import SETTINGS
from tests.support.platform import ROOT, Platform
from tests.support.postgres import Postgres
from tests.support.storm import Storm, kill_one, reckoning, wait_until_all_arrived

BETWEEN_S, CLOCKS, SETTLED_S, LADDER_S = 3.0, 600, 6.0, 330.0
SUBSCRIBE = "/api/records/data.subscription/actions/subscribe"


@dataclass
class Burnt:
    """One platform under fire, and what is wrong with it afterwards."""

    platform: Platform
    storm: Storm
    fire: Fire
    killed: Counter[str] = field(default_factory=Counter[str])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    asked, met = parser.parse_args(), True
    if asked.only != "postgresql":
        met &= _measured("SQLite", {}, None, asked.kills)
    if asked.only != "sqlite":
        with Postgres.for_a_while() as server:
            met &= _measured("PostgreSQL", {"HEXI_DATABASE_URL": server.url("hexi")}, server, asked.kills)
    return 0 if met else 1


def _measured(name: str, more: Mapping[str, str], server: Postgres | None, kills: int) -> bool:
    ports = {key: str(platforms.free_port()) for key in ("HEXI_NATS_PORT", "HEXI_MQTT_PORT")}
    more = {"DJANGO_SETTINGS_MODULE": SETTINGS, "HEXI_WEBHOOK_PRIVATE": "1", "HEXI_BROKER": "on", **ports, **more}
    platform, receiver = platforms.start(demo=False, more=more), Receiver().up()
    try:
        burnt = _burnt(platform, more, receiver, kills)
        late = wait_until_all_arrived(receiver, burnt.storm, 180)
        _climbed(lambda: _database(platform, server))
    finally:
        receiver.down()
        platforms.stop(platform, keep=True)
    stopped_at = datetime.now(UTC)
    with closing(_database(platform, server)) as database:
        lost, sensed = reckoning(burnt.storm, database), fire_faults(burnt.fire, platform.folder, database, stopped_at)
        ((findings, rescues),) = rows(database, "SELECT (SELECT count(*) FROM sensing_finding), (SELECT count(*) FROM alarms_rescue)")
    _told(name, burnt, [*lost, *late, *sensed], f"{findings:,} findings, {rescues} rescues")
    shutil.rmtree(platform.folder, ignore_errors=True)
    refused = sum(n for status, n in burnt.storm.statuses.items() if status >= 500)
    return all([
        verdict(f"{name}: processes killed", burnt.killed.total(), "kills", kills, at_most=False),
        verdict(f"{name}: reports lost, doubled, or without events or clocks", len(lost), "cases", 0, at_most=True),
        verdict(f"{name}: not told to the receiver, or out of order", len(late), "cases", 0, at_most=True),
        verdict(f"{name}: readings, findings, rescues and timers lost, doubled or wrong", len(sensed), "faults", 0, at_most=True),
        verdict(f"{name}: answers of 500 and above", refused, "answers", 0, at_most=True),
    ])  # fmt: skip


def _burnt(platform: Platform, more: Mapping[str, str], receiver: Receiver, kills: int) -> Burnt:
    seconds = kills * BETWEEN_S
    town = _town(platform, more, elders=int(seconds * 2), seconds=seconds)
    sessions: dict[str, str] = town.pop("sessions")
    administrator = Caller(platform.plan.port, sessions["administrator"])
    values = {"name": "示例·上级平台", "address": receiver.address, "topics": ["cases.case"], "account": "leader"}
    administrator.post(SUBSCRIBE, {"values": values, "why": "测量"})
    administrator.close()
    burnt = Burnt(platform, Storm(platform.plan.port, sessions), Fire(platform.plan.port, int(more["HEXI_MQTT_PORT"]), **town))
    chance = random.Random(11)
    burnt.storm.begin(writers=2)
    burnt.fire.begin()
    while burnt.killed.total() < kills:
        time.sleep(BETWEEN_S * chance.uniform(0.5, 1.5))
        burnt.killed.update([victim] if (victim := kill_one(platform.process.pid, chance)) else [])
    burnt.storm.end()
    burnt.fire.end()
    time.sleep(SETTLED_S)
    return burnt


def _town(platform: Platform, more: Mapping[str, str], elders: int, seconds: float) -> dict[str, Any]:
    words = [sys.executable, "-m", "tests.support.fire_town", str(elders), str(CLOCKS), str(seconds)]
    told = {**platforms.environment(platform.folder, demo=False), **more}
    return json.loads(subprocess.run(words, cwd=ROOT, env=told, capture_output=True, text=True, check=True).stdout)


def _climbed(database: Callable[[], Any]) -> None:
    """Nobody answers: wait until every ladder has come to its top."""
    end = time.monotonic() + LADDER_S
    while time.monotonic() < end:
        with closing(database()) as line:
            ((left,),) = rows(line, f"SELECT count(*) FROM alarms_rescue WHERE rung < {TOP}")
        if not left:
            return
        time.sleep(2)


def _told(name: str, burnt: Burnt, faults: list[str], found: str) -> None:
    for fault in faults[:10]:
        print("   ", fault[:400])
    storm, fire = burnt.storm, burnt.fire
    said = ", ".join(f"{words.removeprefix('hexi.site.')} {number}" for words, number in sorted(burnt.killed.items()))
    print(f"    {name}: killed {said}")
    print(f"    {name}: {len(storm.acknowledged)} reports acknowledged, {len(storm.accepted)} accepted, answers {dict(storm.statuses)}")
    print(f"    {name}: {len(fire.acknowledged):,} readings acknowledged, {len(fire.pressed)} presses, {found}, {CLOCKS} clocks; "
          f"{len(fire.spoiled)} keys not compared, whose readings were too long on their way")  # fmt: skip


def _database(platform: Platform, server: Postgres | None) -> Any:
    if server is None:
        return sqlite3.connect(platform.folder / "hexi.sqlite3", timeout=20)
    import psycopg

    return psycopg.connect(server.url("hexi"))


if __name__ == "__main__":
    sys.exit(main())
