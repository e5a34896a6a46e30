"""Waiting for a sign that may not come."""

from __future__ import annotations

import asyncio


async def comes(sign: asyncio.Event, within_s: float) -> bool:
    """Whether the sign comes within so many seconds.

    Whoever waits may be cancelled in the very moment in which the sign comes: then they end. `asyncio.wait_for` of Python 3.11 would
    give them the sign and forget that they should end (bpo-37658), and a process that waits for them would wait for ever.
    """
    try:
        async with asyncio.timeout(within_s):
            await sign.wait()
    except TimeoutError:
        return False
    return True
