"""What a node of several refused is told to the intake by the node itself: its log lies on its own machine."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import orjson
from nats.errors import Error as NatsError

from hexi.core.sensing.broker.lines import as_intake
from hexi.core.sensing.broker.setup import LOG
from hexi.core.sensing.broker.violations import Violations

REFUSED = "hexi.refused"
"""No device may write there: each may write on its own readings' subject alone."""
PAUSE_S = 1.0


async def tell_refused(node: str, folder: Path, going_on: Callable[[], bool]) -> None:
    """As long as that is so: read the node's log and tell what stands in it. What nobody hears stays in the log."""
    log = Violations(folder / LOG)
    while going_on():
        try:
            await _told(node, log, going_on)
        except (OSError, NatsError, TimeoutError):
            await asyncio.sleep(PAUSE_S)  # the node is not ready yet, or just ended


async def _told(node: str, log: Violations, going_on: Callable[[], bool]) -> None:
    line = await as_intake(node)
    try:
        while going_on() and line.is_connected:
            for code, topic in await asyncio.to_thread(lambda: list(log.new())):
                await line.publish(REFUSED, orjson.dumps([code, topic]))
            await asyncio.sleep(PAUSE_S)
    finally:
        await line.close()
