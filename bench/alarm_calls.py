"""Ten thousand calls for help with a simulated clock, through the real ladder and database: who was reached, and how soon.

Who is called answers, declines or says nothing, each after a while; nights are thinly staffed and some hours have nobody on the roster.
These habits are ours, to exercise every rung; they say nothing about a district's people.
"""

from __future__ import annotations

import heapq
import itertools
import logging
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.alarm import SAMPLES
from bench.house import database, installation, share, verdict

BEGIN = datetime(2026, 3, 2, tzinfo=UTC)
DAYS, STEWARDS, WORKERS = 14, 30, 8
ANSWERS, DECLINES = 0.62, 0.13
"""Of those called; the rest say nothing."""
DELAY_S, LATEST_S = 25.0, 600.0
Event = tuple[datetime, int, Callable[[], None]]


def calls(count: int, *, postgresql: bool) -> int:
    with database(postgresql=postgresql), installation(**SAMPLES):
        return 0 if simulated(count, "PostgreSQL" if postgresql else "SQLite") else 1


@dataclass
class Simulation:
    """The moment that the platform believes, and what will happen, in its order."""

    now: datetime = BEGIN
    chance: random.Random = field(default_factory=lambda: random.Random(20260302))
    numbers: Iterator[int] = field(default_factory=itertools.count)
    waiting: list[Event] = field(default_factory=list[Event])

    def at(self, moment: datetime, work: Callable[[], None]) -> None:
        heapq.heappush(self.waiting, (moment, next(self.numbers), work))

    def run(self) -> None:
        while self.waiting:
            self.now, _, work = heapq.heappop(self.waiting)
            work()


@contextmanager
def clock_of(simulation: Simulation) -> Iterator[None]:
    """Django's clock is the simulation's."""
    from django.utils import timezone

    real = timezone.now
    timezone.now = lambda: simulation.now  # type: ignore[assignment]
    try:
        yield
    finally:
        timezone.now = real


def simulated(count: int, name: str) -> bool:
    """Every call, raised at a moment of its own; then what became of them."""
    logging.getLogger("hexi.core.space").setLevel(logging.ERROR)  # nobody keeps a network here: helpers are told by the straight line
    simulation = Simulation()
    with clock_of(simulation):
        subjects = furnished(count, simulation)
        people = People(simulation)
        for subject in subjects:
            simulation.at(BEGIN + timedelta(days=DAYS) * simulation.chance.random(), people.presser(subject))
        began, cpu = time.monotonic(), time.process_time()
        simulation.run()
        cost = (time.process_time() - cpu) / count * 1000
        print(f"      {name}: {count:,} calls in {time.monotonic() - began:.0f} s, {cost:.1f} ms CPU each")
    return told(count, name)


@dataclass
class People:
    """Those who press, and those who are called."""

    simulation: Simulation
    seen: set[int] = field(default_factory=set[int])

    def presser(self, subject: str) -> Callable[[], None]:
        from hexi.modules.alarms.raising import Raised, raise_alarm

        def press() -> None:
            self._follow(raise_alarm(Raised("sos", subject)).pk)

        return press

    def _follow(self, rescue: int) -> None:
        """Let everybody who was called just now react, and the ladder's timer go off."""
        from hexi.modules.alarms.models import Rescue, RescueCall

        for number in RescueCall.objects.filter(rescue=rescue, state="told").values_list("pk", flat=True):
            if number not in self.seen:
                self.seen.add(number)
                self._reacts(rescue, number)
        due = Rescue.objects.values_list("next_at", flat=True).get(pk=rescue)
        if due is not None:
            self.simulation.at(due, lambda: self._timer(rescue, due))

    def _timer(self, rescue: int, due: datetime) -> None:
        from hexi.modules.alarms.calling import escalate
        from hexi.modules.alarms.models import Rescue

        row = Rescue.objects.get(pk=rescue)
        if row.next_at != due:
            return
        escalate()
        if (self.simulation.now - (row.raised_at or BEGIN)) < timedelta(hours=1):
            self._follow(rescue)
        else:  # nobody was ever reached, and the last rung rings on: one hour of it shows that
            Rescue.objects.filter(pk=rescue).update(next_at=None)

    def _reacts(self, rescue: int, number: int) -> None:
        chance = self.simulation.chance
        drawn, delay = chance.random(), min(chance.lognormvariate(0, 0.9) * DELAY_S, LATEST_S)
        if drawn < ANSWERS + DECLINES:
            self.simulation.at(self.simulation.now + timedelta(seconds=delay), lambda: self._says(rescue, number, comes=drawn < ANSWERS))

    def _says(self, rescue: int, number: int, *, comes: bool) -> None:
        from hexi.core.trust.api import PLATFORM
        from hexi.modules.alarms.answering import answer, decline
        from hexi.modules.alarms.models import RescueCall

        call = RescueCall.objects.get(pk=number)
        if call.state != "told":
            return
        if comes:
            minutes = max(1, round((call.walk_s or 420) / 60))
            answer(PLATFORM, number, minutes)
            walks = timedelta(minutes=minutes) * self.simulation.chance.uniform(0.8, 1.5)
            self.simulation.at(self.simulation.now + walks, lambda: self._arrives(number))
        else:
            decline(PLATFORM, number, "在另一户")
        self._follow(rescue)

    def _arrives(self, number: int) -> None:
        from hexi.core.trust.api import PLATFORM
        from hexi.modules.alarms.answering import arrive
        from hexi.modules.alarms.models import RescueCall

        if RescueCall.objects.get(pk=number).state == "coming":
            arrive(PLATFORM, number, "7K3Q")


def furnished(count: int, simulation: Simulation) -> list[str]:
    """People with homes, helpers with turns: by day many, by night few, and some nights nobody."""
    from django.db import connections
    from django.utils import timezone

    from bench.alarm import call_command_tables
    from hexi.core.data.tests.conftest import COMMUNITY, DISTRICT, LEVELS, NAMES, STREET
    from hexi.core.data.tests.samples.models import Thing
    from hexi.core.space.models import Place
    from hexi.core.trust.models import Account, Post
    from hexi.modules.alarms.models import Duty

    call_command_tables()
    for code, name in NAMES.items():
        Place.objects.create(code=code, level=LEVELS[len(code)], name=name, lon=117.2, lat=39.1, origin="fact", updated_at=timezone.now())
    staff = [(f"steward{n}", "grid_worker") for n in range(STEWARDS)] + [(f"worker{n}", "community_worker") for n in range(WORKERS)]
    for name, role in [*staff, ("centre1", "street_staff"), ("centre2", "street_staff")]:
        Post.objects.create(account=Account.objects.create(username=name, name=name), role=role, place=DISTRICT)
    turns = list[Duty]()
    for (number, (name, role)), day in itertools.product(enumerate(staff), range(-1, DAYS + 1)):
        start = BEGIN + timedelta(days=day, hours=0 if number % 5 else 12)  # every fifth works at night
        if number % 5 or simulation.chance.random() < 0.6:
            turns.append(Duty(account=name, role=role, place=STREET, starts_at=start, ends_at=start + timedelta(hours=12)))
    Duty.objects.bulk_create(turns)
    rows = Thing.objects.bulk_create(
        [Thing(code=f"b{n}", title=f"b{n}", person="示例·老人", home=COMMUNITY, created_at=BEGIN, updated_at=BEGIN) for n in range(count)], 500
    )
    connections["default"].close()
    return [f"samples.thing:{row.pk}" for row in rows]


def told(count: int, name: str) -> bool:
    """The distribution, and the bars: nobody unreached, everybody inside the ladder's own clock."""
    from hexi.kernel.catalogue import catalogue
    from hexi.modules.alarms.models import Rescue, RescueCall

    alarm = catalogue.alarms["sos"]
    ladder = sum((alarm.wait(call.key, BEGIN.date()).due(BEGIN, _calendar()) - BEGIN for call in alarm.ladder[:-1]), timedelta(0))
    rows: list[dict[str, Any]] = list(Rescue.objects.values("pk", "raised_at", "answered_at", "at_top_at", "there_at"))
    moments = [[moment - row["raised_at"] for moment in (row["answered_at"], row["at_top_at"]) if moment] for row in rows]
    reached = [min(one) for one in moments if one]
    answered = [(row["answered_at"] - row["raised_at"]).total_seconds() for row in rows if row["answered_at"]]
    there = [(row["there_at"] - row["raised_at"]).total_seconds() / 60 for row in rows if row["there_at"]]
    first = RescueCall.objects.exclude(answered_at=None).exclude(state="declined").order_by("answered_at").values_list("rescue", "rung")
    rungs = Counter(dict(reversed(list(first))).values())
    told_on = ", ".join(f"{alarm.ladder[rung].key} {number:,}" for rung, number in sorted(rungs.items()))
    print(f"      {name}: first answer after {spread(answered, 's')}; on rung {told_on}")
    print(f"      {name}: came to the last rung {sum(bool(row['at_top_at']) for row in rows):,}; never answered {count - len(answered):,}")
    late = sum(minutes > 15 for minutes in there)
    print(f"      {name}: at the door after {spread(there, 'min')}; over 15 min {late:,}, never {count - len(there):,}")
    met = verdict(f"{name}: calls that reached an answer or the last rung", 100 * len(reached) / count, "%", 100, at_most=False)
    return verdict(f"{name}: the latest of them", max(reached).total_seconds(), "s", ladder.total_seconds(), at_most=True) and met


def spread(values: list[float], unit: str) -> str:
    """The distribution in four figures."""
    p50, p90, p99 = (share(values, part) for part in (0.5, 0.9, 0.99))
    return f"p50 {p50:.1f}, p90 {p90:.1f}, p99 {p99:.1f}, max {max(values):.1f} {unit}"


def _calendar() -> Any:
    from hexi.modules.cases.api import district_calendar

    return district_calendar()
