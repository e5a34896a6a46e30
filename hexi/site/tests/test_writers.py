"""Writers to SQLite queue: nobody's work is lost, and whoever ends, however, gives the turn on."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from hexi.site.settings import SQLITE_START
from hexi.site.sqlite.base import DatabaseWrapper
from hexi.site.sqlite.line import Line

THREADS, EACH = 6, 25
Connect = Callable[..., DatabaseWrapper]
OTHER_PROCESS = """
import sqlite3, sys, time
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN IMMEDIATE"); print("held", flush=True); time.sleep(float(sys.argv[2])); held.execute("UPDATE t SET n = n + 1000"); held.execute("COMMIT")
"""
SIGN_TAKEN = """
import sys, time
from hexi.site.sqlite import line
line.PATIENT_S = -1; taken = line.Line(sys.argv[1]); taken.ask(); assert taken.may(); print("taken", flush=True); time.sleep(60)
"""


@pytest.fixture
def connect(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Connect]:
    made = list[DatabaseWrapper]()

    def new(timeout: float = 20) -> DatabaseWrapper:
        options = {"timeout": timeout, "init_command": SQLITE_START}
        usual = {"TIME_ZONE": None, "CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": False, "AUTOCOMMIT": True, "ATOMIC_REQUESTS": False}
        settings = {"NAME": str(tmp_path / "w.sqlite3"), "ENGINE": "hexi.site.sqlite", "OPTIONS": options, "TEST": {}, **usual}
        made.append(DatabaseWrapper(settings, "writers"))
        made[-1].inc_thread_sharing()
        return made[-1]

    with django_db_blocker.unblock():
        run(new(), "CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (0)")
        yield new
        for one in made:
            one.close()


def run(one: DatabaseWrapper, script: str) -> None:
    with one.cursor() as cursor:
        for statement in script.split(";"):
            cursor.execute(statement)


def begin(one: DatabaseWrapper) -> None:
    one.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def end(one: DatabaseWrapper, *, keep: bool = True) -> None:
    (one.commit if keep else one.rollback)()
    one.set_autocommit(True)


def total(one: DatabaseWrapper) -> int:
    with one.cursor() as cursor:
        return cursor.execute("SELECT n FROM t").fetchone()[0]


def adding(one: DatabaseWrapper) -> None:
    for _ in range(EACH):
        begin(one)
        before = total(one)
        run(one, f"UPDATE t SET n = {before + 1}")
        end(one)


def test_what_many_threads_add_beside_another_process_is_all_there(connect: Connect, tmp_path: Path) -> None:
    words = [sys.executable, "-c", OTHER_PROCESS, str(tmp_path / "w.sqlite3"), "0.3"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        threads = [threading.Thread(target=adding, args=(connect(),)) for _ in range(THREADS)]
        for one in threads:
            one.start()
        for one in threads:
            one.join(60)
    assert total(connect()) == THREADS * EACH + 1000


@pytest.mark.parametrize("keep", [True, False])
def test_whoever_commits_or_gives_up_lets_the_next_in(connect: Connect, keep: bool) -> None:
    first, second = connect(), connect(timeout=0.2)
    begin(first)
    with pytest.raises(OperationalError, match="database is locked"):
        begin(second)
    end(first, keep=keep)
    adding(second)
    assert total(second) == EACH


def test_a_connection_that_breaks_off_lets_the_next_in(connect: Connect) -> None:
    first, second = connect(), connect(timeout=1)
    begin(first)
    run(first, "UPDATE t SET n = 7")
    first.close()
    adding(second)
    assert total(second) == EACH


def test_a_file_that_another_process_holds_too_long_is_refused_and_the_turn_given_on(connect: Connect, tmp_path: Path) -> None:
    one = connect(timeout=0.1)
    with closing(sqlite3.connect(tmp_path / "w.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for _ in range(2):
            with pytest.raises(OperationalError, match="database is locked"):
                begin(one)
        other.execute("COMMIT")
    adding(one)
    assert total(one) == EACH


def test_a_fault_other_than_a_taken_file_is_told_at_once(connect: Connect) -> None:
    one = connect()
    one.ensure_connection()
    one.connection.execute("BEGIN")
    with pytest.raises(OperationalError, match="within a transaction"):
        begin(one)
    one.connection.execute("ROLLBACK")
    adding(connect(timeout=0.5))


@pytest.mark.sqlite
def test_a_request_whose_turn_never_comes_changes_nothing_and_is_told_to_come_again(
    transactional_db: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.1)
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = client.post("/api/session", {"username": "nobody", "password": "guess"}, content_type="application/json")
        other.execute("ROLLBACK")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5"), answer.content.decode()
    assert answer.json()["do"] == "请稍后重试"


def test_a_process_that_waited_for_long_goes_before_all_others_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hexi.site.sqlite.line.PATIENT_S", 60)
    lone, busy = Line(str(tmp_path / "w")), Line(str(tmp_path / "w"))  # two openings of a file are as strange as two processes
    lone.ask()
    busy.ask()
    assert lone.may()
    assert busy.may()  # nobody has waited for long: whoever asks first has it
    monkeypatch.setattr("hexi.site.sqlite.line.PATIENT_S", -1)
    assert lone.may()
    busy.ask()
    assert not busy.may()
    lone.asked()
    assert busy.may()
    lone.ask()
    assert not lone.may()
    busy.asked()
    lone.close()
    busy.close()


def test_the_sign_of_a_killed_process_falls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hexi.site.sqlite.line.PATIENT_S", -1)
    words = [sys.executable, "-c", SIGN_TAKEN, str(tmp_path / "w")]
    line = Line(str(tmp_path / "w"))
    line.ask()
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "taken\n"
        assert not line.may()
        other.kill()
    assert line.may()
    line.close()
