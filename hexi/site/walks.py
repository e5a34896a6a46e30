"""The process that keeps the walking network: `python -m hexi.site.walks`."""

from __future__ import annotations

import signal
import sys
import threading
from types import FrameType

from hexi.site.lone import exit_code
from hexi.site.opening import open_rooms


def main() -> int:
    """Answer until SIGTERM or SIGINT."""
    open_rooms()
    stopped = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopped.set()

    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, stop)
    return exit_code(lambda: work(stopped))


def work(stopped: threading.Event) -> None:
    from hexi.core.space.api import serve_walks

    serve_walks(stopped)


if __name__ == "__main__":
    sys.exit(main())
