"""The worker process: `python -m hexi.site.worker`. It ends after the job at hand when it is told to stop."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from types import FrameType

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hexi.site.settings")


def main() -> int:
    """Work until SIGTERM or SIGINT. A second signal ends the job at hand too: its transaction is rolled back, it runs again later."""
    django.setup()
    from django.conf import settings

    from hexi.kernel.catalogue import catalogue
    from hexi.site.worker.alone import alone
    from hexi.site.worker.loop import Worker
    from hexi.site.worker.timetable import jobs_of
    from hexi.site.worker.upkeep import UPKEEP

    told: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        if told:
            sys.exit(0)
        told.append(number)

    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, stop)
    jobs = [*jobs_of(catalogue.rooms.values()), *(("site", job) for job in UPKEEP)]
    with alone(Path(settings.VAR), lambda: bool(told)) as only:
        if only:
            Worker(jobs, Path(settings.VAR) / "worker.json").work(lambda: bool(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
