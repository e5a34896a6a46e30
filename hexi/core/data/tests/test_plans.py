"""How the database finds a page: by an index that has the rows in the list's order, so that a million rows cost what a thousand do."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from hexi.core.data.planner import MANY
from hexi.core.data.sample import insert_sample
from hexi.core.data.sharing import OfficeUse, shares_row
from hexi.core.data.tests.conftest import COMMUNITY, COMPOUND, GRID, STREET
from hexi.core.data.tests.samples.models import Team

URL = "/api/records/samples.thing"


def plan(who: Any, url: str = URL, **query: Any) -> str:
    """The plan of the statement that fetches the list's rows, as if the table were large."""
    with CaptureQueriesContext(connection) as captured:
        answer = who.get(url, **query)
    assert answer.status_code == 200, answer.content.decode()
    sql = next(query["sql"] for query in captured if 'FROM "samples_' in query["sql"])
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off")
        cursor.execute(("EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN ") + sql)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def is_sorted_anew(found: str) -> bool:
    return "TEMP B-TREE" in found or "Sort  (" in found  # a Merge Append names its Sort Key and sorts nothing


@pytest.fixture
def some(thing: Any) -> None:
    for n in range(30):
        thing(home=(COMMUNITY, COMPOUND, STREET)[n % 3])


@pytest.mark.parametrize(("area", "index"), [(STREET, "_p9"), (COMMUNITY, "_p12"), (GRID, "_p14")])
def test_the_list_of_an_area_comes_from_its_own_index_in_order(person: Any, team: Any, area: str, index: str) -> None:
    for n in range(30):
        team(area=(COMMUNITY, COMPOUND, STREET)[n % 3])
    steward, url = person("data_steward", area), "/api/records/samples.team"  # what the public may read too comes by number instead
    for query in ({}, {"sort": "id"}, {"after": person("data_steward", "120103").get(url, limit=5).json()["next"]}):
        found = plan(steward, url, **query)
        assert index in found, found
        assert not is_sorted_anew(found), found


def test_the_list_of_a_district_goes_by_number(steward: Any, some: None) -> None:
    for query in ({}, {"after": steward.get(URL, limit=5).json()["next"]}, {"where": "count:ge:1"}):
        found = plan(steward, **query)
        assert not is_sorted_anew(found), found


def test_of_two_areas_the_inner_one_decides(person: Any, some: None) -> None:
    found = plan(person("data_steward", STREET), where=f"home:within:{COMMUNITY}")
    assert "_p12" in found, found
    assert not is_sorted_anew(found), found


def test_the_list_of_an_office_comes_from_its_index(person: Any, thing: Any) -> None:
    for _ in range(30):
        thing(owner="housing")
    found = plan(person("administrator"), where="owner:eq:housing")
    assert "_org" in found, found
    assert not is_sorted_anew(found), found


def test_a_register_with_an_order_of_its_own_has_an_index_for_it(person: Any) -> None:
    from hexi.core.data.parameters import Parameter

    assert any(index.name.endswith("_sort") and index.fields == ["key", "id"] for index in Parameter._meta.indexes)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL plans by what it last counted")
def test_a_table_that_was_counted_empty_is_counted_again_with_a_large_import(db: None) -> None:
    for added, counted in ((MANY - 1, 0), (MANY, MANY)):
        with transaction.atomic():
            insert_sample(Team, ({"code": f"T{n}", "name": f"队{n}", "area": STREET} for n in range(MANY)))
            transaction.set_rollback(True)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE samples_team")
            assert _planned_rows() == 0
        insert_sample(Team, ({"code": f"T{n}", "name": f"队{n}", "area": STREET} for n in range(added)))
        assert _planned_rows() == counted
        Team.objects.all().delete()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="reads its plan")
def test_a_row_behind_a_reference_is_looked_up_by_itself_however_many_the_office_has(db: None) -> None:
    insert_sample(Team, ({"code": f"T{n}", "name": f"队{n}", "area": STREET} for n in range(MANY)))
    OfficeUse.objects.bulk_create(OfficeUse(entity="samples.team", organisation="housing", object_id=n) for n in range(5 * MANY))
    rows = Team.objects.annotate(ours=shares_row("samples.team", ["housing"], "pk")).values("ours")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE samples_team, data_officeuse")
    found = rows.explain(verbose=True)
    assert "object_id <=" in found, found
    assert "hashed" not in found, found


def _planned_rows() -> float:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'samples_team'")
        return cursor.fetchone()[0]
