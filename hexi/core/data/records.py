"""Reading registers: one list in one statement, paged by key, masked by privacy class."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
from django.db.models import Count, F, Q, QuerySet

from hexi.core.data.entities import Description, describe, described
from hexi.core.data.filters import Query, condition_of
from hexi.core.data.masking import Mask, mask_for
from hexi.core.data.sql import to_q
from hexi.core.data.values import Refused, parsed, plain
from hexi.core.space.api import labels_for
from hexi.core.trust.api import Viewer, allowed, organisation_labels
from hexi.kernel.condition import Cond, Context, now_context
from hexi.kernel.declare import Verb
from hexi.kernel.errors import Invalid, NotFound, Problem
from hexi.kernel.label import t

COUNT_LIMIT = 10_000  # ours: beyond it a list says "more than"; an exact count of millions helps nobody and costs seconds
PAGE_LIMIT = 500


@dataclass(frozen=True)
class Listing:
    """One page of a register. `next` is the cursor of the page after it, None on the last."""

    rows: list[dict[str, Any]]
    next: str | None
    words: dict[str, dict[str, dict[str, str]]]
    masked: list[str]
    as_of: str


def rows_where(entity: type, cond: Cond, context: Context | None = None) -> QuerySet[Any]:
    """The entity's rows for which the condition holds. For reads inside the platform; people read through `listed`."""
    return describe(entity).model._default_manager.filter(to_q(cond, context or now_context()))


def readable(viewer: Viewer, entity: type, cond: Cond | None = None) -> QuerySet[Any]:
    """The rows that the viewer may read, further narrowed by `cond`."""
    found = rows_where(entity, allowed(viewer, "read", describe(entity).subject))
    return found.filter(to_q(cond, now_context())) if cond is not None else found


def listed(viewer: Viewer, entity: str, query: Query) -> Listing:
    """One page. Raises NotFound for an unknown register, Invalid for a faulty filter, sort or cursor."""
    about = described(entity)
    limit = max(1, min(query.limit, PAGE_LIMIT))
    found, mask = _selected(viewer, about, query)
    rows = list(_after(found, about, query)[: limit + 1])
    more = len(rows) > limit
    shown = _shown(about, rows[:limit], mask)
    following = _cursor(about, query, rows[limit - 1]) if more else None
    return Listing(shown, following, words_of(about), sorted(mask.names), now_text())


def every(viewer: Viewer, entity: str, query: Query, batch: int = 2000) -> Iterator[dict[str, Any]]:
    """All rows of the query, batch by batch, as exports need them; the same permission and masks as the list."""
    about = described(entity)
    found, mask = _selected(viewer, about, query, "export")
    chunk: list[dict[str, Any]] = []
    for row in _sorted(found, about, query).iterator(chunk_size=batch):
        chunk.append(row)
        if len(chunk) == batch:
            yield from _shown(about, chunk, mask)
            chunk = []
    yield from _shown(about, chunk, mask)


def counted(viewer: Viewer, entity: str, query: Query) -> tuple[int, bool]:
    """How many rows, up to COUNT_LIMIT, and whether there are more."""
    about = described(entity)
    number = about.model._default_manager.filter(to_q(condition_of(viewer, about, query), now_context()))[: COUNT_LIMIT + 1].count()
    return min(number, COUNT_LIMIT), number > COUNT_LIMIT


def facets(viewer: Viewer, entity: str, query: Query, name: str) -> list[dict[str, Any]]:
    """How many rows per value of a choice, flag, office or reference field that the viewer may read in clear."""
    about = described(entity)
    spec = about.fields.get(name)
    if spec is None or spec.kind not in {"choice", "flag", "office", "reference"}:
        raise Invalid([Problem("field", t("只能按选项类栏目计数", "Counts go by choice fields only"))])
    narrowed = condition_of(viewer, about, Query(query.q, (*query.where, f"{name}:missing:false"), query.set))
    rows = about.model._default_manager.filter(to_q(narrowed, now_context())).order_by().values(spec.attname).annotate(n=Count("pk"))
    return sorted(({"value": row[spec.attname], "count": row["n"]} for row in rows), key=lambda row: -row["count"])


def presented(viewer: Viewer, about: Description, number: int) -> dict[str, Any]:
    """One record as this viewer may see it. Raises NotFound, also for what is there but not open to them."""
    found, mask = _selected(viewer, about, Query(columns=tuple(about.fields)))
    row = found.filter(pk=number).first()
    if row is None:
        raise NotFound(which=f"{about.label.zh} {number}")
    return _shown(about, [row], mask)[0]


def reread(viewer: Viewer, about: Description, number: int) -> Any:
    """The row itself, for conditions that read it. Raises NotFound."""
    row = readable(viewer, about.model).filter(pk=number).first()
    if row is None:
        raise NotFound(which=f"{about.label.zh} {number}")
    return row


def title_of(about: Description, row: dict[str, Any]) -> str:
    return str(row.get(about.title) or f"{about.label.zh} {row['id']}")


def words_of(about: Description) -> dict[str, dict[str, dict[str, str]]]:
    """The labels of choice fields by key."""
    return {name: {key: label.as_dict() for key, label in f.options.items()} for name, f in about.fields.items() if f.kind == "choice"}


def now_text() -> str:
    return plain(datetime.now(UTC))


def _selected(viewer: Viewer, about: Description, query: Query, *verbs: Verb) -> tuple[QuerySet[Any, Any], Mask]:
    names = [name for name in query.columns or about.fields if name in about.fields]
    mask = mask_for(viewer, about, names)
    fetched = {about.fields[name].attname for name in names} | mask.needs | {"id", "version"} | _sort_fields(about, query)
    paths = {name: _title_path(about, name) for name in names if about.fields[name].kind in {"reference", "file"}}
    labels = {f"{name}__label": F(f"{name}__{path}") for name, path in paths.items() if path}
    found = about.model._default_manager.filter(to_q(condition_of(viewer, about, query, *verbs), now_context()))
    return found.values(*sorted(fetched), **labels), mask


def _title_path(about: Description, name: str) -> str:
    """The title field of what the reference points to; none when it is personal, as a register of people's is."""
    target = about.fields[name].related_model
    if not hasattr(target, "Describe"):
        return "name"
    there = describe(target)
    return "" if there.fields[there.title].privacy in {"personal", "sensitive"} else there.title


def _sort_fields(about: Description, query: Query) -> set[str]:
    name, _ = _sort_of(about, query)
    return {name}


def _sort_of(about: Description, query: Query) -> tuple[str, bool]:
    """The column to sort by and whether it falls. Raises Invalid."""
    text = query.sort or about.sort
    name, falls = text.removeprefix("-"), text.startswith("-")
    if name != "id" and (name not in about.fields or about.fields[name].kind in {"document", "file"} or about.fields[name].privacy in {"personal", "sensitive"}):
        raise Invalid([Problem("sort", t("不能按“{name}”排序", "The list cannot be sorted by {name}").filled(name=name))])
    return ("id" if name == "id" else about.fields[name].attname), falls


def _sorted(found: QuerySet[Any, Any], about: Description, query: Query) -> QuerySet[Any, Any]:
    name, falls = _sort_of(about, query)
    nulls = {"nulls_last": True} if name != "id" and about.model._meta.get_field(name.removesuffix("_id")).null else {}
    tail = "-pk" if falls else "pk"
    if name == "id":
        return found.order_by(tail)
    return found.order_by(F(name).desc(**nulls) if falls else F(name).asc(**nulls), tail)


def _after(found: QuerySet[Any, Any], about: Description, query: Query) -> QuerySet[Any, Any]:
    """Rows after the cursor, by comparing keys: page one thousand costs what page one costs."""
    found = _sorted(found, about, query)
    if not query.after:
        return found
    name, falls = _sort_of(about, query)
    value, number = _opened(about, name, query.after)
    op = "lt" if falls else "gt"
    later = Q(**{f"pk__{op}": number})
    if name == "id":
        return found.filter(later)
    if value is None:
        return found.filter(Q(**{f"{name}__isnull": True}) & later)
    beyond = Q(**{f"{name}__{op}": value}) | (Q(**{name: value}) & later)
    nullable = about.model._meta.get_field(name.removesuffix("_id")).null
    return found.filter(beyond | Q(**{f"{name}__isnull": True}) if nullable else beyond)


def _cursor(about: Description, query: Query, row: dict[str, Any]) -> str:
    name, _ = _sort_of(about, query)
    value = row[name]
    return base64.urlsafe_b64encode(orjson.dumps([str(value) if value is not None and not isinstance(value, int) else value, row["id"]])).decode()


def _opened(about: Description, name: str, cursor: str) -> tuple[Any, int]:
    try:
        value, number = orjson.loads(base64.urlsafe_b64decode(cursor))
        if name == "id" or value is None:
            return None, int(number)
        field = about.model._meta.get_field(name.removesuffix("_id"))
        return (field.to_python(value) if field.kind in {"moment", "place", "office"} else parsed(field, value) if field.kind != "reference" else int(value)), int(number)
    except (ValueError, TypeError, Refused, binascii.Error) as error:
        raise Invalid([Problem("after", t("翻页标记无效，请从第一页重新开始", "The page mark is not valid; begin again at the first page"))]) from error


def _shown(about: Description, rows: Sequence[dict[str, Any]], mask: Mask) -> list[dict[str, Any]]:
    """Rows as JSON: reference numbers under the field's own name, labels beside them, masked values masked."""
    places = labels_for({row[f.attname] for f in about.fields.values() if f.kind == "place" for row in rows if row.get(f.attname)})
    return [_shown_row(about, row, mask, places) for row in rows]


def _shown_row(about: Description, row: dict[str, Any], mask: Mask, places: dict[str, str]) -> dict[str, Any]:
    hidden = mask.hidden(row)
    out: dict[str, Any] = {"id": row["id"], "version": row["version"]}
    for name, f in about.fields.items():
        if f.attname not in row:
            continue
        value = row[f.attname]
        if name in hidden:
            out[name] = mask.masked(name, value)
            continue
        out[name] = plain(value)
        if f.kind == "place" and value:
            out[f"{name}__label"] = places.get(value, value)
        elif f.kind == "office" and value:
            label = organisation_labels().get(value)
            out[f"{name}__label"] = label.as_dict() if label else value
        elif f.kind in {"reference", "file"} and value is not None:
            out[f"{name}__label"] = row.get(f"{name}__label")
    return out
