"""A stream without a network: the ASGI application itself, driven turn by turn, on the real tables."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pytest
from django.db import transaction

from hexi.core.trust.api import PLATFORM, Happening, record
from hexi.site.stream.app import Stream

T = TypeVar("T")
TASK = "projects.task"


def happen(*numbers: int, entity: str = TASK, **more: Any) -> None:
    """Write one event and one notice for each number, committed."""
    with transaction.atomic():
        record(PLATFORM, *(Happening("revise", entity, number, **more) for number in numbers))


@dataclass
class Listener:
    """One client: what it was sent, and a way to leave."""

    sent: list[dict[str, Any]] = field(default_factory=list)
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    slow: asyncio.Event | None = None
    task: asyncio.Task[None] | None = None

    async def receive(self) -> dict[str, Any]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: dict[str, Any]) -> None:
        if self.slow is not None and self.sent:  # it takes the head and nothing more
            await self.slow.wait()
        self.sent.append(message)

    @property
    def status(self) -> int:
        return self.sent[0]["status"]

    @property
    def headers(self) -> dict[str, str]:
        return {name.decode(): value.decode() for name, value in self.sent[0]["headers"]}

    @property
    def text(self) -> str:
        return b"".join(message.get("body", b"") for message in self.sent).decode()

    @property
    def ids(self) -> list[int]:
        """The sequences of the events that it got, without the opening line that says where it stands."""
        blocks = [block for block in self.text.split("\n\n") if "event: " in block and "event: reset" not in block]
        return [int(block.splitlines()[0].removeprefix("id: ")) for block in blocks]

    @property
    def ended(self) -> bool:
        return self.task is not None and self.task.done()


class Scene:
    """A stream process in miniature."""

    def __init__(self, limit: int = 50, kept: int | None = None) -> None:
        self.stream = Stream(limit)
        if kept is not None:
            self.stream.hub.memory.kept = kept
        self.listeners: list[Listener] = []

    async def join(
        self, topics: str = TASK, *, session: str = "", after: int | None = None, slow: bool = False, **headers: str
    ) -> Listener:
        sent = {"host": "localhost:8001", **headers}
        if session:
            sent["cookie"] = f"hexi_session={session}"
        if after is not None:
            sent["last-event-id"] = str(after)
        raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in sent.items()]
        scope = {"type": "http", "path": "/api/stream", "method": "GET", "query_string": f"topics={topics}".encode(), "headers": raw}
        listener = Listener(slow=asyncio.Event() if slow else None)
        listener.task = asyncio.create_task(self.stream(scope, listener.receive, listener.send))
        self.listeners.append(listener)
        await self.settle()
        return listener

    async def happen(self, *numbers: int, **more: Any) -> None:
        await self.stream.database.ask(lambda: happen(*numbers, **more))
        await self.turn()

    async def turn(self) -> None:
        await self.stream.relay.turn()
        await self.settle()

    async def settle(self) -> None:
        """Let everything that can go on go on: the database's thread answers, then the loop runs until it is idle."""
        for _ in range(3):
            await self.stream.database.ask(lambda: None)
            for _ in range(20):
                await asyncio.sleep(0)


@pytest.fixture
def scene(transactional_db: None) -> Callable[..., Any]:
    """`scene(play)` runs `await play(Scene())` and cleans up; keywords go to Scene."""

    def run(play: Callable[[Scene], Coroutine[Any, Any, T]], **how: Any) -> T:
        async def whole() -> T:
            stage = Scene(**how)
            await stage.stream.relay.start()
            try:
                return await play(stage)
            finally:
                for listener in stage.listeners:
                    if listener.task is not None:
                        listener.task.cancel()
                await asyncio.gather(*(one.task for one in stage.listeners if one.task), return_exceptions=True)
                stage.stream.database.close()

        return asyncio.run(whole())

    return run
