"""The process that takes readings in: `python -m hexi.site.intake`. There is one for an installation; a second one says so and ends."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys

import django

from hexi.kernel.errors import HexiError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hexi.site.settings")
log = logging.getLogger(__name__)
AGAIN = 75
"""EX_TEMPFAIL of sysexits.h: the supervisor starts it again later, in case the other one is gone then."""


def main() -> int:
    """Take readings until SIGTERM or SIGINT."""
    django.setup()
    try:
        asyncio.run(work())
    except HexiError as error:
        log.error("%s / %s [%s]", error.what.zh, error.what.en, error.which)
        return AGAIN
    return 0


async def work() -> None:
    """The intake with the broker, if there is to be one."""
    from django.conf import settings

    from hexi.core.sensing.api import Intake, listening

    stopped = asyncio.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(each, stopped.set)
    await Intake().run(stopped, *((listening,) if settings.BROKER_ON else ()))


if __name__ == "__main__":
    sys.exit(main())
