"""kill -9 of the sequencer under load: every committed event is in the log once, and no published checkpoint is ever contradicted.

`bench/ledger.py` does it a hundred times.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing

import pytest

from tests.support.houses import MEMORY, SAMPLES, cluster
from tests.support.log_storm import SEQUENCER, LogStorm, log_faults, prepared, stormed
from tests.support.postgres import Postgres

pytestmark = pytest.mark.slow
KILLS = 3
MORE = {"DJANGO_SETTINGS_MODULE": SAMPLES}
"""The settings of the other tests of faults: so the tables are made once."""


def test_on_sqlite_every_event_is_logged_once_however_often_the_sequencer_dies() -> None:
    with prepared(MORE) as folder:
        storm = stormed(folder, MORE, KILLS)
        with closing(sqlite3.connect(folder / "hexi.sqlite3")) as database:
            assert log_faults(storm, database) == []
        assert len(storm.acknowledged) > 100 and len(storm.published) > KILLS


def test_on_postgresql_every_event_is_logged_once_however_often_the_sequencer_dies() -> None:
    import psycopg

    with Postgres.for_a_while(MEMORY, cluster(SAMPLES)) as server:
        more = {**MORE, "HEXI_DATABASE_URL": server.url("hexi")}
        with prepared(more) as var:
            storm = stormed(var, more, KILLS)
        with closing(psycopg.connect(server.url("hexi"))) as database:
            assert log_faults(storm, database) == []
        assert len(storm.acknowledged) > 100 and len(storm.published) > KILLS


def test_a_second_sequencer_says_so_and_ends() -> None:
    with prepared(MORE) as folder:
        storm = LogStorm(folder, MORE)
        first = storm.start(*SEQUENCER)
        try:
            while storm.checkpoint("checkpoint") is None and first.poll() is None:
                time.sleep(0.05)
            second = storm.start(*SEQUENCER)
            said, _ = second.communicate(timeout=30)
            assert second.returncode == 75 and "Another sequencer" in said
        finally:
            first.terminate()
            first.communicate(timeout=20)
        assert first.returncode == 0
