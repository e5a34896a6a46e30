from datetime import datetime

class Metadata:
    timestamp: datetime

class Msg:
    subject: str
    reply: str
    data: bytes
    headers: dict[str, str] | None
    metadata: Metadata
    async def respond(self, data: bytes) -> None: ...
    async def ack(self) -> None: ...
