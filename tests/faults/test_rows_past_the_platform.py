"""A whole district as it is furnished: SQL that went past the platform is named, row by row, and nothing else is."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.houses import ROOT, environment, furnished

pytestmark = pytest.mark.slow


@pytest.fixture
def district(tmp_path: Path) -> Path:
    """A copy of the demonstration's folder."""
    return Path(shutil.copytree(furnished(), tmp_path / "district"))


def edited(folder: Path) -> dict[str, int]:
    """Add a resident, remove a movement of waste, move an elder to another district; the rows' numbers."""
    with closing(sqlite3.connect(folder / "hexi.sqlite3")) as database:
        names = [name for _, name, *_ in database.execute("PRAGMA table_info(population_resident)") if name != "id"]
        columns = ", ".join(f'"{name}"' for name in names)
        copy = f"INSERT INTO population_resident ({columns}) SELECT {columns} FROM population_resident LIMIT 1"
        added = database.execute(copy).lastrowid
        ((removed,),) = database.execute("DELETE FROM waste_movement WHERE id = (SELECT max(id) FROM waste_movement) RETURNING id")
        ((moved,),) = database.execute("UPDATE eldercare_elder SET home = '999' WHERE id = (SELECT min(id) FROM eldercare_elder) RETURNING id")
        database.commit()
    return {"added": added or 0, "removed": removed, "moved": moved}


def test_sql_past_the_platform_is_named_and_nothing_that_the_platform_wrote(district: Path) -> None:
    rows = edited(district)
    words = [sys.executable, "-m", "hexi.tools.command", "verify", "--rows"]
    ran = subprocess.run(words, cwd=ROOT, env=environment(district, demo=True), capture_output=True, text=True, check=False)
    told = [line.split(" · ")[0] for line in ran.stderr.splitlines() if line]
    assert ran.returncode == 1, ran.stderr[-2000:]
    assert told == [
        f"A row does not hold what its last event says: eldercare.elder {rows['moved']} home",
        f"A row was added without an event: population.resident {rows['added']}",
        f"A row was removed without an event: waste.movement {rows['removed']}",
        "DOES NOT HOLD: 3 in all",
    ]
    assert "each of which an event must have begun" in ran.stdout and "tables without events" in ran.stdout
