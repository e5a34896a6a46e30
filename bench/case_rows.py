"""Cases of any number, made by the database itself: places, offices, categories, states and clocks as a district has them."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.utils import timezone

COMMON, RARE = "bench_common", "bench_rare"
"""Offices with one case in 30, and one in 10,000."""
OFFICES, CATEGORIES = 25, 40
SERIES = "WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {behind})"
BATCH = 100_000


def furnish(places: list[str]) -> None:
    """Offices, categories, and the places by number, for `grow_cases`."""
    from hexi.core.trust.models import Organisation
    from hexi.modules.cases.models import Category

    keys = [COMMON, RARE, *(f"bench_{n}" for n in range(OFFICES))]
    Organisation.objects.bulk_create(Organisation(key=key, name_zh=f"示例·{key}", name_en=key) for key in keys)
    Category.objects.bulk_create(
        Category(code=f"c{n % 8}.{n}", name=f"示例分类{n}", lead=f"bench_{n % OFFICES}", is_public=True) for n in range(CATEGORIES)
    )
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_place (k bigint PRIMARY KEY, code text)")
        cursor.executemany("INSERT INTO bench_place VALUES (%s, %s)", list(enumerate(places)))


def grow_cases(rows: int) -> int:
    """Cases until there are so many, 19 in 20 of them closed; the number that there are. Their offices' table and clocks grow with them."""
    from hexi.modules.cases.models import Case, CaseClock

    there = Case.objects.count()
    pattern = Case.objects.filter(number="pattern").first() or Case.objects.create(number="pattern", kind="lamp", opened_at=timezone.now())
    for first in range(there, rows, BATCH):
        _insert(Case, _values(first, min(first + BATCH, rows)), pattern.pk)
    with connection.cursor() as cursor:
        cursor.execute(USES)
        _clocks(cursor, CaseClock)
        for table in ("cases_case", "cases_caseclock", "data_officeuse"):
            cursor.execute(f"ANALYZE {table}")
    return Case.objects.count()


def _values(first: int, behind: int) -> dict[str, str]:
    """Columns by SQL; `i` is the case's own number, `p` its place."""
    lead = f"CASE WHEN i % 10000 = 7 THEN '{RARE}' WHEN i % 30 = 3 THEN '{COMMON}' ELSE 'bench_' || (i % {OFFICES}) END"
    stands = "CASE WHEN i % 20 = 0 THEN '{open}' ELSE '{closed}' END"
    return {
        "__series": SERIES.format(first=first, behind=behind),
        "number": "'B' || i", "title": "'示例案件' || i", "place": "p.code", "lead": lead, "organisations": f"';' || {lead} || ';'",
        "state": stands.format(open="mending", closed="closed"), "phase": stands.format(open="working", closed="closed"),
        "category_id": f"(SELECT min(id) FROM cases_category) + i % {CATEGORIES}", "is_public": "CAST(i % 3 = 0 AS {bool})",
        "lon": "117.2 + (i % 1000) / 20000.0", "lat": "39.05 + (i % 997) / 20000.0", "spot": "i",
    }  # fmt: skip


def _insert(model: Any, values: dict[str, str], pattern: int) -> None:
    series, names = values.pop("__series"), [f.column for f in model._meta.concrete_fields if not f.primary_key]
    kind = "boolean" if connection.vendor == "postgresql" else "integer"
    given = ", ".join(values.get(name, f"c.{name}").replace("{bool}", kind) for name in names)
    count = "(SELECT count(*) FROM bench_place)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({', '.join(names)}) {series} SELECT {given} FROM n "
            f"JOIN bench_place p ON p.k = n.i % {count} JOIN {model._meta.db_table} c ON c.id = {pattern} ORDER BY n.i"
        )


USES = """INSERT INTO data_officeuse (entity, organisation, object_id)
SELECT 'cases.case', lead, id FROM cases_case WHERE lead <> ''
AND id > coalesce((SELECT max(object_id) FROM data_officeuse WHERE entity = 'cases.case'), 0)"""


def _clocks(cursor: Any, model: Any) -> None:
    """One clock for each open case that has none."""
    fields = {f.column: f"'{f.get_default()}'" if f.has_default() else "NULL" for f in model._meta.concrete_fields if not f.primary_key}
    fields |= {"case_id": "c.id", "key": "'mending'", "amount": "5", "unit": "'working_days'", "rule": "'{}'", "started_at": "c.opened_at"}
    cursor.execute(
        f"INSERT INTO cases_caseclock ({', '.join(fields)}) SELECT {', '.join(fields.values())} FROM cases_case c "
        "WHERE c.phase = 'working' AND NOT EXISTS (SELECT 1 FROM cases_caseclock k WHERE k.case_id = c.id)"
    )
