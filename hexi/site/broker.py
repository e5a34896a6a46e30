"""The broker's process: `python -m hexi.site.broker` writes its configuration and becomes it."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from pathlib import Path

from hexi.kernel.errors import HexiError
from hexi.site.opening import open_rooms

log = logging.getLogger(__name__)
UNAVAILABLE = 69
"""EX_UNAVAILABLE of sysexits.h: the supervisor tries again later, and the platform goes on without."""


def main() -> int:  # noqa: RET503 - the last line does not return
    """Returns only where there is no broker to become."""
    open_rooms()
    from hexi.core.sensing.api import broker_nodes, broker_program, written_broker

    program = broker_program()
    if program is None:
        log.error("nats-server is not installed: devices can send by HTTP only")
        return UNAVAILABLE
    try:
        configuration = written_broker()
    except HexiError as error:
        log.error("%s / %s [%s]: %s", error.what.zh, error.what.en, error.which, error.do.en if error.do else "")
        return UNAVAILABLE
    if len(broker_nodes()) > 1 and os.fork() == 0:
        return tell_while(os.getppid())
    os.execv(program, [program, "-c", str(configuration)])  # noqa: S606 - no shell is wanted


def tell_while(broker: int) -> int:
    """A process beside the node, until that ends: what the node refuses is told to the intake, which may be on another machine."""
    from django.conf import settings

    from hexi.core.sensing.api import own_broker_node, tell_refused

    asyncio.run(tell_refused(own_broker_node(), Path(settings.BROKER), lambda: os.getppid() == broker))
    return 0


if __name__ == "__main__":
    sys.exit(main())
