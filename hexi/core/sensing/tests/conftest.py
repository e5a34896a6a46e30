"""Devices, and an intake at work in a thread, for the tests of the ways in."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from hexi.core.data.tests.conftest import (  # noqa: F401  fixtures are found by name
    COMMUNITY,
    DISTRICT,
    STREET,
    Person,
    offices,
    own_files,
    own_names,
    person,
    places,
)
from hexi.core.sensing.api import Intake, JournalReader, journal_folder, readings_of
from hexi.core.sensing.devices.keys import digest, new_key
from hexi.core.sensing.devices.models import Device
from hexi.core.sensing.intake import service
from hexi.core.sensing.intake.line import hang_up
from hexi.kernel.reading import Reading


@pytest.fixture(autouse=True)
def own_journal(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A short path: addresses of sockets have little room. Counts are written as often as is looked."""
    monkeypatch.setattr(service, "WRITE_S", 0.05)
    monkeypatch.setattr(service, "LOOK_S", 0.05)
    folder = Path(tempfile.mkdtemp(prefix="hexi-s-"))
    settings.JOURNAL, settings.INTAKE, settings.BROKER = folder / "journal", folder / "intake.sock", folder / "broker"
    settings.BROKER_ON, settings.HISTORY = False, folder / "readings"
    yield folder
    hang_up()
    shutil.rmtree(folder, ignore_errors=True)


class Gadget:
    """A device with its key, and what it does by HTTP."""

    def __init__(self, row: Device, key: str) -> None:
        self.row, self.key = row, key

    def send(self, body: Any, content_type: str = "application/json", **heads: str) -> Any:
        return Client().post("/api/readings", body, content_type=content_type, HTTP_AUTHORIZATION=f"Bearer {self.key}", **heads)

    def now(self) -> Device:
        return Device.objects.get(pk=self.row.pk)


@pytest.fixture
def gadget(db: None) -> Callable[..., Gadget]:
    def make(**values: Any) -> Gadget:
        key = new_key()
        how = {"name": "示例·烟感", "kind": "smoke", "place": COMMUNITY, "state": "active", "key_digest": digest(key), **values}
        return Gadget(Device.objects.create(**how), key)

    return make


class Running:
    """An intake in a thread of its own, until the test ends."""

    def __init__(self, *ways: Callable[[Intake], Any]) -> None:
        self.ready = threading.Event()
        self.thread = threading.Thread(target=lambda: asyncio.run(self._work(ways)), daemon=True)
        self.thread.start()
        assert self.ready.wait(10), "the intake did not start"

    async def _work(self, ways: tuple[Callable[[Intake], Any], ...]) -> None:
        self.loop, self.stopped = asyncio.get_running_loop(), asyncio.Event()
        self.intake = Intake()

        async def ready(_: Intake) -> None:
            self.ready.set()
            await self.stopped.wait()

        await self.intake.run(self.stopped, ready, *ways)

    def stop(self) -> None:
        if self.thread.is_alive():
            self.loop.call_soon_threadsafe(self.stopped.set)
            self.thread.join(10)
        assert not self.thread.is_alive()


@pytest.fixture
def running(transactional_db: None) -> Iterator[Callable[..., Running]]:
    """`running()` starts an intake; a second one after `stop()` is the same intake begun anew."""
    made: list[Running] = []

    def start(*ways: Callable[[Intake], Any]) -> Running:
        made.append(Running(*ways))
        return made[-1]

    yield start
    for one in made:
        one.stop()


def journalled() -> list[Reading]:
    """Everything that stands in the journal."""
    return [one for batch in JournalReader(journal_folder(0)).read() for one in readings_of(batch)]


def eventually(holds: Callable[[], Any], seconds: float = 8.0) -> Any:
    """What it gives as soon as it is true."""
    until = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < until, "it did not come true in time"
        time.sleep(0.02)
    return found
