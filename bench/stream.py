"""1,000 signed-in browsers on one stream process: does every event arrive at every one of them, how soon, at what memory?

    python -m bench.stream [--clients 1000] [--events 60]

Every client is a real TCP connection with a session of its own; every event is a real action's notice, committed to the database.
The delay is from the commit to the client's socket. A tenth of the clients is cut off half-way and comes back.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bench.house import installation, rss_mib, running, share, verdict

TOPIC = "projects.task"
PAUSE_S = 0.25
PATIENCE_S = 30.0


@dataclass
class Client:
    """One browser. `seen` is when each event arrived."""

    session: str
    port: int
    seen: dict[int, float] = field(default_factory=dict)
    last: int = 0
    resets: int = 0
    twice: int = 0
    writer: asyncio.StreamWriter | None = None
    task: asyncio.Task[None] | None = None
    ready: asyncio.Event = field(default_factory=asyncio.Event)

    async def listen(self) -> None:
        reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        resume = f"Last-Event-ID: {self.last}\r\n" if self.last else ""
        head = (
            f"GET /api/stream?topics={TOPIC} HTTP/1.1\r\nHost: localhost:{self.port}\r\nCookie: hexi_session={self.session}\r\n{resume}\r\n"
        )
        self.writer.write(head.encode())
        number = 0
        async for line in reader:
            if line.startswith(b"id: "):
                number = int(line[4:])
                self.ready.set()
            elif line.startswith(b"event: beat"):
                number = 0
            elif line.startswith(b"event: reset"):
                self.resets += 1
            elif line.startswith(b"data: ") and number:
                self.twice += number in self.seen
                self.seen[number] = time.monotonic()
                self.last = number

    def start(self) -> None:
        self.task = asyncio.create_task(self.listen())

    async def leave(self) -> None:
        if self.writer is not None:
            self.writer.close()
        if self.task is not None:
            self.task.cancel()
            await asyncio.gather(self.task, return_exceptions=True)


def sessions(count: int) -> list[str]:
    """That many signed-in sessions, of a hundred people who all may read every project."""
    from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, get_user_model

    from hexi.core.trust.api import create_account
    from hexi.core.trust.sessions import SessionStore

    seals = {}
    for number in range(min(100, count)):
        account = get_user_model().objects.get(pk=create_account(f"reader{number}", f"示例{number}", "leader"))
        seals[account.pk] = account.get_session_auth_hash()
    keys = []
    for number in range(count):
        account_id = list(seals)[number % len(seals)]
        store = SessionStore()
        store[SESSION_KEY], store[HASH_SESSION_KEY] = str(account_id), seals[account_id]
        store.create()
        keys.append(str(store.session_key))
    return keys


def write_event(number: int) -> float:
    """One change, committed; the moment of its commit."""
    from django.db import transaction

    from hexi.core.trust.api import PLATFORM, Happening, record

    with transaction.atomic():
        record(PLATFORM, Happening("revise", TOPIC, number, version=1))
    return time.monotonic()


async def measure(port: int, keys: list[str], events: int) -> bool:
    before = rss_mib(port)
    clients = [Client(key, port) for key in keys]
    await connect(clients)
    committed: dict[int, float] = {}
    away = clients[::10]
    await happen(committed, 1, events // 3)
    await asyncio.gather(*(client.leave() for client in away))
    await happen(committed, events // 3 + 1, 2 * events // 3)
    for client in away:
        client.start()
    await happen(committed, 2 * events // 3 + 1, events)
    await wait_until(lambda: all(len(client.seen) >= events for client in clients))
    after = rss_mib(port)
    await asyncio.gather(*(client.leave() for client in clients))
    return told(clients, away, committed, (before, after))


async def connect(clients: list[Client]) -> None:
    started = time.monotonic()
    for start in range(0, len(clients), 50):
        group = clients[start : start + 50]
        for client in group:
            client.start()
        await asyncio.gather(*(asyncio.wait_for(client.ready.wait(), PATIENCE_S) for client in group))
    print(f"{len(clients)} clients connected in {time.monotonic() - started:.1f} s")


async def happen(committed: dict[int, float], first: int, last: int) -> None:
    for number in range(first, last + 1):
        committed[number] = await asyncio.to_thread(write_event, number)
        await asyncio.sleep(PAUSE_S)


async def wait_until(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline and not done():
        await asyncio.sleep(0.1)


def told(clients: list[Client], away: list[Client], committed: dict[int, float], memory: tuple[float, float]) -> bool:
    there = [client for client in clients if client not in away]
    delays = [(client.seen[number] - at) * 1000 for client in there for number, at in committed.items() if number in client.seen]
    lost = sum(len(committed) - len(client.seen) for client in clients)
    print(
        f"{len(clients)} clients, {len(committed)} events, {len(delays):,} deliveries measured; "
        f"{len(away)} clients were away for a third of the time"
    )
    print(f"memory of the stream process: {memory[0]:.0f} MiB without clients, {memory[1]:.0f} MiB with {len(clients)}")
    print(f"delay from commit: median {share(delays, 0.5):.0f} ms, p95 {share(delays, 0.95):.0f} ms")
    return all(
        [
            verdict("events that did not arrive", lost, "", 0, at_most=True),
            verdict("events that arrived twice", sum(client.twice for client in clients), "", 0, at_most=True),
            verdict("clients told to start over", sum(client.resets for client in clients), "", 0, at_most=True),
            verdict("p99 delay from commit to client", share(delays, 0.99), "ms", 1000, at_most=True),
            verdict("memory per 1,000 clients", (memory[1] - memory[0]) * 1000 / len(clients), "MiB", 200, at_most=True),
        ]
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--clients", type=int, default=1000)
    parser.add_argument("--events", type=int, default=60)
    options = parser.parse_args()
    with installation():
        keys = sessions(options.clients)
        with running("stream") as plan:
            met = asyncio.run(measure(plan.stream_port, keys, options.events))
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
