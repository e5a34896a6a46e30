"""The prompt lane killed outright while it raises alarms and climbs their ladders: alarms lost or doubled, timers that are gone."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import timedelta

from bench.alarm import SAMPLES
from bench.house import database, installation, verdict

KILLS, FINDINGS = 10, 400


def kills(*, postgresql: bool) -> int:
    """Every finding must become one rescue with one case and a timer, however often the lane dies on the way."""
    with database(postgresql=postgresql), installation(**SAMPLES):
        furnished()
        chance = random.Random(7)
        for _ in range(KILLS):
            lane = subprocess.Popen([sys.executable, "-m", "hexi.site.worker", "prompt"], env=os.environ)
            began = raised()
            until = time.monotonic() + 60
            while raised() <= began and time.monotonic() < until:
                time.sleep(0.05)
            time.sleep(chance.uniform(0, 0.4))
            lane.send_signal(signal.SIGKILL)
            lane.wait()
        print(f"      killed {KILLS} times, {raised()} of {FINDINGS} raised so far")
        lane = subprocess.Popen([sys.executable, "-m", "hexi.site.worker", "prompt"], env=os.environ)
        until = time.monotonic() + 240
        while raised() < FINDINGS and time.monotonic() < until:
            time.sleep(0.2)
        lane.send_signal(signal.SIGTERM)
        lane.wait()
        return 0 if judged("PostgreSQL" if postgresql else "SQLite") else 1


def furnished() -> None:
    """A street without any helper but one, and findings that nobody acted on yet."""
    from django.db import connections
    from django.utils import timezone

    from bench.alarm import call_command_tables
    from hexi.core.data.tests.conftest import COMMUNITY, DISTRICT, LEVELS, NAMES
    from hexi.core.data.tests.samples.models import Thing
    from hexi.core.sensing.models import Finding
    from hexi.core.space.models import Place
    from hexi.core.trust.models import Account, Post

    call_command_tables()
    now = timezone.now()
    for code, name in NAMES.items():
        Place.objects.create(code=code, level=LEVELS[len(code)], name=name, origin="fact", updated_at=now)
    Post.objects.create(account=Account.objects.create(username="centre", name="centre"), role="street_staff", place=DISTRICT)
    for number in range(FINDINGS):
        thing = Thing.objects.create(code=f"k{number}", title=f"k{number}", person="示例·老人", home=COMMUNITY)
        moment = now - timedelta(seconds=FINDINGS - number)
        Finding.objects.create(rule="button_pressed", key=f"samples.thing:{thing.pk}", moment=moment, since=moment, place=COMMUNITY)
    connections.close_all()


def raised() -> int:
    from django.db import connections

    from hexi.modules.alarms.models import Rescue

    count = Rescue.objects.count()
    connections.close_all()
    return count


def judged(name: str) -> bool:
    from hexi.core.sensing.models import Finding
    from hexi.modules.alarms.models import Rescue, RescueCall
    from hexi.modules.cases.models import Case

    rescues = list(Rescue.objects.values_list("subject", "case_id", "presses", "next_at"))
    faults = abs(FINDINGS - len({subject for subject, *_ in rescues})) + abs(len(rescues) - Case.objects.count())
    faults += sum(presses != 1 for _, _, presses, _ in rescues) + Finding.objects.filter(acted=False).count()
    timers = sum(next_at is None for *_, next_at in rescues)
    bare = Rescue.objects.exclude(pk__in=RescueCall.objects.values("rescue")).count()
    met = verdict(f"{name}: alarms lost or doubled", faults, "faults", 0, at_most=True)
    met &= verdict(f"{name}: rescues without a timer", timers, "rescues", 0, at_most=True)
    return verdict(f"{name}: rescues that called nobody", bare, "rescues", 0, at_most=True) and met
