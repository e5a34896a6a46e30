"""Installations that a run furnishes once, whichever of its stages is the first to want one; everybody else copies them."""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from zlib import crc32

from hexi.kernel.tlog.signing import ED25519, new_secret
from tests.support.postgres import Postgres

ROOT = Path(__file__).resolve().parents[2]
RESIDENTS = "400"
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
HOUSES = "HEXI_TEST_HOUSES"
"""The environment variable that names the folder where all stages of a run keep what they have furnished."""
PLAIN, SAMPLES = "hexi.site.settings", "hexi.core.data.tests.settings"


def furnished(settings: str = PLAIN) -> Path:
    """The folder of an installation with the demonstration, as `hexi prepare` leaves it: to be copied, not to be used."""
    return _made_once(f"{settings}-demo", lambda folder: _prepare(folder, settings, demo=True))


def empty(settings: str = PLAIN) -> Path:
    """The same with empty tables, and with what an operator makes before the first start: a key for the log."""

    def make(folder: Path) -> None:
        with_key(folder)
        _prepare(folder, settings, demo=False)

    return _made_once(f"{settings}-empty", make)


def cluster(settings: str = PLAIN) -> Path:
    """A PostgreSQL server's folder with empty tables in the database `hexi`: for `Postgres(like=…)`."""

    def make(folder: Path) -> None:
        with Postgres.for_a_while(MEMORY) as server, tempfile.TemporaryDirectory() as var:
            _prepare(Path(var), settings, demo=False, HEXI_DATABASE_URL=server.url("hexi"))
            server.end()
            server.copy_to(folder)

    return _made_once(f"{settings}-postgresql", make)


def with_key(folder: Path) -> None:
    """What an operator does before the first start: a key for the log."""
    (folder / "ledger").mkdir()
    (folder / "ledger" / "keys").write_text(new_secret(ED25519, "tests.invalid/ledger"))


def environment(folder: Path, *, demo: bool, **more: str) -> dict[str, str]:
    """Nothing of the tests' own environment, and a small sample."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("HEXI_", "DJANGO_"))}
    ours = {"HEXI_VAR": str(folder), "HEXI_SAMPLE": RESIDENTS, "HEXI_LANG": "en", "HEXI_DEMO": "1" if demo else "0"}
    without = {"HEXI_BROKER": "off", "HEXI_SIMULATE": "0"}
    return {**clean, **ours, **without, "PYTHONDONTWRITEBYTECODE": "", "PYTHONWARNINGS": "default", **more}


def _prepare(folder: Path, settings: str, *, demo: bool, **more: str) -> None:
    told = environment(folder, demo=demo, DJANGO_SETTINGS_MODULE=settings, **more)
    subprocess.run([sys.executable, "-m", "hexi.tools.command", "prepare"], cwd=ROOT, env=told, check=True, capture_output=True)


def _made_once(name: str, make: Callable[[Path], None]) -> Path:
    house = _street() / f"{name}-{_tables()}"
    with house.with_name(f"{house.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # another stage may be at it
        if not house.exists():
            made = house.with_name(f"{house.name}.new")
            made.mkdir()
            make(made)
            made.rename(house)
    return house


@cache
def _tables() -> str:
    """A fingerprint of all migrations: a copy of the tree with one more scenario has other tables."""
    files = sorted(ROOT.glob("hexi/**/migrations/*.py"))
    return f"{crc32(b''.join(str(file).encode() + file.read_bytes() for file in files)):08x}"


def _street() -> Path:
    """Where the run keeps them; a run of a single file has a place of its own."""
    if not os.environ.get(HOUSES):
        os.environ[HOUSES] = tempfile.mkdtemp(prefix="hexi-houses-", dir=MEMORY)
        atexit.register(shutil.rmtree, os.environ[HOUSES], ignore_errors=True)
    return Path(os.environ[HOUSES])
