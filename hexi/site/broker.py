"""The broker's process: `python -m hexi.site.broker` writes its configuration and becomes it."""

from __future__ import annotations

import logging
import os
import sys

from hexi.kernel.errors import HexiError
from hexi.site.opening import open_rooms

log = logging.getLogger(__name__)
UNAVAILABLE = 69
"""EX_UNAVAILABLE of sysexits.h: the supervisor tries again later, and the platform goes on without."""


def main() -> int:  # noqa: RET503 - the last line does not return
    """Returns only where there is no broker to become."""
    open_rooms()
    from hexi.core.sensing.api import broker_program, written_broker

    program = broker_program()
    if program is None:
        log.error("nats-server is not installed: devices can send by HTTP only")
        return UNAVAILABLE
    try:
        configuration = written_broker()
    except HexiError as error:
        log.error("%s / %s [%s]: %s", error.what.zh, error.what.en, error.which, error.do.en if error.do else "")
        return UNAVAILABLE
    os.execv(program, [program, "-c", str(configuration)])  # noqa: S606 - no shell is wanted


if __name__ == "__main__":
    sys.exit(main())
