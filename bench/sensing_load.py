"""100,000 devices, each with its own key, through the gateway: readings a second, waiting times, memory; every answer is on the disk.

python -m bench.sensing_load                 100,000 devices, 12 seconds
python -m bench.sensing_load --devices 2000
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from bench.house import installation, rss_mib, running, share, verdict
from bench.load import load

KIND, BATCH = "battery", 5000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--devices", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=12.0)
    parser.add_argument("--connections", type=int, default=8)
    given = parser.parse_args()
    with installation():
        begun = time.monotonic()
        keys = registered(given.devices)
        print(f"    {given.devices:,} devices registered in {time.monotonic() - begun:.1f} s")
        with running("web", "intake", "engine") as plan:
            _ready(plan.port, keys[0])
            result = load(plan.port, _asking(plan.port, keys), connections=given.connections, seconds=given.seconds)
            print(f"    {result.answers:,} readings of as many devices, {result.wrong} refused, web {rss_mib(plan.port):,.0f} MiB; "
                  f"median {share(result.delays, 0.5):.1f} ms, p99 {share(result.delays, 0.99):.1f} ms")  # fmt: skip
            met = verdict("devices that sent one reading each, a request each", result.per_second, "a second", 333, at_most=False)
            met &= verdict("refused", result.wrong, "readings", 0, at_most=True)
    return 0 if met else 1


def registered(number: int) -> list[str]:
    """So many devices in the register; their keys."""
    from hexi.core.sensing.devices.keys import digest
    from hexi.core.sensing.models import Device

    keys = [f"hexi_bench_{index:07d}" for index in range(number)]
    for begin in range(0, number, BATCH):
        rows = [_row(index, digest(keys[index])) for index in range(begin, min(begin + BATCH, number))]
        Device.objects.bulk_create([Device(**row) for row in rows])
    return keys


def _row(index: int, digested: str) -> dict[str, object]:
    code, name = f"dbench{index:07d}", f"bench {index}"
    return {"code": code, "name": name, "kind": "other", "state": "active", "key_digest": digested, "simulated": True}


def _asking(port: int, keys: list[str]) -> Callable[[int], bytes]:
    def ask(number: int) -> bytes:
        at = datetime.now(UTC).isoformat()
        body = json.dumps({"kind": KIND, "value": number % 100, "at": at, "simulated": True}).encode()
        head = [
            "POST /api/readings HTTP/1.1", f"Host: localhost:{port}", f"Authorization: Bearer {keys[number * 7919 % len(keys)]}",
            "Content-Type: application/json", f"Content-Length: {len(body)}", "", "",
        ]  # fmt: skip
        return "\r\n".join(head).encode() + body

    return ask


def _ready(port: int, key: str) -> None:
    """Wait until the intake takes a first reading."""
    for _ in _tries():
        if not load(port, _asking(port, [key]), connections=1, seconds=0.05).wrong:
            return
    raise RuntimeError("the intake did not answer")


def _tries() -> Iterator[int]:
    for number in range(100):
        yield number
        time.sleep(0.2)


if __name__ == "__main__":
    sys.exit(main())
