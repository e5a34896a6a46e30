"""Category trees and routing rules from data files of a scenario, for the reference district; loading again adds only what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from django.db import transaction

from hexi.core.data.api import Change, offices_written
from hexi.core.trust.api import PLATFORM, record
from hexi.kernel.errors import DeclarationError
from hexi.modules.cases import routing
from hexi.modules.cases.contracts import URGENCIES
from hexi.modules.cases.models import Category, Route
from hexi.modules.cases.tables import Row, read_row, read_table

ROUTED = ("category", "place", "weekdays", "from_hour", "to_hour", "office", "to_street")


def load_tree(file: Path, kind: str) -> int:
    """Categories and routes of a file. Gives the number added. Raises DeclarationError for a faulty row."""
    found = read_table(file)
    rows = [read_row(file, "categories", number, row, _checked) for number, row in enumerate(found.get("categories", ()), 1)]
    with transaction.atomic():
        change = Change(PLATFORM, "create", "district data")
        added = _categories(change, rows, kind, found) + _routes(change, found.get("routes", ()), kind)
        record(PLATFORM, *change.happenings)
    routing.forget()
    return added



def _categories(change: Change, rows: Iterable[Row], kind: str, found: Row) -> int:
    start: date | None = found.get("valid_from")
    known = {row.code: row for row in Category.objects.filter(kind=kind)}
    fresh = [row for row in rows if row["code"] not in known]
    for row in sorted(fresh, key=lambda one: one["code"].count(".")):
        known[row["code"]] = change.create(
            Category, code=row["code"], name=row["zh"], name_en=row["en"], kind=kind, parent=known.get(row["code"].rpartition(".")[0]),
            urgency=row.get("urgency", "normal"), lead=row.get("lead", ""), opens_when=row.get("opens_when", ""),
            closes_when=row.get("closes_when", ""), is_public=bool(row.get("public", found.get("public", False))),
            valid_from=row.get("valid_from", start), valid_to=row.get("valid_to"), source=row.get("source", found.get("source", "")),
        )  # fmt: skip
    return len(fresh)


def _routes(change: Change, rows: Iterable[Row], kind: str) -> int:
    known = set(Route.objects.filter(kind=kind).values_list("name", flat=True))
    fresh = [row for row in rows if row["name"] not in known]
    for row in fresh:
        plain = {name: row[name] for name in ROUTED if name in row}
        helpers = offices_written(row.get("co_offices", ()))
        change.create(
            Route, name=row["name"], name_en=row.get("en", ""), kind=kind, order=row["order"], co_offices=helpers,
            basis=row.get("basis", ""), **plain,
        )  # fmt: skip
    return len(fresh)


def _checked(row: Row) -> Row:
    if row.get("urgency", "normal") not in dict(URGENCIES):
        raise DeclarationError(f"urgency is one of {', '.join(dict(URGENCIES))}")
    return {**row, "zh": row["zh"], "en": row["en"], "code": row["code"]}


