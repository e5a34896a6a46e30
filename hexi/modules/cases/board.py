"""The dispatcher's board: a column for each state of the chosen kind's life, in each the cases whose time ends first."""

from __future__ import annotations

from typing import Any

from hexi.core.data.api import Query, describe, listed, words_of
from hexi.core.trust.api import Viewer
from hexi.kernel.catalogue import catalogue
from hexi.kernel.errors import NotFound
from hexi.kernel.label import t
from hexi.modules.cases.figures import stock
from hexi.modules.cases.models import Case

ENTITY = "cases.case"
CARDS = 30
ON_CARDS = (
    "number", "title", "title_en", "kind", "state", "phase", "place", "address", "urgency", "attention", "due_at", "clock", "breached",
    "paused", "lead", "supporters", "opened_at",
)  # fmt: skip


def board(viewer: Viewer, kind: str, query: Query) -> dict[str, Any]:
    """The columns with their counts and first cards; ended cases are counted only. Raises NotFound for an unknown kind."""
    if kind not in catalogue.case_types:
        raise NotFound(t("没有这种事项", "There is no such kind of case"), which=kind[:60])
    narrowed = Query(query.q, (*query.where, f"kind:eq:{kind}"), query.set)
    counts = {row["stage"]: row for row in stock(viewer, narrowed, kind)}
    columns = [
        {**counts[state.key], "phase": state.phase, **_cards(viewer, narrowed, state.key, counts, final=state.final)}
        for state in catalogue.case_types[kind].lifecycle.states
    ]
    return {"kind": kind, "columns": columns, "dict": words_of(describe(Case))}


def _cards(viewer: Viewer, query: Query, state: str, counts: dict[str, Any], *, final: bool) -> dict[str, Any]:
    if final or not counts[state]["count"]:
        return {"rows": [], "more": counts[state]["count"]}
    found = listed(viewer, ENTITY, Query(query.q, (*query.where, f"state:eq:{state}"), query.set, "due_at", limit=CARDS, columns=ON_CARDS))
    return {"rows": found.rows, "more": max(0, counts[state]["count"] - len(found.rows))}
