"""The log under load while its sequencer is killed outright: what was published is collected as a witness would, and reckoned up."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hexi.kernel.tlog.checkpoint import Checkpoint, checkpoint_in
from hexi.kernel.tlog.merkle import SHA256, SM3, Frontier, Hashing
from hexi.kernel.tlog.note import note_in
from tests.support.houses import MEMORY, PLAIN, ROOT, empty, environment
from tests.support.platform import wait_until_open

SEQUENCER = [sys.executable, "-m", "hexi.site.sequencer"]
HASHINGS: dict[str, Hashing] = {"checkpoint": SHA256, "gm/checkpoint": SM3}


@dataclass
class LogStorm:
    """Writers, one sequencer, and everything that it published."""

    folder: Path
    more: Mapping[str, str]
    published: dict[tuple[str, int], set[bytes]] = field(default_factory=dict[tuple[str, int], set[bytes]])
    acknowledged: list[int] = field(default_factory=list[int])
    stopped: threading.Event = field(default_factory=threading.Event)

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            words, cwd=ROOT, env=environment(self.folder, demo=True, **self.more), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def watch(self) -> None:
        """Keep every checkpoint that anybody could have read."""
        while not self.stopped.is_set():
            for name in HASHINGS:
                if (found := self.checkpoint(name)) is not None:
                    self.published.setdefault((name, found.size), set()).add(found.root)
            time.sleep(0.01)

    def checkpoint(self, name: str) -> Checkpoint | None:
        file = self.folder / "ledger" / "public" / name
        return checkpoint_in(note_in(file.read_bytes()).text) if file.exists() else None

    def listen(self, writer: subprocess.Popen[str]) -> None:
        assert writer.stdout is not None
        with writer.stdout:
            for line in writer.stdout:
                if not line.endswith("\n"):  # killed in the middle of a number
                    return
                self.acknowledged.append(int(line))


@contextmanager
def prepared(more: Mapping[str, str]) -> Iterator[Path]:
    """An installation with empty tables."""
    with tempfile.TemporaryDirectory(prefix="hexi-log-", dir=MEMORY) as name:
        folder = Path(name)
        if "HEXI_DATABASE_URL" in more:
            prepare = [sys.executable, "-m", "hexi.tools.command", "prepare", "--no-demo"]
            subprocess.run(prepare, cwd=ROOT, env=environment(folder, demo=True, **more), check=True, capture_output=True)
        else:
            shutil.copytree(empty(more.get("DJANGO_SETTINGS_MODULE", PLAIN)), folder, dirs_exist_ok=True)
        yield folder


def stormed(folder: Path, more: Mapping[str, str], kills: int, *, writers: int = 3, seed: int = 7) -> LogStorm:
    """Kill the sequencer so often under load, and now and then a writer; then let it finish in peace."""
    storm, chance = LogStorm(folder, more), random.Random(seed)
    own = [storm.start(sys.executable, "-m", "tests.support.log_writers", str(n)) for n in range(writers)]
    threads = [threading.Thread(target=storm.watch), *(threading.Thread(target=storm.listen, args=(one,)) for one in own)]
    for thread in threads:
        thread.start()
    for n in range(kills):
        _killed(storm.start(*SEQUENCER), chance, storm)
        if n == kills // 2:
            own[0].kill()
    for one in own:
        one.kill()
        one.wait()
    _finished(storm)
    storm.stopped.set()
    for thread in threads:
        thread.join()
    return storm


def _killed(sequencer: subprocess.Popen[str], chance: random.Random, storm: LogStorm) -> None:
    """Once it has begun to publish, at any moment of its turns."""
    before, end = _newest(storm), time.monotonic() + 30
    while _newest(storm) == before and time.monotonic() < end:
        time.sleep(0.005)
    time.sleep(chance.random() * 1.2)
    os.kill(sequencer.pid, signal.SIGKILL)
    said, _ = sequencer.communicate()
    if "Traceback" in said:
        raise AssertionError(said)


def _newest(storm: LogStorm) -> int:
    found = storm.checkpoint("checkpoint")
    return found.size if found else 0


def _finished(storm: LogStorm) -> None:
    """Undisturbed until nothing more is published for longer than the GM tree waits between two checkpoints."""
    sequencer = storm.start(*SEQUENCER)
    wait_until_open(sequencer, "ledger.lock")
    last, since = -1, time.monotonic()
    while time.monotonic() - since < 12:
        if (size := _newest(storm)) != last:
            last, since = size, time.monotonic()
        time.sleep(0.1)
    sequencer.send_signal(signal.SIGTERM)
    sequencer.communicate(timeout=20)


def log_faults(storm: LogStorm, database: Any) -> list[str]:
    """What is wrong with the log, asked of the database and of all that was published."""
    with closing(database.cursor()) as cursor:
        cursor.execute("SELECT id FROM trust_event ORDER BY id")
        events = [number for (number,) in cursor.fetchall()]
        cursor.execute('SELECT "index", event_id, content FROM trust_entry ORDER BY "index"')
        rows = cursor.fetchall()
    faults = [f"event {number} was acknowledged and is not there" for number in set(storm.acknowledged) - set(events)]
    if [index for index, _, _ in rows] != list(range(len(rows))):
        faults.append("the numbers of the entries have gaps")
    logged = [event for _, event, _ in rows if event is not None]
    if sorted(logged) != events:
        faults.append(f"{len(events)} events, {len(logged)} in the log, {len(set(logged))} of them different")
    return faults + _contradicted(storm, [bytes(content) for _, _, content in rows])


def _contradicted(storm: LogStorm, contents: list[bytes]) -> list[str]:
    """Checkpoints that the finished log is no continuation of."""
    faults: list[str] = []
    for name, hashing in HASHINGS.items():
        frontier = Frontier(hashing)
        for size in sorted(size for one, size in storm.published if one == name):
            frontier.extend(hashing.leaves(contents[frontier.size : size]))
            if storm.published[name, size] != {frontier.root()}:
                faults.append(f"{name} of {size} was published and contradicted")
    return faults
