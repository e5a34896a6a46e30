"""The process that keeps the walking network: `python -m hexi.site.walks`."""

from __future__ import annotations

import sys
from collections.abc import Callable

from hexi.site.lone import exit_code, until_told
from hexi.site.opening import open_rooms


def main() -> int:
    """Answer until SIGTERM or SIGINT."""
    open_rooms()
    stopped = until_told()
    return exit_code(lambda: work(stopped))


def work(stopped: Callable[[], bool]) -> None:
    from hexi.core.space.api import serve_walks

    serve_walks(stopped)


if __name__ == "__main__":
    sys.exit(main())
