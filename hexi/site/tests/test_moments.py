"""Moments come back from PostgreSQL as they were kept, through the quicker reader too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import DataError, connection

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="reads PostgreSQL's answers")
MOMENTS = [
    datetime(2026, 11, 28, 6, 5, 4, 321, tzinfo=UTC), datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    datetime(2026, 2, 28, 23, 59, 59, 500000, tzinfo=timezone(timedelta(hours=8))),
]  # fmt: skip


def test_a_moment_comes_back_in_utc_to_the_microsecond(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join("%s::timestamptz" for _ in MOMENTS), MOMENTS)
        found = cursor.fetchone()
    assert found == tuple(MOMENTS)
    assert all(moment.tzinfo is UTC for moment in found)


@pytest.mark.parametrize("moment", ["infinity", "10000-01-01 00:00:00+00"])
def test_a_moment_that_python_does_not_have_is_refused(db: None, moment: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz", [moment])
        with pytest.raises(DataError, match=r"too large|infinity"):
            cursor.fetchone()
