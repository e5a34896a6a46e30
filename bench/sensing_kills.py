"""The engine of the stream rules killed outright 50 times under load, the writer once: findings lost, and findings twice.

python -m bench.sensing_kills            SQLite and PostgreSQL
HEXI_BENCH_KILLS=10 python -m bench.sensing_kills
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from bench.house import verdict
from tests.support.lamps import SETTINGS
from tests.support.log_storm import prepared
from tests.support.postgres import Postgres
from tests.support.sensing_storm import storm_faults, stormed

KILLS = int(os.environ.get("HEXI_BENCH_KILLS", "50"))
SAMPLES = {"DJANGO_SETTINGS_MODULE": SETTINGS}


def main() -> int:
    with prepared(SAMPLES) as var, closing(sqlite3.connect(var / "hexi.sqlite3", timeout=20)) as database:
        met = _measured("SQLite", var, {}, database)
    with Postgres.for_a_while() as server:
        import psycopg

        more = {"HEXI_DATABASE_URL": server.url("hexi")}
        with prepared({**more, **SAMPLES}) as var, closing(psycopg.connect(server.url("hexi"))) as database:
            met &= _measured("PostgreSQL", var, more, database)
    return 0 if met else 1


def _measured(name: str, var: Path, more: Mapping[str, str], database: Any) -> bool:
    storm = stormed(var, more, database, KILLS)
    faults = storm_faults(storm, database)
    for fault in faults[:10]:
        print("   ", fault)
    with closing(database.cursor()) as cursor:
        cursor.execute("SELECT count(*) FROM sensing_finding")
        ((found,),) = cursor.fetchall()
    print(f"    {name}: {KILLS} kills, {len(storm.acknowledged)} batches acknowledged, {found} findings")
    return verdict(f"{name}: findings lost, doubled or wrong, batches lost", len(faults), "faults", 0, at_most=True)


if __name__ == "__main__":
    sys.exit(main())
