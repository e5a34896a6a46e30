"""A bell wakes who waits, and is never waited for."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from hexi.core.trust.bells import Bell, ring, ring_after_commit


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path


def test_whoever_waits_is_woken_and_a_thousand_rings_are_one() -> None:
    ring("engine-0")  # nobody is there: nothing happens
    bell = Bell("engine-0")
    began = time.monotonic()
    ringer = threading.Timer(0.02, lambda: [ring("engine-0") for _ in range(1000)])
    ringer.start()
    assert bell.wait(20) and time.monotonic() - began < 10
    ringer.join()
    bell.hush()
    assert not bell.wait(0)
    for _ in range(70_000):
        ring("engine-0")  # the pipe is full: nobody is held up
    assert bell.wait(0) and not bell.wait(0)
    bell.close()
    ring("engine-0")


@pytest.mark.django_db(transaction=True)
def test_a_bell_rings_when_the_change_stands_and_not_when_it_was_taken_back() -> None:
    bell = Bell("stream")
    with transaction.atomic():
        ring_after_commit("stream")
        assert not bell.wait(0)
    assert bell.wait(0)
    with transaction.atomic():
        ring_after_commit("stream")
        transaction.set_rollback(True)
    assert not bell.wait(0)
    bell.close()
