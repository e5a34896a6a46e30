"""The door for walks, and what a process pays that walks nowhere."""

from __future__ import annotations

import subprocess
import sys

from hexi.core.space import walking


def test_the_door_offers_what_it_lists() -> None:
    assert walking.__all__ == sorted(walking.__all__)
    assert all(getattr(walking, name) for name in walking.__all__)


def test_streets_and_walkers_are_there_without_the_compiler() -> None:
    code = "import sys, hexi.core.space.network.streets, hexi.core.space.network.profiles; sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
