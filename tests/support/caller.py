"""Somebody who calls the API of a running platform over a connection of their own, and calls again when it breaks."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any

TOKEN = "0123456789abcdefghijklmnopqrstuv"  # our own page's token: cookie and header have to agree, no more


@dataclass
class Caller:
    """`session` empty is the public. `statuses` keeps how every call was answered."""

    port: int
    session: str = ""
    statuses: list[int] = field(default_factory=list[int])
    connection: HTTPConnection | None = None

    def call(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """One answer. Raises OSError or HTTPException when the other end is gone; the next call connects anew."""
        connection = self.connection = self.connection or HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {
            "Host": f"localhost:{self.port}", "Content-Type": "application/json", "X-CSRFToken": TOKEN,
            "Cookie": f"csrftoken={TOKEN}" + (f"; hexi_session={self.session}" if self.session else ""),
        }  # fmt: skip
        try:
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            answer = connection.getresponse()
            said = answer.read()
        except (OSError, HTTPException):
            self.close()
            raise
        self.statuses.append(answer.status)
        return answer.status, json.loads(said) if said else None

    def post(self, path: str, body: Any) -> tuple[int, Any]:
        return self.call("POST", path, body)

    def get(self, path: str) -> Any:
        status, said = self.call("GET", path)
        assert status == 200, (path, status, said)
        return said

    def insist(self, path: str, body: Any, seconds: float = 60.0) -> tuple[int, Any]:
        """Send it until something answers, as a phone with a client_id does."""
        end = time.monotonic() + seconds
        while True:
            try:
                return self.post(path, body)
            except (OSError, HTTPException):
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)

    def act(self, entity: str, number: int, action: str, /, *, why: str = "", tries: int = 60, **values: Any) -> tuple[int, Any]:
        """Take a step with the version that was last told: a refusal says the present one, and it is tried again with that."""
        version = self.get(f"/api/records/{entity}/{number}")["version"]
        for _ in range(tries):
            status, said = self.post(f"/api/records/{entity}/{number}/actions/{action}", {"values": values, "version": version, "why": why})
            if status != 409 or "present" not in said:
                return status, said
            version = said["present"]["version"]
        raise AssertionError(f"{action} on {entity} {number} was refused {tries} times")

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None
