"""kill -9 of the engine and of the writer under load: no finding is lost and none is there twice. `bench/sensing_kills.py` does it 50 times."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from tests.support.houses import MEMORY, cluster
from tests.support.lamps import SETTINGS
from tests.support.log_storm import prepared
from tests.support.postgres import Postgres
from tests.support.sensing_storm import ENGINE, SensingStorm, storm_faults, stormed, turns_of, until

pytestmark = pytest.mark.slow
KILLS = 3
SAMPLES = {"DJANGO_SETTINGS_MODULE": SETTINGS}


def test_on_sqlite_every_finding_is_there_once_however_often_the_engine_dies() -> None:
    with prepared(SAMPLES) as folder, closing(sqlite3.connect(folder / "hexi.sqlite3", timeout=20)) as database:
        storm = stormed(folder, {}, database, KILLS)
        assert storm_faults(storm, database) == []
        assert len(storm.acknowledged) > 50


def test_on_postgresql_every_finding_is_there_once_however_often_the_engine_dies() -> None:
    import psycopg

    with Postgres.for_a_while(MEMORY, cluster(SETTINGS)) as server:
        more = {"HEXI_DATABASE_URL": server.url("hexi")}
        with prepared({**more, **SAMPLES}) as var, closing(psycopg.connect(server.url("hexi"))) as database:
            storm = stormed(var, more, database, KILLS)
            assert storm_faults(storm, database) == []
            assert len(storm.acknowledged) > 50


def test_a_second_engine_says_so_and_ends() -> None:
    with prepared(SAMPLES) as folder, closing(sqlite3.connect(folder / "hexi.sqlite3", timeout=20)) as database:
        storm = SensingStorm(folder, {})
        first = storm.start(*ENGINE)
        try:
            until(lambda: turns_of(database) > 0)
            second = storm.start(*ENGINE)
            said, _ = second.communicate(timeout=30)
            assert second.returncode == 75 and "An engine is at work" in said
        finally:
            first.terminate()
            first.communicate(timeout=20)
        assert first.returncode == 0
