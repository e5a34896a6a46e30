"""The process behind the small ones: `python -m hexi.tools.processes.lanes worker ledger …` loads the house once and forks each of them."""

from __future__ import annotations

import os
import sys

from hexi.site.opening import loading, open_rooms
from hexi.tools.processes.forked import Forked
from hexi.tools.processes.plan import lanes
from hexi.tools.processes.supervisor import FATAL, GRACE_S, Supervisor

SOONER_S = 1.0
"""Whoever keeps this process alive gives it as long as it gives its own: it must have ended them by then."""


def main() -> int:
    """Keep the lanes of these names alive until SIGTERM or SIGINT."""
    open_rooms()
    with loading():
        from hexi.core.sensing.api import load_columns

        load_columns()
    known = lanes(os.environ)
    children = [Forked(name, known[name]) for name in sys.argv[1:]]
    return FATAL if Supervisor(children, aloud=False, grace_s=GRACE_S - SOONER_S).run() else 0


if __name__ == "__main__":
    sys.exit(main())
