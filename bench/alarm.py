"""The alarm path: from the button to the screens that show who is called, and ten thousand calls up their ladders.

python -m bench.alarm latency                  SOS by MQTT: published -> case on the disk -> told by the stream; idle and beside readings
python -m bench.alarm first                    the very first SOS after a start, of several starts
python -m bench.alarm calls                    10,000 calls with a simulated clock: who was reached, and how soon
python -m bench.alarm kills                    the lane killed on the way: alarms lost, doubled, timers gone
"""

from __future__ import annotations

import argparse
import os
import re
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import orjson

from bench.house import free_port, installation, share, verdict
from bench.ingest import text

SAMPLES = {"DJANGO_SETTINGS_MODULE": "hexi.core.data.tests.settings"}
PEOPLE = 260
TOLD = re.compile(rb'"entity":"alarms.rescue","id":(\d+)')
LOADS = ((0, 25.0, 60.0), (1_000, None, 100.0), (10_000, None, 250.0))
"""Other readings a second, and the bars in ms for the median and the 99th percentile."""
FIRST_MS = 250.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("latency", "first", "calls", "kills"))
    parser.add_argument("--calls", type=int, default=10_000)
    parser.add_argument("--presses", type=int, default=80)
    parser.add_argument("--starts", type=int, default=5, help="with first: so many starts of the whole platform")
    parser.add_argument("--postgresql", action="store_true", help="on PostgreSQL instead of SQLite")
    asked = parser.parse_args()
    if asked.what == "latency":
        return latency(asked.presses, postgresql=asked.postgresql)
    if asked.what == "first":
        return firsts(asked.starts, postgresql=asked.postgresql)
    if asked.what == "kills":
        from bench.alarm_kills import kills

        return kills(postgresql=asked.postgresql)
    from bench.alarm_calls import calls

    return calls(asked.calls, postgresql=asked.postgresql)


@contextmanager
def installed(*, postgresql: bool) -> Iterator[list[int]]:
    """An installation that begins nothing yet; the ports of web, stream, broker and MQTT."""
    from bench.house import database

    ports = [free_port() for _ in range(4)]
    more = {"HEXI_NATS_PORT": str(ports[2]), "HEXI_MQTT_PORT": str(ports[3]), "HEXI_BROKER": "on", "HEXI_PORT": str(ports[0])}
    with database(postgresql=postgresql), installation(**SAMPLES, **more, HEXI_STREAM_PORT=str(ports[1])):
        yield ports


def firsts(starts: int, *, postgresql: bool) -> int:
    """The first press, and the one after it, of each start."""
    with installed(postgresql=postgresql) as ports:
        buttons, _, session = furnished()
        took, seen = list[float](), set[bytes]()
        for _ in range(starts):
            with platform(ports):
                took.append(first(ports, buttons.pop(), session, seen))
                first(ports, buttons.pop(), session, seen)
        return 0 if verdict("SOS -> told, the first after a start: slowest", max(took), "ms", FIRST_MS, at_most=True) else 1


def latency(presses: int, *, postgresql: bool) -> int:
    with installed(postgresql=postgresql) as ports:
        buttons, others, session = furnished()
        with platform(ports):
            met, seen = True, set[bytes]()  # of all: the ladders of earlier calls go on meanwhile
            first(ports, buttons.pop(), session, seen)
            for number, (rate, median, tail) in enumerate(LOADS):
                mine = buttons[number * presses : (number + 1) * presses]
                met &= measured(ports, mine, others, session, seen, (rate, median, tail))
        return 0 if met else 1


def first(ports: list[int], button: tuple[str, str], session: str, seen: set[bytes]) -> float:
    """The very first press after a start, when nothing has been asked of any process before; milliseconds until it was told.

    `seen` are the rescues that were told before.
    """
    line, pressed = listening(ports[1], session), Button(ports[3], button)
    time.sleep(0.5)
    began = time.perf_counter()
    pressed.send("button", 1)
    came = heard(line, seen, began + 20)
    line.close()
    pressed.line.close()
    took = (came - began) * 1000 if came else float("inf")
    print(f"      SOS -> told, by a connection of its own: {took:.0f} ms")
    return took


def furnished() -> tuple[list[tuple[str, str]], list[tuple[str, str]], str]:
    """People with a button each, other devices, a steward on duty, and the session of somebody at the desk: keys of all of them."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.db import connections
    from django.utils import timezone

    from hexi.core.data.parameters import Parameter
    from hexi.core.data.tests.conftest import COMMUNITY, DISTRICT, LEVELS, NAMES
    from hexi.core.data.tests.samples.models import Thing
    from hexi.core.sensing.devices.keys import digest, new_key
    from hexi.core.sensing.devices.models import Device
    from hexi.core.space.models import Place
    from hexi.core.trust.models import Account, Post
    from hexi.core.trust.sessions import SessionStore
    from hexi.modules.alarms.models import Duty

    call_command_tables()
    for code, name in NAMES.items():
        Place.objects.create(code=code, level=LEVELS[len(code)], name=name, origin="fact", updated_at=timezone.now())
    Parameter.objects.filter(key="readings_per_minute").update(value=100_000_000)
    day = timedelta(days=1)
    for name, role in (("steward", "grid_worker"), ("desk", "alarm_operator")):
        account = Account.objects.create_user(name, "bench-bench-bench", name=f"示例·{name}")
        Post.objects.create(account=account, role=role, place=DISTRICT)
    Duty.objects.create(account="steward", role="grid_worker", place=DISTRICT, starts_at=timezone.now() - day, ends_at=timezone.now() + day)
    keys = [new_key() for _ in range(PEOPLE + 8)]
    rows = list[Device]()
    for number, key in enumerate(keys):
        subject = ""
        if number < PEOPLE:
            thing = Thing.objects.create(code=f"b{number}", title=f"b{number}", person="示例·老人", home=COMMUNITY)
            subject = f"samples.thing:{thing.pk}"
        rows.append(Device.objects.create(name=f"b{number}", kind="other", state="active", key_digest=digest(key), subject=subject))
    store = SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(account.pk), "hexi.core.trust.backends.PostBackend"
    store[HASH_SESSION_KEY] = account.get_session_auth_hash()
    store.create()
    connections.close_all()
    pairs = [(row.code, key) for row, key in zip(rows, keys, strict=True)]
    return pairs[:PEOPLE], pairs[PEOPLE:], str(store.session_key)


def call_command_tables() -> None:
    """The samples' tables, which no migration makes."""
    from django.core.management import call_command

    call_command("migrate", run_syncdb=True, interactive=False, verbosity=0)


@contextmanager
def platform(ports: list[int]) -> Iterator[None]:
    """Every process of `hexi run`, without its demonstration."""
    from bench.ingest import ready
    from hexi.tools.processes.plan import Plan

    plan = Plan("127.0.0.1", ports[0], ports[1], workers=2, demo=False, broker=True)
    made = [subprocess.Popen(child.words, env={**os.environ, **child.environment}) for child in plan.children()]
    try:
        for _ in range(400):
            if ready(ports[0]):
                break
            time.sleep(0.1)
        time.sleep(4)  # the engine and the lanes load
        yield
    finally:
        for process in made:
            process.send_signal(signal.SIGTERM)
        for process in made:
            process.wait(20)


class Button:
    """A device with its own MQTT connection (3.1.1 by hand)."""

    def __init__(self, port: int, key: tuple[str, str]) -> None:
        code, secret = key
        self.code, self.number = code, 0
        self.line = socket.create_connection(("127.0.0.1", port))
        self.line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        body = b"\x00\x04MQTT\x04\xc2\x00\x3c" + b"".join(text(one) for one in (code, code, secret))
        self.line.sendall(b"\x10" + bytes([len(body) % 128 | 128, len(body) // 128] if len(body) > 127 else [len(body)]) + body)
        assert self.line.recv(4) == b"\x20\x02\x00\x00", "the broker lets it in"

    def send(self, kind: str, value: float) -> None:
        """One reading with QoS 1; the answer is read by whoever needs it."""
        self.number = self.number % 60_000 + 1
        said = text(f"hexi/readings/{self.code}/{kind}") + self.number.to_bytes(2, "big") + orjson.dumps({"value": value})
        self.line.sendall(b"\x32" + bytes([len(said) % 128 | 128, len(said) // 128] if len(said) > 127 else [len(said)]) + said)


def measured(  # noqa: PLR0917
    ports: list[int], buttons: list[tuple[str, str]], others: list[tuple[str, str]], session: str, seen: set[bytes], bar: object
) -> bool:
    """Press each button once, while others send; say how long it took until the stream told of the rescue."""
    rate, median, tail = bar  # type: ignore[misc]
    line = listening(ports[1], session)
    pressed = [Button(ports[3], key) for key in buttons]
    noise = subprocess.Popen([sys.executable, "-m", "bench.alarm_noise", str(ports[0]), str(rate), *others[0]]) if rate else None
    time.sleep(3 if rate else 0.5)
    found, lost = list[float](), 0
    for one in pressed:
        began = time.perf_counter()
        one.send("button", 1)
        came = heard(line, seen, began + 20)
        if came is None:
            lost += 1
        else:
            found.append((came - began) * 1000)
        time.sleep(0.13)
    if noise is not None:
        noise.terminate()
        noise.wait(10)
    line.close()
    for one in pressed:
        one.line.close()
    name = f"SOS -> told, {rate:,} other readings/s" if rate else "SOS -> told, idle"
    met = verdict(f"{name}: not told", lost, "calls", 0, at_most=True)
    p50, p90, p99 = (share(found, part) for part in (0.5, 0.9, 0.99))
    print(f"      p50 {p50:.1f}  p90 {p90:.1f}  p99 {p99:.1f}  max {max(found):.1f} ms, n={len(found)}")
    met &= committed(len(found))
    if median:
        met &= verdict(f"{name}, p50", share(found, 0.5), "ms", median, at_most=True)
    return verdict(f"{name}, p99", share(found, 0.99), "ms", tail, at_most=True) and met


def committed(told: int) -> bool:
    """What was told stands in the database: the case beside the rescue, each once."""
    from django.db import connections

    from hexi.modules.alarms.models import Rescue

    newest = list(Rescue.objects.order_by("-pk").values_list("subject", "case_id")[:told])
    connections.close_all()
    return verdict("of these in the database, once each, with a case", len(set(newest)), "rescues", told, at_most=False)


def listening(port: int, session: str) -> socket.socket:
    """An open stream of somebody at the desk."""
    line = socket.create_connection(("127.0.0.1", port))
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    line.sendall(f"GET /api/stream HTTP/1.1\r\nHost: localhost:{port}\r\nCookie: hexi_session={session}\r\n\r\n".encode())
    line.settimeout(2)
    assert b"200" in line.recv(65536).split(b"\r\n")[0]
    time.sleep(0.3)
    line.setblocking(False)
    drained(line)
    return line


def drained(line: socket.socket) -> bytes:
    found = b""
    try:
        while part := line.recv(65536):
            found += part
    except BlockingIOError:
        return found
    return found


def heard(line: socket.socket, seen: set[bytes], until: float) -> float | None:
    """When the stream told of a rescue that it had not told of before."""
    found = b""
    while (left := until - time.perf_counter()) > 0:
        ready, _, _ = select.select([line], [], [], left)
        now = time.perf_counter()
        found += drained(line) if ready else b""
        if fresh := set(TOLD.findall(found)) - seen:
            seen |= fresh
            return now
    return None


if __name__ == "__main__":
    sys.exit(main())
