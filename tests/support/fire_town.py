"""The town of `lamps` with devices, elders who have a button, and clocks that come due.

`python -m tests.support.fire_town ELDERS CLOCKS SECONDS [SENDERS]`.

It runs in a process of its own with the platform's environment and prints who may send, as JSON.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime, timedelta
from typing import Any

from tests.support.lamps import COMMUNITY, DISTRICT, found_town

SENDERS, LIVES = 8, 400
STEWARDS = ("steward1", "steward2")
Key = tuple[str, str, str]
"""A device's code, its key, and the key of its readings."""


def furnished(elders: int, clocks: int, seconds: float, senders: int) -> dict[str, Any]:
    """`clocks` of cases come due one after the other within so many seconds from now."""
    from django.core.management import call_command
    from django.utils import timezone

    call_command("migrate", run_syncdb=True, interactive=False, verbosity=0)  # the samples' tables, which no migration makes
    sessions, now = found_town(), timezone.now()
    _stewards(now)
    _wound(clocks, seconds, now)
    subjects = _elders(elders)
    return {
        "sessions": sessions, "senders": _devices([""] * senders), "lives": _devices([""] * LIVES), "buttons": _devices(subjects),
    }  # fmt: skip


def _stewards(now: datetime) -> None:
    """Two who are on duty and never answer, and somebody at the centre: so every call climbs the whole ladder."""
    from hexi.core.trust.models import Account, Post
    from hexi.modules.alarms.models import Duty

    day = timedelta(days=1)
    for name, role in (*((one, "grid_worker") for one in STEWARDS), ("centre", "street_staff")):
        account = Account.objects.create(username=name, name=f"示例·{name}", password="!")
        Post.objects.create(account=account, role=role, place=DISTRICT)
        if role == "grid_worker":
            Duty.objects.create(account=name, role=role, place=DISTRICT, starts_at=now - day, ends_at=now + day)


def _elders(number: int) -> list[str]:
    from hexi.core.data.tests.samples.models import Thing

    rows = [Thing.objects.create(code=f"f{n}", title=f"f{n}", person="示例·老人", home=COMMUNITY) for n in range(number)]
    return [f"samples.thing:{row.pk}" for row in rows]


def _devices(subjects: list[str]) -> list[Key]:
    from hexi.core.sensing.devices.keys import digest, new_key
    from hexi.core.sensing.models import Device

    found = list[Key]()
    for subject in subjects:
        key = new_key()
        row = Device.objects.create(name="示例", kind="other", state="active", key_digest=digest(key), subject=subject, simulated=True)
        found.append((row.code, key, row.reading_key))
    return found


def _wound(clocks: int, seconds: float, now: datetime) -> None:
    """Cases with one clock each, told once already: the next thing that they say is that the time is over."""
    from hexi.modules.cases.models import Case, CaseClock

    lamp = {"kind": "lamp", "state": "accepted", "phase": "working", "title": "示例·路灯", "place": COMMUNITY, "opened_at": now}
    cases = [Case.objects.create(number=f"F{n}", **lamp) for n in range(clocks)]
    usual = {"key": "mending", "amount": 5, "unit": "working_days", "started_at": now - timedelta(days=7), "rung": 1}
    for n, case in enumerate(cases):
        due = now + timedelta(seconds=seconds * n / clocks)
        CaseClock.objects.create(case=case, due_at=due, next_at=due, **usual)


if __name__ == "__main__":
    from hexi.tools.house import open_house

    open_house()
    senders = int(sys.argv[4]) if len(sys.argv) > 4 else SENDERS
    json.dump(furnished(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), senders), sys.stdout)
