"""What we use of nats-py, whose own types leave callbacks open."""

from collections.abc import Awaitable, Callable

from nats.aio.client import Client

async def connect(
    servers: str, *, user: str, password: str, allow_reconnect: bool = True, connect_timeout: int = 2,
    error_cb: Callable[[Exception], Awaitable[None]] | None = None,
) -> Client: ...
