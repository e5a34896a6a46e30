"""From a list's URL to a condition: `where=field:op:value`, `q=words`, `set=indicator.part`, `set=rule.key`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal as Exact
from typing import Any, cast

from hexi.core.data.entities import Description, describe
from hexi.core.data.masking import clearly
from hexi.core.data.values import Refused, clean, parsed, read_number
from hexi.core.space.api import Box, prefix_lengths, site_by_code
from hexi.core.trust.api import Viewer, allowed
from hexi.kernel.catalogue import catalogue
from hexi.kernel.condition import Column, Cond, Everything, Nothing, ReferenceColumn, Within, all_of, any_of, both, either
from hexi.kernel.declare import Verb
from hexi.kernel.errors import Invalid, Problem
from hexi.kernel.label import t
from hexi.kernel.moving import moved

Maker = Callable[[Column[Any], Any, str], Cond]
ORDERED = {"number", "money", "moment", "day"}
LINKED = {"reference", "file"}
SEARCH_WORDS = 5
AT = "at"
POINT = ("lon", "lat")


@dataclass(frozen=True)
class Query:
    """What a reader asks of a register. `where` holds `field:op:value` strings; `set` names an indicator's rows."""

    q: str = ""
    where: tuple[str, ...] = ()
    set: str = ""
    sort: str = ""
    after: str = ""
    limit: int = 50
    columns: tuple[str, ...] = field(default_factory=tuple[str, ...])


def condition_of(viewer: Viewer, about: Description, query: Query, *verbs: Verb) -> Cond:
    """Rows that the viewer may read (and `verbs`) and that the query asks for. Raises Invalid naming the faulty filter."""
    rights: tuple[Verb, ...] = ("read", *verbs)
    reach = {
        repr(cond): cond for cond in (allowed(viewer, verb, about.subject) for verb in rights)
    }  # the same rows for two verbs are asked once
    parts = [*reach.values(), *(_filter(viewer, about, text) for text in query.where)]
    parts += [_search(viewer, about, word) for word in clean(query.q).split()[:SEARCH_WORDS]]
    if query.set:
        parts.append(_seen(viewer, about, _named_set(about, query.set)))
    return all_of(*parts)


def _filter(viewer: Viewer, about: Description, text: str) -> Cond:
    name, _, rest = text.partition(":")
    op, _, raw = rest.partition(":")
    spec = about.fields.get(name)
    if spec is None or op not in MAKERS or not _fits(spec.kind, op):
        raise _faulty(text)
    if op == AT and spec.kind == "place":
        return _at(viewer, about, spec, clean(raw))
    try:
        cond = MAKERS[op](about.column(name), spec, clean(raw))
    except (Refused, TypeError, ValueError) as error:
        raise _faulty(text) from error
    return both(cond, clearly(viewer, about, spec.privacy))  # no learning by filtering what one may not read


def _fits(kind: str, op: str) -> bool:
    if kind == "document":
        return op == "missing"
    if kind == "offices":
        return op in {"in", "missing"}
    return kind not in LINKED or op in {"eq", "ne", "in", "missing"}


def _faulty(text: str) -> Invalid:
    known = "、".join(MAKERS)
    said = t(
        "筛选条件 {asked} 无法理解，写法为 栏目:比较:值，比较为 {known}",
        "The filter {asked} is not understood; write field:op:value with op one of {known}",
    )
    asked = ":".join(clean(text).split(":")[:2])[:80]  # without the value: it may be somebody's number
    return Invalid([Problem("where", said.filled(asked=asked, known=known))])


def _one(spec: Any, raw: str) -> Any:
    """The value to compare with. A code of a place or an office need not exist: nothing lies there then."""
    if spec.kind in {"place", "office", "offices"} and raw:
        return raw
    if spec.kind in {"number", "money"}:
        return read_number(raw)  # beyond a field's limits one may still ask
    value = parsed(spec, raw)
    if value is None or value == "":
        raise ValueError(raw)
    return value


def _ordered(order: str) -> Maker:
    def make(column: Column[Any], spec: Any, raw: str) -> Cond:
        if spec.kind not in ORDERED:
            raise TypeError(spec.kind)
        return getattr(column, f"__{order}__")(_one(spec, raw))

    return make


def _equal(column: Column[Any], spec: Any, raw: str) -> Cond:
    return column == _one(spec, raw)


def _within(column: Column[Any], spec: Any, raw: str) -> Cond:
    if spec.kind != "place":
        raise TypeError(spec.kind)
    return any_of(*(Within(column, code) for code in raw.split(",")))


def _at(viewer: Viewer, about: Description, spec: Any, code: str) -> Cond:
    """Rows that lie in the place by its code, or by their point at the building. Raises NotFound."""
    site, column, seen = site_by_code(code), about.column(spec.name), clearly(viewer, about, spec.privacy)
    by_code = both(any_of(*(Within(column, code) for code in (site.place, *site.formers))), seen) if site.place else Nothing()
    if site.beside is None or not set(POINT) <= set(about.fields):
        return by_code
    # A point lies in a place of the neighbourhood: so the index of places narrows the search for it.
    near = Within(column, site.around[: prefix_lengths()["community"]]) if site.around else Everything()
    clear_point = (clearly(viewer, about, about.fields[name].privacy) for name in POINT)
    return either(by_code, all_of(near, *_in_box(about, site.beside), seen, *clear_point))


def _in_box(about: Description, box: Box) -> Iterator[Cond]:
    lon, lat = (about.column(name) for name in POINT)
    west, south, east, north = (Exact(f"{at:.7f}") for at in box)
    yield from (lon >= west, lon <= east, lat >= south, lat <= north)


def _refused(column: Column[Any], spec: Any, raw: str) -> Cond:
    raise TypeError(spec.kind)


def _has(column: Column[Any], spec: Any, raw: str) -> Cond:
    if spec.kind != "text" or not raw:
        raise TypeError(spec.kind)
    return column.has(raw)


def _missing(column: Column[Any], spec: Any, raw: str) -> Cond:
    if raw not in {"true", "false", "1", "0"}:
        raise ValueError(raw)
    return column.missing() if raw in {"true", "1"} else ~column.missing()


MAKERS: dict[str, Maker] = {
    "eq": _equal,
    "ne": lambda column, spec, raw: ~_equal(column, spec, raw),
    "lt": _ordered("lt"), "le": _ordered("le"), "gt": _ordered("gt"), "ge": _ordered("ge"),
    "in": lambda column, spec, raw: column.one_of(*(_one(spec, one) for one in raw.split(","))),
    "has": _has,
    "within": _within,
    AT: _refused,  # of other fields than places
    "missing": _missing,
}  # fmt: skip


def _search(viewer: Viewer, about: Description, word: str) -> Cond:
    """The word in any searchable field, each only on rows where the viewer may read that field in clear."""
    found = [both(about.column(f.name).has(word), clearly(viewer, about, f.privacy)) for f in about.search_fields()]
    return any_of(*found) if found else Nothing()


def _named_set(about: Description, name: str) -> Cond:
    key, _, part = name.partition(".")
    if key == "rule" and part in catalogue.rules and catalogue.rules[part].on is about.model:
        return catalogue.rules[part].when
    indicator = catalogue.indicators.get(key)
    if indicator is None or indicator.of is not about.model or part not in {"hit", "where", "miss"}:
        raise Invalid([Problem("set", t("没有名为 {name} 的集合", "There is no set called {name}").filled(name=name))])
    if part == "where" or indicator.hit is None:
        return indicator.where
    return both(indicator.where, indicator.hit if part == "hit" else ~indicator.hit)


def _seen(viewer: Viewer, about: Description, cond: Cond) -> Cond:
    """The condition on those rows where the viewer may read every field that it reads: being in a list says something too."""
    seen = (_seen_at(viewer, about, column.path, column.privacy) for column in cond.columns())
    return all_of(cond, *{repr(one): one for one in seen}.values())


def _seen_at(viewer: Viewer, about: Description, path: tuple[str, ...], privacy: Any) -> Cond:
    """The rows on which the viewer may read what the path leads to: behind a reference, what they may read there."""
    if len(path) == 1:
        return clearly(viewer, about, privacy)
    field = about.fields[path[0]]
    there = describe(field.related_model)
    open_there = both(allowed(viewer, "read", there.subject), _seen_at(viewer, there, path[1:], privacy))
    return both(clearly(viewer, about, field.privacy), moved(open_there, cast(ReferenceColumn, about.column(path[0]))))
