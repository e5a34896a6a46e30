"""Which tests run on which database."""

from __future__ import annotations

import os
from collections import Counter

import pytest

DATABASE_FIXTURES = {"db", "transactional_db", "client", "admin_client", "live_server", "django_db_setup"}
ON_POSTGRESQL = os.environ.get("HEXI_TEST_DATABASE") == "postgresql"


EXAMPLES = 2
ABOUT_SQL = (
    "faces", "following", "lists", "long_lists", "masks", "other_rooms", "plans", "same_rows", "same_sight", "search", "stream", "tiles",
    "views", "where",
)  # fmt: skip
"""Modules whose every example asks the database something of its own."""


@pytest.fixture(autouse=True)
def thresholds_of_its_own() -> None:
    """What one test tuned is not held for the next: a thread may have read it between the test's last line and its undoing."""
    from hexi.core.data import parameters

    parameters.forget()


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
    test = item.nodeid.partition("[")[0]
    seen[test] += 1
    return seen[test] <= EXAMPLES or item.path.stem.removeprefix("test_") in ABOUT_SQL


def _touches_database(item: pytest.Item) -> bool:
    marked = item.get_closest_marker("django_db") is not None
    return marked or bool(DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())))
