"""The worker process of a lane: `python -m hexi.site.worker prompt`. It ends after the job at hand when it is told to stop."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from types import FrameType

from hexi.kernel.declare import LANES, Lane
from hexi.site.opening import open_rooms


def main() -> int:
    """Work until SIGTERM or SIGINT. A second signal ends the job at hand too: its transaction is rolled back, it runs again later."""
    open_rooms()
    from django.conf import settings

    from hexi.core.trust.api import Bell
    from hexi.kernel.catalogue import catalogue
    from hexi.site.worker.alone import alone, file_name, still_alone
    from hexi.site.worker.loop import LOOK_S, Worker
    from hexi.site.worker.timetable import jobs_of
    from hexi.site.worker.upkeep import UPKEEP

    told: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        if told:
            sys.exit(0)
        told.append(number)

    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, stop)
    lane, folder = _lane(), Path(settings.VAR)
    jobs = [(room, job) for room, job in (*jobs_of(catalogue.rooms.values()), *(("site", job) for job in UPKEEP)) if job.lane == lane]
    with alone(folder, lambda: bool(told), lane) as only:
        if only:
            file = folder / f"{file_name(lane)}.json"
            Worker(jobs, file, still_alone=lambda: still_alone(lane), look_s=LOOK_S[lane], bell=Bell(lane)).work(lambda: bool(told))
    return 0


def _lane() -> Lane:
    lane = sys.argv[1] if len(sys.argv) > 1 else "work"
    if lane not in LANES:
        sys.exit(f"There is no lane {lane!r}; choose from {', '.join(LANES)}.")
    return lane


if __name__ == "__main__":
    sys.exit(main())
