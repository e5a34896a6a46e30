"""The relay: the loop that numbers new notices, reads them and tells the hub, and that drops ended sessions."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from django.db import DatabaseError

from hexi.core.trust import api as trust
from hexi.core.trust.api import Bell
from hexi.kernel.waiting import comes
from hexi.site.stream.database import Database
from hexi.site.stream.hub import Hub
from hexi.site.stream.judge import Allows
from hexi.site.stream.notices import latest_notices, notices_after

log = logging.getLogger(__name__)

LOOK_S, BELL = 0.2, "stream"
SESSIONS_S = 3.0
RIGHTS_S = 60.0
LONGEST_PAUSE_S = 5.0


class Relay:
    """Runs until it is cancelled. A database that does not answer is asked again, after growing pauses."""

    def __init__(self, hub: Hub, database: Database) -> None:
        self.hub = hub
        self.ask = database.ask
        self.rung = asyncio.Event()

    async def admit(self, session: str) -> tuple[str, Allows]:
        """The session with what its holder may hear. An ended session is nobody's: its browser hears what the public hears."""
        if session and (allows := await self.ask(trust.stream_filter, session)):
            return session, allows
        public = await self.ask(trust.stream_filter, "")
        assert public is not None
        return "", public

    async def start(self) -> None:
        """Fill the memory with what is there already: clients of the time before the restart resume from it."""
        await self.ask(trust.give_sequence)
        self.hub.memory.take(await self.ask(latest_notices, self.hub.memory.kept))

    async def run(self) -> None:
        """Number, read and tell, for ever: after each pause, and at once when the bell is rung."""
        bell = Bell(BELL)
        asyncio.get_running_loop().add_reader(bell.number, lambda: (bell.hush(), self.rung.set()))
        await asyncio.gather(_every(LOOK_S, self.turn, self.rung), _every(SESSIONS_S, self.drop_ended), _every(RIGHTS_S, self.renew_rights))

    async def turn(self) -> None:
        """One look at the table."""
        await self.ask(trust.give_sequence)
        while found := await self.ask(notices_after, self.hub.memory.newest):
            self.hub.tell(found)

    async def drop_ended(self) -> None:
        """Close the streams of sessions that were ended since the last look."""
        if sessions := self.hub.sessions():
            self.hub.end_sessions(sessions - await self.ask(trust.sessions_alive, sessions))

    async def renew_rights(self) -> None:
        """Posts come and go while a stream is open: compile anew what each session may hear."""
        for session in self.hub.sessions():
            allows = await self.ask(trust.stream_filter, session)
            self.hub.set_rights(session, allows)


async def _every(pause_s: float, work: Callable[[], Awaitable[None]], rung: asyncio.Event | None = None) -> None:
    wait_s, rung = pause_s, rung or asyncio.Event()
    while True:
        rung.clear()
        try:
            await work()
            wait_s = pause_s
        except DatabaseError:
            wait_s = min(max(wait_s, 0.5) * 2, LONGEST_PAUSE_S)
            log.exception("the stream cannot read the database; it tries again in %.1f s", wait_s)
        await comes(rung, wait_s)
