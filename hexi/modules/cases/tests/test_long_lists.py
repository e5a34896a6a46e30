"""Lists of cases for people who may read them for several reasons: every row once, in order, each reason by its own index."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hexi.core.data.api import to_q, tuned_context
from hexi.core.data.entities import describe
from hexi.core.data.filters import Query, condition_of
from hexi.core.data.sharing import index_rows
from hexi.core.data.tests.conftest import COMMUNITY, OTHER_STREET, STREET, Person
from hexi.modules.cases.models import Case

URL = "/api/records/cases.case"
OFFICES = ("", ";housing;", ";civil;", ";housing;civil;")


@pytest.fixture
def many(rules: None) -> None:
    rows = [
        Case(
            number=f"n{n}", kind="lamp", state="received", title=f"灯{n}", place=(COMMUNITY, OTHER_STREET, "")[n % 3], opened_at=timezone.now(),
            organisations=OFFICES[n % 4], is_public=n % 7 == 0,
        )
        for n in range(120)
    ]  # fmt: skip
    Case.objects.bulk_create(rows)
    index_rows("cases.case", rows, {"organisations"})


READERS: dict[str, tuple[Any, ...]] = {
    "resident": (), "street": (("street_staff", STREET),), "department": (("department_staff", "", "housing"),),
    "two departments": (("department_staff", "", "housing"), ("department_staff", "", "civil")),
    "street and department": (("street_staff", STREET), ("department_staff", "", "civil")), "district": (("case_dispatcher", "120103"),),
}  # fmt: skip


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("where", ["", "title:has:1", "phase:eq:closed"])
def test_page_by_page_everybody_reads_what_their_condition_says(
    many: None, person: Callable[..., Person], reader: str, where: str
) -> None:
    who, about = person(*READERS[reader]), describe(Case)
    query = Query(where=(where,) if where else ())
    expected = list(Case.objects.filter(to_q(condition_of(who.viewer, about, query), tuned_context())).order_by("-pk").values_list("pk", flat=True))
    found, after = list[int](), ""
    while True:
        page = who.get(URL, limit=10, **({"after": after} if after else {}), **({"where": where} if where else {})).json()
        found += [row["id"] for row in page["rows"]]
        if not (after := page["next"] or ""):
            break
    assert found == expected
    assert found or where == "phase:eq:closed"


@pytest.mark.sqlite
@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's plan")
def test_an_offices_list_walks_through_its_own_rows_and_the_public_ones_alone(many: None, person: Callable[..., Person]) -> None:
    who = person("department_staff", "", "housing")
    with CaptureQueriesContext(connection) as seen:
        who.get(URL)
    sql = next(one["sql"] for one in seen if 'FROM "cases_case"' in one["sql"])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        plan = [row[-1] for row in cursor.fetchall()]
    assert "SCAN cases_case" not in plan, plan
    assert not any("TEMP B-TREE" in line for line in plan), plan
