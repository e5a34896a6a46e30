"""The broker killed and kept away for ten minutes under load: devices keep their readings in their own queues and bring them afterwards.

python -m bench.broker_away                  20 devices by MQTT (Eclipse Paho), 4 by HTTP, some who press their button meanwhile
python -m bench.broker_away --minutes 1 --postgresql
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bench.house import SCRATCH, database, free_port, share, verdict
from hexi.tools import house
from hexi.tools.processes.child import Child
from hexi.tools.processes.plan import Plan
from tests.support.fire import SMOKE, Hand, Line, Mark, reading
from tests.support.fire_faults import journalled
from tests.support.fire_town import Key
from tests.support.houses import with_key
from tests.support.lamps import SETTINGS

DEVICES, LINES, ELDERS, BEFORE_S = 20, 4, 12, 5.0
NOT_OUTGOING = (20_000, 32_000)
RATE = 5.0
"""Readings a second of each device."""


class Town:
    """A platform whose broker is taken away and brought back at will, and who may send to it."""

    def __init__(self, folder: Path) -> None:
        ports = [str(port) for port in (free_port(), free_port(), lasting_port(), lasting_port())]
        os.environ.update(
            HEXI_VAR=str(folder), HEXI_SECRET_KEY="bench", HEXI_LANG="en", HEXI_BROKER="on", DJANGO_SETTINGS_MODULE=SETTINGS,
            HEXI_NATS_PORT=ports[2], HEXI_MQTT_PORT=ports[3], HEXI_PORT=ports[0], HEXI_STREAM_PORT=ports[1],
        )  # fmt: skip
        house.open_house()
        self.folder, self.web, self.mqtt = folder, int(ports[0]), int(ports[3])
        with_key(folder)
        subprocess.run([sys.executable, "-m", "hexi.tools.command", "prepare", "--no-demo"], check=True, capture_output=True)
        told = [sys.executable, "-m", "tests.support.fire_town", str(ELDERS), "1", "1", str(DEVICES + LINES)]
        said = json.loads(subprocess.run(told, check=True, capture_output=True).stdout)
        self.senders: list[Key] = [(code, key, name) for code, key, name in said["senders"]]
        self.buttons: list[Key] = [(code, key, name) for code, key, name in said["buttons"]]
        plan = Plan("127.0.0.1", self.web, int(ports[1]), workers=2, demo=False, broker=True)
        self.broker = Child("broker", [sys.executable, "-m", "hexi.site.broker"], plan.environment())
        others = [name for name in plan.lanes() if name != "broker"]  # who keeps the lanes alive would bring it back at once
        self.children = [self.broker, *plan.only("web", "stream", *others)]

    @contextmanager
    def at_work(self) -> Iterator[None]:
        try:
            for child in self.children:
                child.start()
            until(lambda: Line(self.web, self.senders[0]).tried([reading(SMOKE, time.time_ns() // 1000)]) == 200)
            yield
        finally:
            for child in self.children:
                child.end_group(signal.SIGTERM)
            for child in self.children:
                child.stop(time.monotonic() + 8)


class Gateway:
    """Somebody who sends by HTTP all the while: the broker's absence is not to be felt there."""

    def __init__(self, town: Town, who: Key) -> None:
        self.line, self.name = Line(town.web, who), who[2]
        self.acknowledged, self.took, self.refused = set[Mark](), list[float](), 0
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self._send)
        self.thread.start()

    def _send(self) -> None:
        while not self.stopped.is_set():
            moment, begun = time.time_ns() // 1000, time.monotonic()
            if self.line.tried([reading(SMOKE, moment)]) == 200:
                self.acknowledged.add((self.name, SMOKE, moment))
            else:
                self.refused += 1
            self.took.append((time.monotonic() - begun) * 1000)
            time.sleep(1 / RATE)

    def end(self) -> None:
        self.stopped.set()
        self.thread.join()


def lasting_port() -> int:
    """A free port that no outgoing connection is given: a client that tries a port of those again and again one day meets itself there,
    and then it is taken when the broker comes back."""
    chance = random.Random()
    while True:
        port = chance.randrange(*NOT_OUTGOING)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--postgresql", action="store_true")
    asked = parser.parse_args()
    with database(postgresql=asked.postgresql), tempfile.TemporaryDirectory(prefix="hexi-bench-", dir=SCRATCH) as name:
        town = Town(Path(name))
        with town.at_work():
            return 0 if _measured(town, asked.minutes * 60) else 1


def _measured(town: Town, away_s: float) -> bool:
    hands = [(Hand(town.mqtt, who), who[2]) for who in town.senders[:DEVICES]]
    gateways = [Gateway(town, who) for who in town.senders[DEVICES:]]
    marks = _sent(hands, BEFORE_S)
    until(lambda: bool(_acknowledged(hands)))
    town.broker.end_group(signal.SIGKILL)
    town.broker.stop(time.monotonic())
    pressed = [(Hand(town.mqtt, who), who[2]) for who in town.buttons]
    for hand, _ in pressed:
        hand.publish("button", time.time_ns() // 1000)
    marks |= _sent(hands, away_s)
    waiting = sum(hand.published - len(hand.answered) for hand, _ in hands)
    town.broker.start()
    begun, taken = time.monotonic(), _acknowledged(hands)
    for hand, _ in [*hands, *pressed]:
        hand.drained(600)
    answered = time.monotonic() - begun
    until(lambda: len({one.key for one in journalled(town.folder) if one.kind == "button"}) == ELDERS)
    until(lambda: len(journalled(town.folder)) >= len(marks) + ELDERS, 600)
    for one in gateways:
        one.end()
    stored = time.monotonic() - begun
    for hand, _ in [*hands, *pressed]:
        hand.close()
    print(
        f"    away for {away_s:,.0f} s; {waiting:,} messages waited in {DEVICES} queues ({len(marks) - taken:,} of {len(marks):,} unanswered)"
    )
    print(f"    answered {answered:.1f} s after its return, in the journal {stored:.1f} s after it: {waiting / stored:,.0f} a second")
    return _judged(town, marks, gateways)


def _sent(hands: list[tuple[Hand, str]], seconds: float) -> set[Mark]:
    """Everybody publishes at their rate for so long, whether anybody listens or not."""
    marks, end, due = set[Mark](), time.monotonic() + seconds, time.monotonic()
    while time.monotonic() < end:
        for hand, name in hands:
            moment = time.time_ns() // 1000
            hand.publish(SMOKE, moment)
            marks.add((name, SMOKE, moment))
        due += 1 / RATE
        time.sleep(max(0.0, due - time.monotonic()))
    return marks


def _acknowledged(hands: list[tuple[Hand, str]]) -> int:
    return sum(len(hand.answered) for hand, _ in hands)


def _judged(town: Town, marks: set[Mark], gateways: list[Gateway]) -> bool:
    marks |= {mark for one in gateways for mark in one.acknowledged}
    came = [(one.key, one.kind, one.moment) for one in journalled(town.folder)]
    took = [one for gateway in gateways for one in gateway.took]
    until(lambda: _rescues() >= ELDERS)
    print(f"    by HTTP meanwhile: {len(took):,} requests, median {share(took, 0.5):.1f} ms, p99 {share(took, 0.99):.1f} ms")
    return all([
        verdict("readings lost", len(marks - set(came)), "readings", 0, at_most=True),
        verdict("readings stored twice", len(came) - len(set(came)), "readings", 0, at_most=True),
        verdict("refused by HTTP meanwhile", sum(one.refused for one in gateways), "readings", 0, at_most=True),
        verdict("presses of that time that became other than one rescue", abs(_rescues() - ELDERS), "presses", 0, at_most=True),
    ])  # fmt: skip


def _rescues() -> int:
    from django.db import connection

    from hexi.modules.alarms.models import Rescue

    found = Rescue.objects.count()
    connection.close()
    return found


def until(true: Callable[[], bool], longest_s: float = 90) -> None:
    """Wait until that is so."""
    end = time.monotonic() + longest_s
    while not true():
        if time.monotonic() > end:
            raise RuntimeError("It did not come true in time.")
        time.sleep(0.2)


if __name__ == "__main__":
    sys.exit(main())
