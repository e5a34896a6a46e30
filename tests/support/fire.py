"""Devices that go on sending while processes are killed: what was acknowledged must be stored once, found once, raised once, whoever died."""

from __future__ import annotations

import itertools
import json
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from random import Random
from typing import Any

import paho.mqtt.client as mqtt

from tests.support.fire_town import Key

SLOW_S = 0.8
"""A reading that took longer to come in may have been judged as absent: the rules of that key then say something else than the plain face."""
LIFE_S = 3.0
SMOKE, BEAT, BUTTON = "smoke", "beat", "button"
Mark = tuple[str, str, int]
"""The key of readings, their kind, and a moment in microseconds."""


@dataclass
class Fire:
    """Senders by MQTT and by HTTP, and elders who press. `acknowledged` is what the platform said it has."""

    web: int
    mqtt: int
    senders: Sequence[Key]
    lives: Sequence[Key]
    buttons: Sequence[Key]
    pause_s: float = 0.05
    between_presses_s: float = 0.5
    acknowledged: set[Mark] = field(default_factory=set[Mark])
    pressed: set[str] = field(default_factory=set[str])
    spoiled: set[str] = field(default_factory=set[str])
    refused: list[str] = field(default_factory=list[str])
    stopped: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list[threading.Thread])
    clock: itertools.count[int] = field(default_factory=itertools.count)

    def begin(self) -> None:
        half = len(self.senders) // 2
        works = [(self._by_mqtt, one) for one in self.senders[:half]] + [(self._by_http, one) for one in self.senders[half:]]
        works += [(self._beats, n) for n in range(2)] + [(self._presses, 0)]  # type: ignore[list-item]
        self.threads = [threading.Thread(target=work, args=(one,)) for work, one in works]
        for thread in self.threads:
            thread.start()

    def end(self) -> None:
        """Nobody begins anything new; whoever has something in hand insists until it is acknowledged."""
        self.stopped.set()
        for thread in self.threads:
            thread.join(120)
            assert not thread.is_alive(), "what a device had in hand was never acknowledged"

    def moment(self) -> int:
        """Now in microseconds, never the same twice."""
        return time.time_ns() // 1_000_000 * 1000 + next(self.clock) % 1000

    def _by_mqtt(self, who: Key) -> None:
        """Readings by QoS 1 into the client's own queue, whether the broker is there or not."""
        hand, waiting = Hand(self.mqtt, who), dict[int, Mark]()
        while not self.stopped.is_set():
            moment = self.moment()
            waiting[hand.publish(SMOKE, moment)] = (who[2], SMOKE, moment)
            time.sleep(self.pause_s)
        hand.drained()
        self.acknowledged |= {waiting[number] for number in hand.answered}
        hand.close()

    def _by_http(self, who: Key) -> None:
        """Batches, each sent again as it is until it is answered with 200."""
        line = Line(self.web, who)
        while not self.stopped.is_set():
            moments = [self.moment() for _ in range(3)]
            status = line.insist([reading(SMOKE, one) for one in moments])
            if status != 200:
                self.refused.append(f"{who[0]}: {status}")
            self.acknowledged |= {(who[2], SMOKE, one) for one in moments}
            time.sleep(self.pause_s)
        line.close()

    def _beats(self, number: int) -> None:
        """One device after the other lives for a while; then nothing more comes from it, which is found too."""
        chance, lives = Random(number), iter(self.lives[number::2])
        while not self.stopped.is_set():
            who = next(lives)
            line, until = Line(self.web, who), time.monotonic() + LIFE_S
            while time.monotonic() < until and not self.stopped.is_set():
                moment, begun = self.moment(), time.monotonic()
                if line.tried([reading(BEAT, moment, chance.randrange(10))]) == 200:
                    self.acknowledged.add((who[2], BEAT, moment))
                if time.monotonic() - begun > SLOW_S:
                    self.spoiled.add(who[2])
                time.sleep(self.pause_s * chance.random())
            line.close()

    def _presses(self, _: int) -> None:
        """Each elder presses once, from a device that connects for it and insists."""
        for who in self.buttons:
            if self.stopped.is_set():
                break
            hand, moment = Hand(self.mqtt, who), self.moment()
            hand.publish(BUTTON, moment)
            hand.drained()
            self.acknowledged.add((who[2], BUTTON, moment))
            self.pressed.add(who[2])
            hand.close()
            time.sleep(self.between_presses_s)


def reading(kind: str, moment: int, value: float = 1.0) -> dict[str, Any]:
    at = datetime.fromtimestamp(moment // 1_000_000, UTC).replace(microsecond=moment % 1_000_000)
    return {"kind": kind, "value": value, "at": at.isoformat()}


class Hand:
    """A client of Eclipse Paho with a queue of its own: what was published is sent, and sent again, until it is answered."""

    def __init__(self, port: int, who: Key) -> None:
        code, key, _ = who
        self.topic, self.answered, self.published = f"hexi/readings/{code}", set[int](), 0
        self.client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id=code)
        self.client.username_pw_set(code, key)
        self.client.reconnect_delay_set(0.2, 1)
        self.client.max_queued_messages_set(0)
        self.client.on_publish = self._answered
        self.client.connect_async("127.0.0.1", port, keepalive=15)
        self.client.loop_start()

    def _answered(self, _client: Any, _data: Any, number: int, reason: Any, _properties: Any) -> None:
        assert not reason.is_failure, reason
        self.answered.add(number)

    def publish(self, kind: str, moment: int) -> int:
        """The number under which its answer will come."""
        self.published += 1
        return self.client.publish(self.topic, json.dumps(reading(kind, moment)), qos=1).mid

    def drained(self, longest_s: float = 90) -> None:
        """Wait until everything was answered."""
        end = time.monotonic() + longest_s
        while len(self.answered) < self.published and time.monotonic() < end:
            time.sleep(0.02)
        assert len(self.answered) == self.published, f"{self.topic}: {self.published - len(self.answered)} were never answered"

    def close(self) -> None:
        self.client.disconnect()
        self.client.loop_stop()


class Line:
    """A device's connection to the gateway."""

    def __init__(self, port: int, who: Key) -> None:
        self.port, self.heads = port, {"Authorization": f"Bearer {who[1]}", "Content-Type": "application/json"}
        self.connection: HTTPConnection | None = None

    def tried(self, readings: Sequence[Any]) -> int:
        """How it was answered; 0 where nobody answered."""
        connection = self.connection = self.connection or HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("POST", "/api/readings", json.dumps(readings), {**self.heads, "Host": f"localhost:{self.port}"})
            answer = connection.getresponse()
            answer.read()
        except (OSError, HTTPException):
            self.close()
            return 0
        return answer.status

    def insist(self, readings: Sequence[Any], longest_s: float = 90) -> int:
        """The same again while nobody answers or the platform says that it cannot now."""
        end = time.monotonic() + longest_s
        while (status := self.tried(readings)) in {0, 503} and time.monotonic() < end:
            time.sleep(0.1)
        return status

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None
