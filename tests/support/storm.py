"""Load on a running platform while its processes are killed at random; and then the reckoning: what was promised is there, once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any

from hexi.core.data.tests.receiver import Receiver
from tests.support.caller import Caller
from tests.support.lamps import COMMUNITY

REPORT = "/api/records/cases.case/actions/report_lamp"
CASE = "/api/records/cases.case"
SENSING = ("nats-server", "hexi.site.intake", "hexi.site.engine")
VICTIMS = ("hexi.site.wsgi", "hexi.site.worker work", "hexi.site.worker prompt", "hexi.site.worker outward", "hexi.site.asgi",
           "hexi.site.sequencer", "hexi.site.walks", "hexi.tools.processes.lanes", *SENSING)  # fmt: skip


@dataclass
class Storm:
    """Writers that report lamps and accept some of them, each until it is acknowledged."""

    port: int
    sessions: dict[str, str]
    acknowledged: dict[str, int] = field(default_factory=dict[str, int])
    accepted: set[int] = field(default_factory=set[int])
    statuses: dict[int, int] = field(default_factory=lambda: defaultdict[int, int](int))
    stopped: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list[threading.Thread])

    def begin(self, writers: int = 4) -> None:
        self.threads = [threading.Thread(target=self._write, args=(n,)) for n in range(writers)]
        for one in self.threads:
            one.start()

    def end(self) -> None:
        """Let every writer finish what it insists on."""
        self.stopped.set()
        for one in self.threads:
            one.join(120)

    def _write(self, writer: int) -> None:
        public, desk = Caller(self.port), Caller(self.port, self.sessions["desk"])
        number = 0
        while not self.stopped.is_set():
            number += 1
            mark = f"storm-{writer}-{number}"
            body = {"values": {"title": mark, "place": COMMUNITY}, "client_id": mark}
            status, said = public.insist(REPORT, body)
            if status == 201:
                self.acknowledged[mark] = said["record"]["id"]
                if number % 2:
                    self._accept(desk, said["record"]["id"])
            else:
                time.sleep(0.05)
        for caller in (public, desk):
            for status in caller.statuses:
                self.statuses[status] += 1
            caller.close()

    def _accept(self, desk: Caller, case: int) -> None:
        """Answered, or cut off; in that case the next try says that it was done already."""
        for _ in range(100):
            try:
                status, _ = desk.act("cases.case", case, "accept")
            except (OSError, HTTPException, AssertionError):
                time.sleep(0.1)
                continue
            if status in {200, 403}:  # 403: the step was taken in the call whose answer was lost
                self.accepted.add(case)
                return


def kill_one(root: int, chance: random.Random, *victims: str) -> str:
    """End one process of the platform outright, of these or of all; what it was, nothing where it was not there just now."""
    family = _family(root)
    words = chance.choice(victims or VICTIMS)
    found = [pid for pid, said in family.items() if words in said]
    if not found:
        return ""
    victim = chance.choice(found)
    os.kill(victim, signal.SIGKILL)
    return words


def _family(root: int) -> dict[int, str]:
    told = subprocess.run(["ps", "-ww", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout.splitlines()[1:]
    rows = [(int(pid), int(parent), words) for pid, parent, words in (line.split(None, 2) for line in told)]
    family = {root}
    while grown := {pid for pid, parent, _ in rows if parent in family} - family:
        family |= grown
    return {pid: words for pid, _, words in rows if pid in family - {root}}


def reckoning(storm: Storm, database: Any) -> list[str]:
    """What of the promises was not kept, asked of the database itself. `database` is an open DB-API connection."""
    titles = _rows(database, "SELECT title, id FROM cases_case WHERE title LIKE 'storm-%'")
    faults = [f"{mark}: acknowledged as {number}, not there" for mark, number in storm.acknowledged.items() if (mark, number) not in titles]
    if len(titles) != len({title for title, _ in titles}):
        faults.append("a report is there twice")
    numbers = {number for _, number in titles}
    with_clock = {one for (one,) in _rows(database, "SELECT DISTINCT case_id FROM cases_caseclock")}
    faults += [f"case {number} has no clock" for number in numbers - with_clock]
    faults += _event_faults(storm, database, numbers)
    return faults


def _event_faults(storm: Storm, database: Any, numbers: set[int]) -> list[str]:
    events: dict[int, list[tuple[str, int]]] = defaultdict(list)
    asked = "SELECT object_id, action, version FROM trust_event WHERE entity = 'cases.case' AND action NOT LIKE 'clock_%' ORDER BY id"
    for number, action, version in _rows(database, asked):
        events[number].append((action, version))
    faults = [f"case {n}: {events[n]}" for n in numbers if [v for _, v in events[n]] != list(range(1, len(events[n]) + 1))]
    faults += [f"case {n} does not begin with its report" for n in numbers if events[n][0][0] != "report_lamp"]
    faults += [f"case {n} was accepted, and no event says so" for n in storm.accepted if "accept" not in dict(events[n])]
    (sequences,) = _numbered(database)
    if len(set(sequences)) != 1:
        faults.append(f"notices, their events, their numbers: {sequences}")
    return faults


def _numbered(database: Any) -> list[Any]:
    """Notices, events that they name, numbers that they have: the relay may still be at the last of them."""
    asked = "SELECT count(*), count(DISTINCT event_id), count(DISTINCT sequence) FROM trust_notice WHERE event_id IS NOT NULL"
    for _ in range(150):
        found = _rows(database, asked)
        database.rollback()  # look anew the next time
        if len(set(found[0])) == 1:
            break
        time.sleep(0.2)
    return found


def _rows(database: Any, sql: str) -> list[Any]:
    cursor = database.cursor()
    cursor.execute(sql)
    return [tuple(row) for row in cursor.fetchall()]


def arrival_faults(receiver: Receiver, storm: Storm) -> list[str]:
    """What a receiver should have heard of the acknowledged cases and has not, or in the wrong order. Twice under one id is allowed: it says so."""
    first: dict[str, dict[str, Any]] = {}
    for one in receiver.got:
        first.setdefault(one["headers"]["webhook-id"], one["event"]["data"])
    heard: dict[int, list[int]] = defaultdict(list)
    for data in first.values():
        if not data["action"].startswith("clock_"):
            heard[data["id"]].append(data["version"])
    least = {number: 2 if number in storm.accepted else 1 for number in storm.acknowledged.values()}
    return [f"case {n}: heard {heard[n]}" for n, k in least.items() if len(heard[n]) < k or heard[n] != list(range(1, len(heard[n]) + 1))]


def wait_until_all_arrived(receiver: Receiver, storm: Storm, seconds: float = 60.0) -> list[str]:
    """Wait until the receiver has heard of all of them; the faults that are left."""
    end = time.monotonic() + seconds
    while (faults := arrival_faults(receiver, storm)) and time.monotonic() < end:
        time.sleep(0.5)
    return faults
