"""The ASGI application: one long answer per client, and nothing else."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any

from django.db import DatabaseError

from hexi.site.stream.database import Database
from hexi.site.stream.hub import Client, Hub
from hexi.site.stream.judge import Judge
from hexi.site.stream.relay import Relay
from hexi.site.stream.request import Asked, Refused, asked

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
log = logging.getLogger(__name__)

HEARTBEAT_S = 15.0
RETRY_MS = 2000
SLOW_S = 20.0
"""A client that takes nothing for so long is closed; it resumes where it was when it comes back."""


class Stream:
    """The application. The relay lives as long as the server's lifespan."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.database = Database()
        self.hub = Hub(Judge(self.database))
        self.relay = Relay(self.hub, self.database)

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http" and scope["path"] == "/health":
            await _say(send, 200, f"{len(self.hub.clients)} clients, newest notice {self.hub.memory.newest}")
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        await self.relay.start()
        running = asyncio.create_task(self.relay.run())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self.hub.end_all()
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        self.database.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        try:
            request = asked(scope)
            client = await self._admit(request)
        except Refused as refused:
            await _say(send, refused.status, refused.why, refused.origin)
        else:
            await self._serve(client, request, receive, send)

    async def _admit(self, request: Asked) -> Client:
        if len(self.hub.clients) >= self.limit:
            raise Refused(503, "All places on this stream are taken.", request.origin)
        try:
            session, allows = await self.relay.admit(request.session)
        except DatabaseError as error:
            log.exception("a client was turned away because its rights could not be read")
            raise Refused(503, "The stream cannot read the database now.", request.origin) from error
        return Client(request.topics, session, allows, self.hub.memory.newest)

    async def _serve(self, client: Client, request: Asked, receive: Receive, send: Send) -> None:
        self.hub.clients.add(client)
        watch = asyncio.create_task(_until_gone(client, receive))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": _headers(request.origin)})
            await _put(send, b"retry: %d\n\n" % RETRY_MS + _opening(client, request))
            while not client.over:
                client.wake.clear()
                await _put(send, await self.hub.next_for(client) or await _quiet(client))
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except TimeoutError:
            log.info("a client took nothing for %s s and was closed", SLOW_S)
        except DatabaseError:
            log.exception("a client was closed because its rights could not be read; it resumes when it comes back")
        finally:
            self.hub.clients.discard(client)
            watch.cancel()


def _opening(client: Client, request: Asked) -> bytes:
    """Tell a new client where it stands, so that it can resume even before its first event; set an old one where it was."""
    if request.after is None:
        return b"id: %d\n\n" % client.position
    client.position = request.after
    return b""


async def _quiet(client: Client) -> bytes:
    """Wait for news; after a while send a sign of life, which also finds out that the other end is gone."""
    try:
        async with asyncio.timeout(HEARTBEAT_S):
            await client.wake.wait()
    except TimeoutError:
        return b"event: beat\ndata: {}\n\n"
    return b""


async def _put(send: Send, body: bytes) -> None:
    if body:
        async with asyncio.timeout(SLOW_S):
            await send({"type": "http.response.body", "body": body, "more_body": True})


async def _until_gone(client: Client, receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    client.end()


def _headers(origin: str) -> list[tuple[bytes, bytes]]:
    return [
        (b"content-type", b"text/event-stream; charset=utf-8"), (b"cache-control", b"no-store"), (b"x-accel-buffering", b"no"),
        (b"x-content-type-options", b"nosniff"), (b"vary", b"origin, cookie"), *_readable_by(origin),
    ]  # fmt: skip


def _readable_by(origin: str) -> list[tuple[bytes, bytes]]:
    if not origin:
        return []
    return [(b"access-control-allow-origin", origin.encode("latin-1")), (b"access-control-allow-credentials", b"true")]


async def _say(send: Send, status: int, sentence: str, origin: str = "") -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store"), *_readable_by(origin)]
    if status == 503:
        headers.append((b"retry-after", b"10"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": sentence.encode()})
