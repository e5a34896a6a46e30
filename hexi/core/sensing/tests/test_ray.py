"""Ray's actors find what the embedded engine finds, also when one is killed in the middle."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile

import pytest

from tests.support.platform import ROOT


@pytest.mark.slow
def test_shards_on_ray_find_the_same_in_every_order_and_after_a_kill() -> None:
    pytest.importorskip("ray")
    folder = tempfile.mkdtemp(prefix="hxr-", dir="/tmp")  # short: Ray keeps sockets in it
    try:
        words = [sys.executable, "-m", "tests.support.ray_equality", folder]
        done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stdout + done.stderr
