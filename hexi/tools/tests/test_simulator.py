"""Simulated devices: the same for the same seed, by the way of real ones, and never behind a restart."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from hexi.core.sensing.api import Gadget
from hexi.kernel.catalogue import catalogue
from hexi.tools.simulator.driving import Driver
from hexi.tools.simulator.rhythm import HOUR, said

NOON = 1_770_000_000 // HOUR * HOUR
KINDS = ("button", "bed", "radar", "wristband", "door", "smoke")
FLEET = [Gadget(number, f"dsim{kind}{number:05d}", kind, f"key-{number}") for number, kind in enumerate(KINDS * 20)]


def test_the_same_seed_says_the_same_whatever_the_pieces() -> None:
    whole = said(FLEET, 1, NOON, NOON + HOUR)
    parts = [one for begin in range(NOON, NOON + HOUR, 700) for one in said(FLEET, 1, begin, min(begin + 700, NOON + HOUR))]
    assert Counter(json.dumps(one.body) for one in parts) == Counter(json.dumps(one.body) for one in whole)
    assert said(FLEET, 2, NOON, NOON + HOUR) != whole


def test_everything_is_of_a_declared_kind_marked_as_simulated_with_two_falls_an_hour() -> None:
    day = said(FLEET, 1, NOON, NOON + 24 * HOUR)
    assert all(one.body["simulated"] for one in day)
    assert {one.body["kind"] for one in day if not one.window} <= set(catalogue.reading_kinds)
    assert sum(one.window for one in day) == 48
    assert {one.body["signal"] for one in day if one.window} == {"acceleration", "height"}


def test_people_sleep_at_night_and_devices_have_faults() -> None:
    midnight = NOON // (24 * HOUR) * 24 * HOUR - 8 * HOUR
    beds = [one for one in said(FLEET, 1, midnight, midnight + 24 * HOUR) if one.body.get("kind") == "bed_occupied"]
    night, day = ([one.body["value"] for one in beds if lo <= (one.second - midnight) / HOUR < hi] for lo, hi in ((0, 5), (8, 12)))
    assert sum(night) / len(night) > 0.9 > 0.2 > sum(day) / len(day)
    words = said([Gadget(n, f"dsimbed{n:05d}", "bed", "k") for n in range(200)], 1, NOON, NOON + 12 * HOUR)
    assert any(one.twice for one in words), "some send everything twice"
    weak = [one.body["value"] for one in words if one.body["kind"] == "battery"]
    assert min(weak) < 10 <= max(weak)
    heard = {one.gadget.id for one in words}
    assert 0 < 200 - len(heard) < 10, "some are silent"


class Platform:
    """What a platform hears, and what it answers."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str, Any]] = []
        self.status = 200
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                if outer.status == 200:
                    outer.heard.append((self.path, self.headers["Authorization"], body))
                self.send_response(outer.status)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *_: Any) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()


@pytest.fixture
def platform() -> Iterator[Platform]:
    found = Platform()
    yield found
    found.server.shutdown()
    found.server.server_close()


def never() -> bool:
    return False


def test_each_device_sends_with_its_own_key_and_a_restart_goes_on_where_it_was(platform: Platform, tmp_path: Path) -> None:
    file = tmp_path / "simulator.json"
    first = Driver(FLEET, platform.server.server_port, file, since_s=HOUR, clock=lambda: NOON + HOUR)
    assert first.begun() == NOON
    assert first.step(NOON, NOON + HOUR // 2, never) == NOON + HOUR // 2
    first.hang_up()
    again = Driver(FLEET, platform.server.server_port, file, clock=lambda: NOON + HOUR)
    assert again.begun() == NOON + HOUR // 2
    again.step(again.begun(), NOON + HOUR, never)
    again.hang_up()
    heard = [one["at"] for path, _, body in platform.heard if path == "/api/readings" for one in body["readings"]]
    whole = said(FLEET, 1, NOON, NOON + HOUR)
    assert len(heard) == sum(1 + one.twice for one in whole if not one.window)
    assert sum(path == "/api/windows" for path, *_ in platform.heard) == 2
    own = {one.gadget.key: one.gadget.kind for one in whole}
    assert {key.removeprefix("Bearer ") for _, key, _ in platform.heard} == set(own)


def test_what_the_platform_could_not_take_is_sent_again(platform: Platform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hexi.tools.simulator.driving.PAUSE_S", 0.0)
    driver = Driver(FLEET, platform.server.server_port, tmp_path / "simulator.json", clock=lambda: NOON + HOUR)
    platform.status = 503
    assert driver.step(NOON, NOON + 600, never) == NOON
    platform.status = 200
    assert driver.step(NOON, NOON + 600, never) == NOON + 600
    driver.hang_up()
    assert platform.heard


def test_a_driver_ends_when_it_is_told_to(platform: Platform, tmp_path: Path) -> None:
    looks = iter((False, False, False))
    driver = Driver(FLEET, platform.server.server_port, tmp_path / "simulator.json", clock=lambda: NOON + HOUR)
    driver.run(lambda: next(looks, True))
    assert driver.connection is None
