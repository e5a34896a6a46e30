"""The process that takes readings in: `python -m hexi.site.intake`. There is one for an installation; a second one says so and ends."""

from __future__ import annotations

import asyncio
import signal
import sys

from hexi.site.lone import exit_code
from hexi.site.opening import open_rooms


def main() -> int:
    """Take readings until SIGTERM or SIGINT."""
    open_rooms()
    return exit_code(lambda: asyncio.run(work()))


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
