"""Who listens, and what each of them may hear."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from hexi.site.stream.judge import Allows, Judge
from hexi.site.stream.memory import Memory
from hexi.site.stream.notices import Notice

CHUNK = 200
RESET = b"id: %d\nevent: reset\ndata: {}\n\n"


@dataclass(eq=False, slots=True)
class Client:
    """One open stream: what it asked for, what it may hear, how far it has heard."""

    topics: frozenset[str]
    session: str
    allows: Allows
    position: int
    over: bool = False
    wake: asyncio.Event = field(default_factory=asyncio.Event)

    def end(self) -> None:
        """Close the stream at the next turn; the browser may come back and resume."""
        self.over = True
        self.wake.set()


class Hub:
    """The clients and the memory that they read. Lives in one event loop and never waits for a client."""

    def __init__(self, judge: Judge, memory: Memory | None = None) -> None:
        self.judge = judge
        self.memory = memory or Memory()
        self.clients: set[Client] = set()

    def tell(self, notices: Sequence[Notice]) -> None:
        """Take in the next notices and wake everybody."""
        self.memory.take(notices)
        for client in self.clients if notices else ():
            client.wake.set()

    async def next_for(self, client: Client) -> bytes:
        """What the client is to be sent now, moving its position; nothing when it has heard all that it may hear.

        A client that lags by more than the memory holds is told to ask for everything again.
        """
        if not self.memory.covers(client.position):
            client.position = self.memory.newest
            return RESET % client.position
        while found := self.memory.after(client.position, CHUNK):
            asked = [one for one in found if not client.topics or one.topic in client.topics]
            heard = await self.judge.heard(client.session, client.allows, asked) if asked else []
            client.position = found[-1].sequence
            if heard:
                return b"".join(one.wire for one in heard)
        return b""

    def sessions(self) -> set[str]:
        """The sessions of all signed-in clients."""
        return {client.session for client in self.clients if client.session}

    def set_rights(self, session: str, allows: Allows | None) -> None:
        """Give the clients of a session their new rights; none means that the session was ended."""
        for client in self.clients:
            if client.session == session:
                if allows is None:
                    client.end()
                else:
                    client.allows = allows

    def end_sessions(self, ended: set[str]) -> None:
        """Close the streams of sessions that were ended."""
        for client in self.clients:
            if client.session in ended:
                client.end()

    def end_all(self) -> None:
        """Close every stream: the process stops."""
        for client in self.clients:
            client.end()
