"""Rule tables in data files: limits and ladders, each row with where it stands. Read at start; a faulty table stops the start."""

from __future__ import annotations

from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml
from django.conf import settings

from hexi.kernel.calendar import OFFICE_HOURS, Calendar
from hexi.kernel.case_type import LimitRule, Rung
from hexi.kernel.clock import Limit
from hexi.kernel.errors import DeclarationError
from hexi.kernel.label import t

Row = dict[str, Any]


def read_limits(file: Path) -> tuple[LimitRule, ...]:
    """The limits of a table. Raises DeclarationError that names the file and the row."""
    return tuple(read_row(file, "limits", number, row, _limit) for number, row in enumerate(read_table(file).get("limits", ()), 1))


def read_ladder(file: Path) -> tuple[Rung, ...]:
    """The ladder of supervision of a table, lowest rung first."""
    return tuple(read_row(file, "ladder", number, row, _rung) for number, row in enumerate(read_table(file).get("ladder", ()), 1))


@cache
def district_calendar() -> Calendar:
    """Working days and hours of the district, from its data folder."""
    file = Path(settings.DISTRICT) / "calendar.yaml"
    found = read_table(file)
    years = cast("list[Row]", found.get("years", []))
    holidays = {day for year in years for one in year["holidays"] for day in _days(one["from"], one["to"])}
    workdays = {day for year in years for day in year.get("workdays", ())}
    hours = tuple((_hour(start), _hour(end)) for start, end in found.get("hours", ())) or OFFICE_HOURS
    return Calendar(frozenset(holidays), frozenset(workdays), frozenset(year["year"] for year in years), hours)


def read_table(file: Path) -> Row:
    """A rule table as it is written. Raises DeclarationError where it is no mapping."""
    found: object = yaml.safe_load(file.read_text(encoding="utf-8"))
    if not isinstance(found, dict):
        raise DeclarationError(f"{file}: a rule table is a mapping with limits: or ladder:, not {type(found).__name__}.")
    return cast(Row, found)


def read_row(file: Path, part: str, number: int, row: Row, make: Any) -> Any:
    """What `make` makes of the row. Raises DeclarationError that names file, part and row."""
    try:
        return make(row)
    except (KeyError, TypeError, ValueError, DeclarationError) as error:
        raise DeclarationError(f"{file}, {part} row {number}: {error}. The row reads {row}.") from error


def _limit(row: Row) -> LimitRule:
    more = {key: row[key] for key in ("source", "clause", "category", "urgency", "attention", "valid_from", "valid_to") if row.get(key)}
    return LimitRule(row["clock"], Limit(int(row["amount"]), row["unit"]), row["basis"], **more)


def _rung(row: Row) -> Rung:
    after = Limit(int(row["after"]["amount"]), row["after"]["unit"]) if row.get("after") else None
    label = t(row["label"]["zh"], row["label"]["en"])
    return Rung(row["key"], label, float(row.get("share", 1)), after, tuple(row.get("tells", ())))


def _days(first: date, last: date) -> list[date]:
    return [date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)]


def _hour(written: str) -> time:
    return time.fromisoformat(written)
