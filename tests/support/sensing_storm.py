"""Readings under load while the engine, and now and then the writer, is killed outright; then everything is reckoned up from the journal."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from typing import Any

from hexi.core.sensing.columns import readings_of
from hexi.core.sensing.journal.reading import JournalReader
from hexi.core.sensing.tests.samples import QUICK, SECOND, expected
from hexi.kernel.reading import Reading
from tests.support.lamps import SETTINGS
from tests.support.platform import ROOT, environment, wait_until_open

ENGINE = [sys.executable, "-m", "hexi.site.engine", "0"]
SETTLED_S = 6.0


@dataclass
class SensingStorm:
    """One writer, one engine, and the offsets that were acknowledged."""

    folder: Path
    more: Mapping[str, str]
    acknowledged: list[int] = field(default_factory=list[int])
    faults: list[str] = field(default_factory=list[str])
    processes: list[subprocess.Popen[str]] = field(default_factory=list[subprocess.Popen[str]])

    @property
    def journal(self) -> Path:
        return self.folder / "journal" / "000"

    def start(self, *words: str) -> subprocess.Popen[str]:
        told = {**environment(self.folder, demo=False, **self.more), "DJANGO_SETTINGS_MODULE": SETTINGS}
        process = subprocess.Popen(words, cwd=ROOT, env=told, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.processes.append(process)
        return process

    def writer(self, seed: int) -> tuple[subprocess.Popen[str], threading.Thread]:
        process = self.start(sys.executable, "-m", "tests.support.reading_writer", str(seed), str(self.journal))
        thread = threading.Thread(target=self._listen, args=(process,))
        thread.start()
        return process, thread

    def _listen(self, writer: subprocess.Popen[str]) -> None:
        assert writer.stdout is not None
        with writer.stdout:
            for line in writer.stdout:
                if line.endswith("\n") and line.strip().isdecimal():
                    self.acknowledged.append(int(line))
                elif line.endswith("\n"):
                    self.faults.append(line.strip())

    def end(self, process: subprocess.Popen[str], how: signal.Signals = signal.SIGKILL) -> None:
        """End the engine so, and keep what it complained of."""
        os.kill(process.pid, how)
        said, _ = process.communicate(timeout=30)
        self.faults += [line for line in said.splitlines() if line.strip()]


def stormed(folder: Path, more: Mapping[str, str], database: Any, kills: int, seed: int = 5) -> SensingStorm:
    """Kill the engine so often at any moment of its turns, the writer once in the middle; then let the engine finish in peace."""
    storm = SensingStorm(folder, more)
    try:
        _stormed(storm, database, kills, random.Random(seed))
    finally:
        for process in storm.processes:
            process.kill()
    return storm


def _stormed(storm: SensingStorm, database: Any, kills: int, chance: random.Random) -> None:
    writer, thread = storm.writer(1)
    for n in range(kills):
        engine, before = storm.start(*ENGINE), turns_of(database)
        until(lambda before=before: turns_of(database) > before)
        time.sleep(chance.random() * 0.7)
        storm.end(engine)
        if n == kills // 2:
            _ended(writer, thread)
            writer, thread = storm.writer(2)
    _ended(writer, thread)
    engine = storm.start(*ENGINE)
    wait_until_open(engine, "engine.lock")
    _settle(database)
    storm.end(engine, signal.SIGTERM)


def _settle(database: Any) -> None:
    """Until nothing more has come due for longer than the slowest rule and all that waits take together."""
    last, since = turns_of(database), time.monotonic()
    while time.monotonic() - since < SETTLED_S:
        time.sleep(0.05)
        if (turns := turns_of(database)) != last:
            last, since = turns, time.monotonic()


def _ended(writer: subprocess.Popen[str], thread: threading.Thread) -> None:
    writer.kill()
    writer.wait()
    thread.join()


def until(true: Any, longest_s: float = 60) -> None:
    end = time.monotonic() + longest_s
    while not true():
        if time.monotonic() > end:
            raise AssertionError("the engine did not get on")
        time.sleep(0.02)


def turns_of(database: Any) -> int:
    """How many turns the engine has written."""
    with closing(database.cursor()) as cursor:
        cursor.execute("SELECT turns FROM sensing_shardstate WHERE shard = 0")
        (turns,) = cursor.fetchone() or (0,)
    database.rollback()
    return int(turns)


def storm_faults(storm: SensingStorm, database: Any) -> list[str]:
    """What is wrong with what was found, asked of the journal and the database."""
    from django.utils.dateparse import parse_datetime

    reader, readings = JournalReader(storm.journal), list[Reading]()
    while batches := reader.read():
        readings += [one for batch in batches for one in readings_of(batch)]
    faults = list(storm.faults)
    if len({(one.key, one.moment) for one in readings}) != len({(one.key, one.moment, one.value) for one in readings}):
        faults.append("two readings of a key differ and share a moment: the writer must not do that")
    if lost := set(storm.acknowledged) - set(range(reader.offset)):
        faults.append(f"{len(lost)} acknowledged batches are not in the journal")
    with closing(database.cursor()) as cursor:
        cursor.execute("SELECT rule, key, moment FROM sensing_finding")
        rows = [(rule, key, parse_datetime(moment) if isinstance(moment, str) else moment) for rule, key, moment in cursor.fetchall()]
        cursor.execute("SELECT count(*) FROM trust_event WHERE entity = 'sensing.finding'")
        ((events,),) = cursor.fetchall()
    wanted = {(one.rule, one.key, one.moment) for one in plainly(readings)}
    found = {(rule, key, round(at.replace(tzinfo=at.tzinfo or UTC).timestamp() * 1e6)) for rule, key, at in rows}
    faults += [f"not found: {one}" for one in sorted(wanted - found)] + [f"found, and should not be: {one}" for one in sorted(found - wanted)]
    if not len(rows) == len(found) == events:
        faults.append(f"{len(rows)} findings, {len(found)} of them different, {events} events")
    return faults


def plainly(readings: list[Reading]) -> list[Any]:
    """What the plain face finds in all that was written, each reading once."""
    once = {(one.key, one.moment): one for one in readings}
    return expected(QUICK, once.values(), max(one.moment for one in readings) + 3600 * SECOND)
