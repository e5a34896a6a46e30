"""Other devices that send at a steady rate beside the alarms, in batches by HTTP as gateways do.

python -m bench.alarm_noise PORT RATE CODE KEY
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection

import orjson

PARTS = 10
"""So many batches a second."""


def main() -> None:
    port, rate, _, key = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]
    line = HTTPConnection("127.0.0.1", port)
    heads = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    each = rate // PARTS
    due = time.monotonic()
    while True:
        now = datetime.now(UTC)
        rows = [{"kind": "battery", "value": n % 100, "at": (now - timedelta(microseconds=n)).isoformat()} for n in range(each)]
        line.request("POST", "/api/readings", orjson.dumps(rows), heads)
        answer = line.getresponse()
        said = answer.read()
        if answer.status != 200:
            sys.exit(f"{answer.status}: {said[:300]!r}")
        due += 1 / PARTS
        time.sleep(max(0.0, due - time.monotonic()))


if __name__ == "__main__":
    main()
