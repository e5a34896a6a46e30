"""Figures of a list of cases: when they come in, where they stand, how long they took. Always of the rows that the viewer may read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Avg, CharField, Count, F, FloatField, Func, Q, QuerySet

from hexi.core.data.api import Query, asked, describe, plain
from hexi.core.trust.api import Viewer
from hexi.kernel.catalogue import catalogue
from hexi.kernel.label import Label, t
from hexi.kernel.lifecycle import State
from hexi.kernel.screen import Envelope
from hexi.modules.cases.contracts import PHASES
from hexi.modules.cases.models import Case
from hexi.modules.cases.tables import district_calendar

Row = dict[str, Any]
ORIGIN = t("案件登记", "register of cases")
WEEKDAYS = {
    "mon": t("周一", "Mon"), "tue": t("周二", "Tue"), "wed": t("周三", "Wed"), "thu": t("周四", "Thu"), "fri": t("周五", "Fri"),
    "sat": t("周六", "Sat"), "sun": t("周日", "Sun"),
}  # fmt: skip
HOURS = 24
NONE = (0, 0)
ENDED = {"closed", "cancelled"}
SPANS: tuple[tuple[str, float, Label], ...] = (
    ("1h", 1, t("1 小时内", "within 1 h")), ("4h", 4, t("1–4 小时", "1–4 h")), ("24h", 24, t("4–24 小时", "4–24 h")),
    ("3d", 72, t("1–3 天", "1–3 days")), ("7d", 168, t("3–7 天", "3–7 days")), ("more", float("inf"), t("7 天以上", "over 7 days")),
)  # fmt: skip


class HourOf(Func):
    """The hour in UTC as text. Django's own takes a Python function per row on SQLite, and seconds for a million."""

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return super().as_sql(compiler, connection, template="substr(%(expressions)s, 1, 13)", **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        template = "to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24')"
        return super().as_sql(compiler, connection, template=template, **more)


class HoursBetween(Func):
    """Hours from the first moment to the second."""

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self._between(compiler, connection, "(julianday({1}) - julianday({0})) * 24")

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self._between(compiler, connection, "EXTRACT(EPOCH FROM ({1}) - ({0})) / 3600.0")

    def _between(self, compiler: Any, connection: Any, form: str) -> tuple[str, list[Any]]:
        (first, one), (second, two) = (compiler.compile(part) for part in self.get_source_expressions())
        return form.format(first, second), [*two, *one]


def by_hour(viewer: Viewer, query: Query) -> list[Row]:
    """How many came in on each weekday and hour of the district's clock; every pair is there, also with none."""
    zone, found = ZoneInfo(district_calendar().zone), Counter[tuple[int, int]]()
    hour = HourOf(F("opened_at"), output_field=CharField())
    counts = _rows(viewer, query).annotate(hour=hour).values_list("hour").annotate(n=Count("pk"))
    for said, number in counts:
        local = datetime.strptime(said, "%Y-%m-%d %H").replace(tzinfo=UTC).astimezone(zone)
        found[(local.weekday(), local.hour)] += number
    return [
        {"weekday": key, "hour": f"{hour:02}", "count": found[(day, hour)]}
        for day, key in enumerate(WEEKDAYS)
        for hour in range(HOURS)
    ]


def stock(viewer: Viewer, query: Query, kind: str = "") -> list[Row]:
    """How many stand in each stage now, and how many of them are over time: the states of the one kind asked for, else the phases."""
    kind = kind or kind_in(query)
    column = "state" if kind else "phase"
    counts = _rows(viewer, query).values_list(column).annotate(n=Count("pk"), over=Count("pk", filter=Q(breached=True, closed_at=None)))
    found = {key: (number, over) for key, number, over in counts}
    return [
        {"stage": key, "label": label.as_dict(), "final": final, "count": found.get(key, NONE)[0], "overdue": found.get(key, NONE)[1]}
        for key, label, final in _stages(kind)
    ]


def closing(viewer: Viewer, query: Query) -> Row:
    """How long the closed ones took from their report: mean hours, so many within each span, and how many never ran over a limit."""
    took = HoursBetween(F("opened_at"), F("closed_at"), output_field=FloatField())
    rows = _rows(viewer, query).filter(phase="closed", closed_at__isnull=False).annotate(took=took)
    floors = (0.0, *(top for _, top, _ in SPANS[:-1]))
    within = {
        f"n_{key}": Count("pk", filter=Q(took__gte=floor) & (Q(took__lt=top) if top != float("inf") else Q()))
        for floor, (key, top, _) in zip(floors, SPANS, strict=True)
    }
    found = rows.aggregate(n=Count("pk"), mean=Avg("took"), in_time=Count("pk", filter=Q(breached=False)), **within)
    spans = [{"span": key, "label": label.as_dict(), "count": found[f"n_{key}"]} for key, _, label in SPANS]
    return {"count": found["n"], "mean_h": found["mean"], "in_time": found["in_time"], "spans": spans}


def kind_in(query: Query) -> str:
    """The one kind that the list is narrowed to; empty where it is not."""
    named = {text.removeprefix("kind:eq:") for text in query.where if text.startswith("kind:eq:")}
    return next(iter(named & set(catalogue.case_types)), "") if len(named) == 1 else ""


def states_of(kind: str) -> tuple[State, ...]:
    """The states of a kind in the order of its life; none where nobody declares it."""
    found = catalogue.case_types.get(kind)
    return found.lifecycle.states if found else ()


def hours_source(viewer: Viewer, params: Mapping[str, str]) -> Envelope:
    """For a `heat` block: `hour` across, `weekday` down, `count`."""
    return _envelope(by_hour(viewer, _query(params)), {"weekday": WEEKDAYS})


def stock_source(viewer: Viewer, params: Mapping[str, str]) -> Envelope:
    """For a `pipeline` block: `label`, `count`, `overdue` of what has not ended: by the states of `kind`, else by phase."""
    return _envelope([row for row in stock(viewer, _query(params)) if not row["final"]])


def closing_source(viewer: Viewer, params: Mapping[str, str]) -> Envelope:
    """For a `column` block: how many closed cases took so long."""
    return _envelope(closing(viewer, _query(params))["spans"])


def _query(params: Mapping[str, str]) -> Query:
    """`kind`, `place`, `lead`, `urgency`, `source` of a page's scope, and one further filter as `where`."""
    ways = {"kind": "eq", "place": "within", "lead": "eq", "urgency": "eq", "source": "eq"}
    where = [f"{name}:{way}:{params[name]}" for name, way in ways.items() if params.get(name)]
    return Query(params.get("q", ""), (*where, *filter(None, [params.get("where", "")])), params.get("set", ""))


def _envelope(rows: list[Row], words: Mapping[str, Mapping[str, Label]] | None = None) -> Envelope:
    return Envelope(rows=rows, as_of=plain(datetime.now(UTC)), quality="live", origin=ORIGIN, dictionary=words or {})


def _stages(kind: str) -> list[tuple[str, Label, bool]]:
    if kind:
        return [(state.key, state.label, state.final) for state in states_of(kind)]
    return [(key, label, key in ENDED) for key, label in PHASES]


def _rows(viewer: Viewer, query: Query) -> QuerySet[Case]:
    return asked(viewer, describe(Case), query).order_by()
