"""Reading registers: one list in one statement, paged by key, masked by privacy class."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any, cast

from django.db.models import Count, QuerySet
from django.db.models.functions import Substr

from hexi.core.data.entities import Description, describe, described
from hexi.core.data.filters import Query, condition_of
from hexi.core.data.paging import Order, cursor_of, in_order, marked, order_of, page
from hexi.core.data.parameters import tuned_context
from hexi.core.data.reasons import newest
from hexi.core.data.showing import shown, shown_with_hidden, sight_of
from hexi.core.data.sql import to_q
from hexi.core.data.values import LARGEST_ID, plain
from hexi.core.trust.api import Viewer, allowed
from hexi.kernel.condition import Cond
from hexi.kernel.context import Context
from hexi.kernel.declare import Verb
from hexi.kernel.errors import Invalid, NotFound, Problem
from hexi.kernel.label import Language, t

COUNT_LIMIT = 10_000  # ours: beyond it a list says "more than"; an exact count of millions helps nobody and costs seconds
PAGE_LIMIT = 500
FACETS = 200
COUNTED = {"choice", "flag", "office", "reference"}


@dataclass(frozen=True)
class Listing:
    """One page of a register. `next` is the cursor of the page after it, None on the last; `masked` the fields hidden in some row."""

    rows: list[dict[str, Any]]
    next: str | None
    words: dict[str, dict[str, dict[str, str]]]
    masked: list[str]
    as_of: str


@dataclass(frozen=True)
class Seen:
    """One record as a viewer may see it; `hidden` are the fields that are masked in it or left out."""

    row: dict[str, Any]
    hidden: frozenset[str]


def rows_where(entity: type, cond: Cond, context: Context | None = None) -> QuerySet[Any]:
    """The entity's rows for which the condition holds. For reads inside the platform; people read through `listed`."""
    return describe(entity).model._default_manager.filter(to_q(cond, context or tuned_context()))


def readable(viewer: Viewer, entity: type, cond: Cond | None = None) -> QuerySet[Any]:
    """The rows that the viewer may read, further narrowed by `cond`."""
    found = rows_where(entity, allowed(viewer, "read", describe(entity).subject))
    return found.filter(to_q(cond, tuned_context())) if cond is not None else found


def listed(viewer: Viewer, entity: str, query: Query) -> Listing:
    """One page. Raises NotFound for an unknown register, Invalid for a faulty filter, sort or cursor."""
    about = described(entity)
    limit = max(1, min(query.limit, PAGE_LIMIT))
    order, sight = order_of(viewer, about, query.sort), sight_of(viewer, about, query.columns or about.fields)
    found = sight.fetch(_on_page(viewer, about, query, order, limit + 1), order)
    rows = page(found, order, query.after, limit + 1)
    following = cursor_of(order, rows[limit - 1]) if len(rows) > limit else None
    seen_rows = shown(sight, rows[:limit])
    return Listing(
        seen_rows, following, words_of(about), sorted({name for row in seen_rows for name in row.get("__masked", ())}), now_text()
    )


def every(viewer: Viewer, entity: str, query: Query, batch: int = 2000) -> Iterator[dict[str, Any]]:
    """All rows of the query, batch by batch, as exports need them; the same permission and masks as the list."""
    about = described(entity)
    order, sight = order_of(viewer, about, query.sort), sight_of(viewer, about, query.columns or about.fields)
    found = in_order(sight.fetch(asked(viewer, about, query, "export"), order), order).iterator(chunk_size=batch)
    while rows := list(islice(found, batch)):
        yield from shown(sight, rows)


def counted(viewer: Viewer, entity: str, query: Query, *, exact: bool = False) -> tuple[int, bool]:
    """How many rows, up to COUNT_LIMIT, and whether there are more; all of them when `exact`, which costs what it costs."""
    if exact:
        return asked(viewer, described(entity), query).count(), False
    number = asked(viewer, described(entity), query)[: COUNT_LIMIT + 1].count()
    return min(number, COUNT_LIMIT), number > COUNT_LIMIT


def facets(viewer: Viewer, entity: str, query: Query, name: str) -> list[dict[str, Any]]:
    """How many rows per value of a choice, flag, office or reference field that the viewer may read in clear; the most frequent first."""
    about = described(entity)
    spec = about.fields.get(name)
    if spec is None or spec.kind not in COUNTED:
        raise Invalid([Problem("field", t("只能按选项类栏目计数", "Counts go by choice fields only"))])
    known = Query(query.q, (*query.where, f"{name}:missing:false"), query.set)
    rows = asked(viewer, about, known).order_by().values(spec.attname).annotate(n=Count("pk")).order_by("-n", spec.attname)
    return [{"value": row[spec.attname], "count": row["n"]} for row in rows[:FACETS]]


def counts_by_place(viewer: Viewer, about: Description, width: int, cond: Cond | None = None) -> dict[str, int]:
    """How many rows the viewer may read (and `cond` holds for) in each place, by the first `width` digits of its code."""
    assert about.place is not None, f"{about.key} has no place to count by"
    found = readable(viewer, about.model, cond).order_by().annotate(area=Substr(about.place, 1, width))
    return {row["area"]: row["n"] for row in found.values("area").annotate(n=Count("pk"))}


def shown_rows(viewer: Viewer, about: Description, numbers: Collection[int], names: Collection[str]) -> dict[int, dict[str, Any]]:
    """These fields of these rows by number, masked as this viewer sees them; rows that they may not read are missing."""
    sight = sight_of(viewer, about, names)
    rows = list(sight.fetch(readable(viewer, about.model).filter(pk__in=list(numbers)), Order(about.key, "id", True)))
    return {row["id"]: seen_row for row, seen_row in zip(rows, shown(sight, rows), strict=True)}


def seen(viewer: Viewer, about: Description, number: int) -> Seen:
    """One record as this viewer may see it. Raises NotFound, also for what is there but not open to them."""
    sight = sight_of(viewer, about, about.fields)
    row = (
        sight.fetch(readable(viewer, about.model).filter(pk=number), Order(about.key, "id", True)).first() if number <= LARGEST_ID else None
    )
    if row is None:
        raise NotFound(which=f"{about.label.said(viewer.language)} {number}")
    ((found, hidden),) = shown_with_hidden(sight, [row])
    return Seen(found, frozenset(hidden))


def presented(viewer: Viewer, about: Description, number: int) -> dict[str, Any]:
    """The values of `seen` alone. Raises NotFound."""
    return seen(viewer, about, number).row


def reread(viewer: Viewer, about: Description, number: int) -> Any:
    """The row itself, for conditions that read it. Raises NotFound."""
    row = readable(viewer, about.model).filter(pk=number).first()
    if row is None:
        raise NotFound(which=f"{about.label.said(viewer.language)} {number}")
    return row


def title_of(about: Description, row: dict[str, Any], language: Language = "zh") -> str:
    """What the record is called: its title field as the viewer sees it, else the register and the number."""
    field, value = about.fields[about.title], row.get(about.title)
    if field.kind == "choice" and value in field.options:
        return field.options[value].said(language)
    label = row.get(f"{about.title}__label") or (row.get(f"{about.title}_en") if language == "en" else None)
    said = cast("dict[str, str]", label)[language] if isinstance(label, dict) else label or value
    return str(said or f"{about.label.said(language)} {row['id']}")


def words_of(about: Description) -> dict[str, dict[str, dict[str, str]]]:
    """The labels of choice fields by key."""
    return {name: {key: label.as_dict() for key, label in f.options.items()} for name, f in about.fields.items() if f.kind == "choice"}


def now_text() -> str:
    return plain(datetime.now(UTC))


def _on_page(viewer: Viewer, about: Description, query: Query, order: Order, size: int) -> QuerySet[Any]:
    """The rows of the query, or, in a list that falls by number, just those among which the page is."""
    if order.name == "id" and order.falls:
        few = newest(about, condition_of(viewer, about, query), marked(order, query.after), size)
        if few is not None:
            return about.model._default_manager.filter(few)
    return asked(viewer, about, query)


def asked(viewer: Viewer, about: Description, query: Query, *verbs: Verb) -> QuerySet[Any]:
    """The rows of a list without its order and page: for counts and pictures of the same rows. Raises Invalid for a faulty filter."""
    return about.model._default_manager.filter(to_q(condition_of(viewer, about, query, *verbs), tuned_context()))
