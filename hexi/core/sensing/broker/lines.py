"""A line to a node, for those who know its passwords."""

from __future__ import annotations

from typing import Any

import nats
from django.conf import settings
from nats.aio.client import Client

from hexi.core.sensing.broker.nodes import trust
from hexi.core.sensing.broker.setup import shared


async def as_intake(node: str) -> Client:
    """In the account of the readings. Raises OSError, nats.errors.Error or TimeoutError where the node is not there."""
    return await _opened(node, "intake", shared().intake)


async def as_system(node: str) -> Client:
    """In the account that sees connections. Raises the same."""
    return await _opened(node, "system", shared().system)


async def _opened(node: str, user: str, password: str) -> Client:
    trusted = trust()
    at = f"{'tls' if trusted else 'nats'}://{node}:{settings.BROKER_PORT}"
    how: dict[str, Any] = {"tls": trusted, "tls_handshake_first": True} if trusted else {}
    return await nats.connect(at, user=user, password=password, allow_reconnect=False, connect_timeout=2, error_cb=_quiet, **how)


async def _quiet(_fault: Exception) -> None:
    """What ends the connection ends the listener, which says so once."""
