"""Which tests run on which database."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

DATABASE_FIXTURES = {"db", "transactional_db", "client", "admin_client", "live_server", "django_db_setup"}
ON_POSTGRESQL = os.environ.get("HEXI_TEST_DATABASE") == "postgresql"


EXAMPLES = 2
ABOUT_SQL = (
    "faces", "following", "lists", "long_lists", "masks", "other_rooms", "plans", "same_rows", "same_sight", "search", "stream", "tiles",
    "views", "where",
)  # fmt: skip
"""Modules whose every example asks the database something of its own."""

STANDING = {"django_content_type", "auth_permission"}
"""What Django would write anew at once."""


@pytest.fixture(autouse=True)
def thresholds_of_its_own() -> None:
    """What one test tuned is not held for the next: a thread may have read it between the test's last line and its undoing."""
    from hexi.core.data import parameters

    parameters.forget()


@pytest.fixture(scope="session", autouse=True)
def emptied_where_filled() -> Iterator[None]:
    """After a test that commits, PostgreSQL empties the tables that have rows: a quarter of a second less than for all of them."""
    if not ON_POSTGRESQL:
        yield
        return
    from django.db import connection

    flush = connection.ops.sql_flush

    def only_filled(style: Any, tables: list[str], **how: Any) -> list[str]:
        return flush(style, filled(set(tables) - STANDING), **{**how, "allow_cascade": True})

    connection.ops.sql_flush = only_filled
    yield
    connection.ops.sql_flush = flush


def filled(tables: Iterable[str]) -> list[str]:
    """Those that have rows."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"(SELECT '{table}' FROM \"{table}\" LIMIT 1)" for table in tables))
        return [table for (table,) in cursor.fetchall()]


IN_FILES = (
    "sensing/tests/test_kills.py", "sensing/tests/test_broker.py", "ledger/tests/test_conformance.py", "ground/tests/test_real_files.py",
)  # fmt: skip
"""What these prove lies in files and between processes; the tables that it ends in are proven by their own tests, on both databases."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what touches the database runs: the rest has run on the way through SQLite.

    Of a test with many examples, such as all the ways to be refused, the first two run, unless it is about what is asked of the database.
    """
    if not ON_POSTGRESQL:
        return
    seen = Counter[str]()
    wanted = [item for item in items if _touches_database(item) and not item.get_closest_marker("sqlite") and _is_wanted(item, seen)]
    left = set(items) - set(wanted)
    config.hook.pytest_deselected(items=[item for item in items if item in left])
    items[:] = wanted


def _is_wanted(item: pytest.Item, seen: Counter[str]) -> bool:
    if str(item.path).endswith(IN_FILES):
        return False
    test = item.nodeid.partition("[")[0]
    seen[test] += 1
    return seen[test] <= EXAMPLES or item.path.stem.removeprefix("test_") in ABOUT_SQL


def _touches_database(item: pytest.Item) -> bool:
    marked = item.get_closest_marker("django_db") is not None
    return marked or bool(DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())))
