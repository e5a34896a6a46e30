"""Which tests run on which database."""

from __future__ import annotations

import os

import pytest

DATABASE_FIXTURES = {"db", "transactional_db", "client", "admin_client", "live_server", "django_db_setup"}
ON_POSTGRESQL = os.environ.get("HEXI_TEST_DATABASE") == "postgresql"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what touches the database runs: the rest has run on the way through SQLite."""
    if not ON_POSTGRESQL:
        return
    wanted = [item for item in items if _touches_database(item) and not item.get_closest_marker("sqlite")]
    left = set(items) - set(wanted)
    config.hook.pytest_deselected(items=[item for item in items if item in left])
    items[:] = wanted


def _touches_database(item: pytest.Item) -> bool:
    marked = item.get_closest_marker("django_db") is not None
    return marked or bool(DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())))
