"""Readings into the journal: batches by HTTP (JSON, Arrow) and single messages by MQTT QoS 1, until they are on the disk.

python -m bench.ingest                  web, intake and broker as `hexi run` starts them, the senders on the same cores
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection

import orjson
import pyarrow as pa

from bench.house import free_port, installation, verdict

BATCH, IN_FLIGHT = 10_000, 1_000
BODIES: list[bytes] = []
BEGIN = datetime.now(UTC) - timedelta(hours=12)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batches", type=int, default=200)
    parser.add_argument("--messages", type=int, default=200_000)
    parser.add_argument("--strict", action="store_true", help="the broker waits for the disk before it answers (HEXI_BROKER_STRICT=1)")
    asked = parser.parse_args()
    ports = [free_port() for _ in range(4)]
    more = {
        "HEXI_NATS_PORT": str(ports[2]),
        "HEXI_MQTT_PORT": str(ports[3]),
        "HEXI_BROKER": "on",
        "HEXI_BROKER_STRICT": "1" if asked.strict else "0",
    }
    with installation(**more):
        keys, processes = furnished(8), started(ports)
        try:
            return measured(asked, keys, ports)
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(10)


def measured(asked: argparse.Namespace, keys: list[tuple[str, str]], ports: list[int]) -> int:
    met, senders = True, 2
    for name, body, kind in (("JSON", json_batch, "application/json"), ("Arrow", arrow_batch, "application/vnd.apache.arrow.stream")):
        share = asked.batches // senders
        BODIES[:] = [body(n * BATCH) for n in range(share)]  # made before: what is measured is the platform
        before = journalled()
        seconds, acknowledged = timed(send_batches, [(keys[n], ports[0], kind) for n in range(senders)])
        assert journalled() - before == acknowledged == share * senders * BATCH, "what was answered with 200 is in the journal"
        met &= verdict(
            f"{name}, {BATCH:,} readings a request, {senders} senders", acknowledged / seconds, "readings/s", 100_000, at_most=False
        )
    before = journalled()
    begun = time.monotonic()
    answered, _ = timed(send_messages, [(keys[n + 2], ports[3], asked.messages // senders) for n in range(senders)])
    while journalled() - before < asked.messages:
        assert time.monotonic() - begun < 300, f"only {journalled() - before:,} of {asked.messages:,} came"
        time.sleep(0.05)
    stored = time.monotonic() - begun
    bar = 500 if asked.strict else 20_000
    met &= verdict("MQTT QoS 1, one reading a message: answered by the broker", asked.messages / answered, "messages/s", bar, at_most=False)
    met &= verdict("the same until the last one is in the journal", asked.messages / stored, "messages/s", bar, at_most=False)
    return 0 if met else 1


def timed(work: Callable[..., int], given: list[tuple[object, ...]]) -> tuple[float, int]:
    """All senders beside each other, each a process: seconds, and what they count together."""
    with multiprocessing.get_context("fork").Pool(len(given)) as pool:
        pool.map(time.sleep, [0.1] * len(given))
        begun = time.monotonic()
        done = pool.starmap(work, given, chunksize=1)
        return time.monotonic() - begun, sum(done)


def at(number: int) -> datetime:
    return BEGIN + timedelta(microseconds=number * 20)


def json_batch(begin: int) -> bytes:
    return orjson.dumps([{"kind": "battery", "value": n % 100, "at": at(n).isoformat()} for n in range(begin, begin + BATCH)])


def arrow_batch(begin: int) -> bytes:
    begin += 500_000_000
    moments = pa.array([at(n) for n in range(begin, begin + BATCH)], pa.timestamp("us", tz="UTC"))
    table = pa.table({"kind": ["battery"] * BATCH, "value": [float(n % 100) for n in range(BATCH)], "at": moments})
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue().to_pybytes()


def send_batches(key: tuple[str, str], port: int, kind: str) -> int:
    connection, done, heads = HTTPConnection("127.0.0.1", port), 0, {"Authorization": f"Bearer {key[1]}", "Content-Type": kind}
    for body in BODIES:
        connection.request("POST", "/api/readings", body, heads)
        answer = connection.getresponse()
        said = orjson.loads(answer.read())
        assert answer.status == 200, said
        done += said["stored"]
    return done


def send_messages(key: tuple[str, str], port: int, messages: int) -> int:
    """MQTT 3.1.1 by hand with 1,000 in flight: what is measured is the platform, not a client."""
    code, secret = key
    line = socket.create_connection(("127.0.0.1", port))
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    body = b"\x00\x04MQTT\x04\xc2\x00\x3c" + b"".join(text(one) for one in (code, code, secret))
    line.sendall(b"\x10" + bytes([len(body)]) + body)
    assert line.recv(4) == b"\x20\x02\x00\x00", "the broker lets it in"
    topic, sent, answered = text(f"hexi/readings/{code}/battery"), 0, 0
    while answered < messages * 4:
        part = bytearray()
        while sent < messages and sent - answered // 4 < IN_FLIGHT and len(part) < 32_000:
            said = topic + (sent % 65_000 + 1).to_bytes(2, "big") + orjson.dumps({"value": sent % 100, "at": at(sent).isoformat()})
            part += b"\x32" + bytes([len(said) % 128 | 128, len(said) // 128] if len(said) > 127 else [len(said)]) + said
            sent += 1
        line.sendall(part)
        answered += len(line.recv(65_536))
    line.close()
    return messages


def text(said: str) -> bytes:
    return len(said).to_bytes(2, "big") + said.encode()


def furnished(devices: int) -> list[tuple[str, str]]:
    """A database with active devices, none of them slowed down: their codes and keys."""
    from django.db import connections

    from hexi.core.data.parameters import Parameter
    from hexi.core.sensing.devices.keys import digest, new_key
    from hexi.core.sensing.devices.models import Device

    Parameter.objects.filter(key="readings_per_minute").update(value=100_000_000)
    keys = [new_key() for _ in range(devices)]
    rows = [Device.objects.create(name=f"bench {n}", kind="other", state="active", key_digest=digest(key)) for n, key in enumerate(keys)]
    connections.close_all()
    return [(row.code, key) for row, key in zip(rows, keys, strict=True)]


def started(ports: list[int]) -> list[subprocess.Popen[bytes]]:
    """Web, broker, intake; returns when all of them work."""
    from hexi.tools.processes.plan import Plan

    plan = Plan("127.0.0.1", ports[0], ports[1], workers=2, demo=False, broker=True)
    made = [subprocess.Popen(child.words, env={**os.environ, **child.environment}) for child in plan.only("web", "intake", "broker")]
    for _ in range(300):
        if ready(ports[0]):
            return made
        time.sleep(0.1)
    raise RuntimeError("The platform did not start.")


def ready(port: int) -> bool:
    from django.db import connection

    from hexi.core.sensing.devices.models import IntakeStatus

    here = IntakeStatus.objects.filter(broker="here").exists()
    connection.close()
    try:
        asked = HTTPConnection("127.0.0.1", port, timeout=1)
        asked.request("GET", "/api/session")
        return here and asked.getresponse().status == 200
    except OSError:
        return False


def journalled() -> int:
    from hexi.core.sensing.api import JournalReader, journal_folder, shard_count

    return sum(batch.num_rows for shard in range(shard_count()) for batch in JournalReader(journal_folder(shard)).read(2**40))


if __name__ == "__main__":
    sys.exit(main())
