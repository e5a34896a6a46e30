"""The process that keeps the walking network: it answers on a socket in the file system, message after message."""

from __future__ import annotations

import logging
import socketserver
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.db import close_old_connections, connection
from django.utils import timezone

from hexi.core.space.walks.answers import answer_of
from hexi.core.space.walks.kept import KEPT
from hexi.kernel.errors import Invalid, Problem
from hexi.kernel.line import LENGTH, LONGEST, exactly

log = logging.getLogger(__name__)
LOOK_S = 0.1


class _Conversation(socketserver.BaseRequestHandler):
    """One thread of a web process: its questions, until it hangs up."""

    def handle(self) -> None:
        try:
            while True:
                (length,) = LENGTH.unpack(exactly(self.request, LENGTH.size))
                if length > LONGEST:
                    return
                content = answered(exactly(self.request, length))
                self.request.sendall(LENGTH.pack(len(content)) + content)
        except (EOFError, ConnectionError):
            return
        finally:
            connection.close()


class Service(socketserver.ThreadingUnixStreamServer):
    """Listens at `settings.WALKS`. A socket that a killed process left is taken over."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        path = Path(settings.WALKS)
        path.unlink(missing_ok=True)
        super().__init__(str(path), _Conversation)
        path.chmod(0o600)

    def run(self, stopped: Callable[[], bool]) -> None:
        """Answer until told to stop; the network of most questions is ready before the first of them."""
        threading.Thread(target=_warmed, daemon=True).start()
        threading.Thread(target=self.serve_forever, daemon=True).start()
        while not stopped():
            time.sleep(LOOK_S)
        self.shutdown()
        self.server_close()


def answered(content: bytes) -> bytes:
    """The answer to one message. A question that fails is answered too: the line must not break for it."""
    close_old_connections()
    try:
        ask, question = orjson.loads(content)
        return orjson.dumps({"answer": answer_of(ask)(**question)})
    except Invalid as refused:
        return orjson.dumps({"refused": [_plain(problem) for problem in refused.problems]})
    except Exception as fault:
        log.exception("a question about walks was not answered")
        return orjson.dumps({"fault": type(fault).__name__})


def _plain(problem: Problem) -> dict[str, Any]:
    return {"field": problem.field, "message": problem.message.as_dict(), "value": problem.value}


def _warmed() -> None:
    spot: dict[str, Any] = {"where": (0.0, 0.0), "to": (0.0, 0.0), "walker": "adult", "at": timezone.now().isoformat()}
    try:
        KEPT.footing("adult", timezone.now())
        answer_of("route")(**spot)
    except Exception:
        log.exception("the walking network could not be read; the first question tries again")
    finally:
        connection.close()
