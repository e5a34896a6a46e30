"""The wheel of clocks: many that fall due one after the other, each told within two seconds and once, across a kill in the middle.

    python -m bench.wheel [--clocks 100000] [--seconds 3600] [--database sqlite|postgresql]

The bar is 100,000 within an hour. By default three minutes of that rate are run; `--clocks 100000 --seconds 60` is sixty times as fast.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bench.house import installation, share, verdict

if TYPE_CHECKING:
    from hexi.tools.processes.child import Child

LATE_S = 2.0
LEAD_S = 6.0
LOOK_S = 0.1
CATCH_UP_S = 120.0
DOWN_S = 8.0
"""So long after the kill lateness counts apart: the process has to start again, and to catch up."""


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--clocks", type=int, default=5_000)
    parser.add_argument("--seconds", type=float, default=180.0)
    parser.add_argument("--database", choices=("sqlite", "postgresql"))
    options = parser.parse_args()
    if options.database is None:
        words = [sys.executable, "-m", "bench.wheel", "--clocks", str(options.clocks), "--seconds", str(options.seconds), "--database"]
        return max(subprocess.call([*words, name]) for name in ("sqlite", "postgresql"))
    with _database(options.database) as address, installation(DJANGO_SETTINGS_MODULE="hexi.core.data.tests.settings", **address):
        return 0 if _measured(options.database, options.clocks, options.seconds) else 1


@contextmanager
def _database(name: str) -> Iterator[dict[str, str]]:
    if name == "sqlite":
        yield {}
        return
    from tests.support.postgres import Postgres

    with Postgres.for_a_while("/var/tmp") as server:
        yield {"HEXI_DATABASE_URL": server.url("hexi")}


def _measured(name: str, clocks: int, seconds: float) -> bool:
    from hexi.core.trust.models import Event
    from hexi.modules.cases.models import CaseClock, Supervision

    begins = _wound(clocks, seconds)
    usual, around = _watched(begins, seconds)
    told = Supervision.objects.filter(rung="over")
    twice = told.count() - told.values("case").distinct().count()
    silent = clocks - told.values("case").distinct().count()
    events = Event.objects.filter(action="clock_over").count()
    late = f"half of the time {share(usual, 0.5):.2f} s, 99 % {share(usual, 0.99):.2f} s, worst {max(usual):.2f} s"
    print(f"    {name}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}: {clocks:,} clocks in {seconds:.0f} s")
    print(f"    ({clocks / seconds:,.0f} a second); the most overdue was late {late}; around the kill {max(around):.2f} s")
    return all([
        verdict(f"{name}: worst lateness", max(usual), "s", LATE_S, at_most=True),
        verdict(f"{name}: clocks that never spoke", silent, "clocks", 0, at_most=True),
        verdict(f"{name}: clocks that spoke twice", twice, "clocks", 0, at_most=True),
        verdict(f"{name}: events that differ from the clocks", abs(events - clocks), "events", 0, at_most=True),
        verdict(f"{name}: clocks left waiting", CaseClock.objects.filter(rung=1).count(), "clocks", 0, at_most=True),
    ])  # fmt: skip


def _wound(clocks: int, seconds: float) -> datetime:
    """Cases with one clock each, told once already, so that the next thing they say is that the time is over."""
    from django.db import transaction
    from django.utils import timezone

    from hexi.modules.cases.models import Case, CaseClock

    now, started = timezone.now(), time.monotonic()
    with transaction.atomic():
        lamp = {"kind": "lamp", "state": "accepted", "phase": "working", "title": "示例·路灯", "place": "120103001003", "opened_at": now}
        fresh = (Case(number=f"W{n}", **lamp) for n in range(clocks))
        Case.objects.bulk_create(fresh, batch_size=2000)
        begins = timezone.now() + timedelta(seconds=LEAD_S + (time.monotonic() - started) / 2)
        numbers = Case.objects.order_by("pk").values_list("pk", flat=True)
        dues = (begins + timedelta(seconds=seconds * n / clocks) for n in range(clocks))
        usual = {"key": "mending", "amount": 5, "unit": "working_days", "started_at": now - timedelta(days=7), "rung": 1}
        made = (CaseClock(case_id=pk, due_at=due, next_at=due, **usual) for pk, due in zip(numbers, dues, strict=True))
        CaseClock.objects.bulk_create(made, batch_size=2000)
    return begins


def _watched(begins: datetime, seconds: float) -> tuple[list[float], list[float]]:
    """How long the most overdue clock has waited, looked at again and again from outside: usually, and around the kill."""
    from hexi.tools.processes.child import Child

    child = Child("prompt", [sys.executable, "-m", "hexi.site.worker", "prompt"])
    child.start()
    usual, around, killed = list[float](), list[float](), 0.0
    try:
        end = time.monotonic() + (begins.timestamp() - time.time()) + seconds + 3
        middle = end - 3 - seconds / 2
        while time.monotonic() < end:
            if not killed and time.monotonic() > middle:
                killed = _killed(child)
            (around if killed and time.monotonic() < killed + DOWN_S else usual).append(_lateness())
            time.sleep(LOOK_S)
        while _lateness() and time.monotonic() < end + CATCH_UP_S:  # what is late shows as late; what never comes shows as lost
            time.sleep(LOOK_S)
    finally:
        child.end_group(signal.SIGTERM)
        child.stop(time.monotonic() + 8)
    return usual, around


def _killed(child: Child) -> float:
    child.end_group(signal.SIGKILL)
    if child.process is not None:
        child.process.wait()
    child.start()
    return time.monotonic()


def _lateness() -> float:
    from django.db.models import Min
    from django.utils import timezone

    from hexi.modules.cases.models import CaseClock

    oldest = CaseClock.objects.filter(rung=1, next_at__isnull=False).aggregate(oldest=Min("next_at"))["oldest"]
    return max(0.0, (timezone.now() - oldest).total_seconds()) if oldest else 0.0


if __name__ == "__main__":
    sys.exit(main())
