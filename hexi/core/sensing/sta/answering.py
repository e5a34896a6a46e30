"""From a path and its options to the answer: filtered, ordered, paged by key, expanded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, cast
from urllib.parse import urlencode

from hexi.core.sensing.sta.observations import COLUMNS, Question, limits_of
from hexi.core.sensing.sta.options import Options
from hexi.core.sensing.sta.sets import LINKS, Entity, Sets
from hexi.kernel.errors import Invalid, NotFound, Problem
from hexi.kernel.label import t

PART = re.compile(r"(?P<name>[A-Za-z$]+)(?:\((?P<key>-?\d+|'(?:[^']|'')*')\))?\Z")
KEYS = {"id", "@iot.id"}


@dataclass(slots=True)
class Found:
    """Where a path leads: to a set (`rows` of `set`, of `parent`), to one row, or to a property of it."""

    set: str
    parent: Entity | None = None
    link: str = ""
    one: Entity | None = None
    property: str = ""
    raw: bool = False
    reference: bool = False


def walked(sets: Sets, path: str) -> Found:
    """Raises NotFound where there is nothing, or nothing for this reader."""
    found = Found("")
    for part in filter(None, path.split("/")):
        found = _step(sets, found, part)
    return found


def _step(sets: Sets, at: Found, part: str) -> Found:
    match = PART.match(part)
    if match is None or at.raw or at.reference:
        raise NotFound(which=part[:80])
    name, key = match["name"], _key(match["key"])
    if name == "$ref":
        return replace(at, reference=True)
    if name == "$value" and at.property:
        return replace(at, raw=True)
    if at.one is not None and not at.property:
        return _inside(sets, at.one, name, key)
    if at.set or name not in LINKS:
        raise NotFound(which=part[:80])
    return Found(name, one=_must(sets.one(name, key), part)) if key is not None else Found(name)


def _inside(sets: Sets, one: Entity, name: str, key: int | str | None) -> Found:
    if name in one.doc:
        return Found(one.set, one=one, property=name)
    target, many = LINKS[one.set].get(name, ("", False))
    if not target:
        raise NotFound(which=name[:80])
    if not many:
        return Found(target, one=_must(next(sets.linked(one, name), None), name))
    if key is None:
        return Found(target, parent=one, link=name)
    return Found(target, one=_must(next((row for row in sets.linked(one, name) if row.id == key), None), name))


def _key(said: str | None) -> int | str | None:
    if said is None:
        return None
    return said[1:-1].replace("''", "'") if said.startswith("'") else int(said)


def _must(found: Entity | None, which: str) -> Entity:
    if found is None:
        raise NotFound(which=which[:80])
    return found


class Answer:
    """Documents of one request; `root` is the address of the service."""

    def __init__(self, sets: Sets, root: str) -> None:
        self.sets, self.root = sets, root

    def one(self, one: Entity, options: Options) -> dict[str, Any]:
        """One row with what was selected and expanded."""
        doc: dict[str, Any] = {"@iot.id": one.id, "@iot.selfLink": f"{self.root}/{one.path}", **one.doc}
        for name in LINKS[one.set]:
            doc[f"{name}@iot.navigationLink"] = f"{self.root}/{one.path}/{name}"
        if options.select:
            wanted = {"@iot.id" if name in KEYS else name for name in options.select}
            doc = {key: value for key, value in doc.items() if key in wanted or key.partition("@iot.nav")[0] in wanted}
        for name, inner in options.expand:
            self._expand(one, name, inner, doc)
        return doc

    def _expand(self, one: Entity, name: str, inner: Options, doc: dict[str, Any]) -> None:
        if name not in LINKS[one.set]:
            said = t("没有这个关联", "There is no such link")
            raise Invalid([Problem("$expand", said, value=name[:60])], said, code="query_option")
        target, many = LINKS[one.set][name]
        if not many:
            doc[name] = self.one(_must(next(self.sets.linked(one, name), None), name), inner)
            return
        page = self.many(Found(target, parent=one, link=name), inner)
        doc[name] = page.pop("value")
        doc |= {f"{name}{key}": value for key, value in page.items()}

    def many(self, found: Found, options: Options, asked: dict[str, str] | None = None) -> dict[str, Any]:
        """A page of a set, with the link to the next one."""
        rows = self._rows(found, options)
        page = list(islice(rows, options.top + 1))
        count = options.skip + len(page) + sum(1 for _ in rows) if options.count and not options.token else None
        answer: dict[str, Any] = {} if count is None else {"@iot.count": count}
        if len(page) > options.top:
            page = page[: options.top]
            answer["@iot.nextLink"] = self._next(found, options, page, asked)
        refs = found.reference
        answer["value"] = [{"@iot.selfLink": f"{self.root}/{one.path}"} if refs else self.one(one, options) for one in page]
        return answer

    def _rows(self, found: Found, options: Options) -> Iterator[Entity]:
        rows = self._unsorted(found, options)
        if options.filter is not None:
            keep = options.filter
            rows = (one for one in rows if keep.holds(lambda path, one=one: self.resolved(one, path)))
        if options.order and not _asked_of_readings(found, options):
            rows = iter(self._sorted(list(rows), options))
        return islice(rows, options.skip, None) if options.skip else rows

    def _unsorted(self, found: Found, options: Options) -> Iterator[Entity]:
        question = _question(options) if found.set == "Observations" else None
        if found.parent is not None:
            rows = self.sets.linked(found.parent, found.link, question)
            return rows if question else _behind(rows, options)
        return self.sets.all(found.set, question, "" if options.order else options.token)

    def _sorted(self, rows: list[Entity], options: Options) -> list[Entity]:
        for path, descending in reversed(options.order):  # a stable sort: the last criterion first
            rows.sort(key=lambda one, path=path: _rank(self.resolved(one, path)), reverse=descending)
        return rows

    def resolved(self, one: Entity, path: str) -> list[Any]:
        """Every value that the path has from this row on."""
        head, _, rest = path.partition("/")
        if head in KEYS and not rest:
            return [one.id]
        if head in LINKS[one.set]:
            return [value for each in self.sets.linked(one, head) for value in self.resolved(each, rest or "id")]
        found: Any = one.doc.get(head)
        if head not in one.doc:
            said = t("没有这个属性", "There is no such property")
            raise Invalid([Problem("$filter", said, value=path[:80])], said, code="filter")
        for part in filter(None, rest.split("/")):
            found = cast("dict[str, Any]", found).get(part) if isinstance(found, dict) else None
        return [found]

    def _next(self, found: Found, options: Options, page: list[Entity], asked: dict[str, str] | None) -> str:
        """By key where the order is that of the keys: a page far behind costs no more than the first."""
        more = {key: value for key, value in (asked or {}).items() if key not in {"$skip", "$skiptoken", "$count"}}
        if "$top" in (asked or {}) or asked is None:
            more["$top"] = str(options.top)
        by_key = not options.order or (_asked_of_readings(found, options) and options.order[0][0] != "result")
        more |= {"$skiptoken": str(page[-1].id)} if by_key else {"$skip": str(options.skip + options.top)}
        path = f"{found.parent.path}/{found.link}" if found.parent else found.set
        return f"{self.root}/{path}?{urlencode(more)}"


def _behind(rows: Iterator[Entity], options: Options) -> Iterator[Entity]:
    """Behind the token's key; rows come in the order of their keys."""
    if not options.token or options.order:
        return rows
    return (
        one
        for one in rows
        if _rank([one.id]) > _rank([int(options.token) if isinstance(one.id, int) and options.token.isdecimal() else options.token])
    )


def _asked_of_readings(found: Found, options: Options) -> bool:
    return found.set == "Observations" and bool(options.order) and options.order[0][0] in COLUMNS and len(options.order) == 1


def _question(options: Options) -> Question:
    order = options.order[0] if options.order and options.order[0][0] in COLUMNS else ("phenomenonTime", False)
    number, _, moment = options.token.partition("-")
    after = (int(moment), int(number)) if number.isdecimal() and moment.isdecimal() and len(options.token) < 40 else None
    column = "value" if order[0] == "result" else "moment"
    return Question((), column, order[1], after if column == "moment" else None, limits_of(options.filter))


def _rank(values: list[Any]) -> tuple[int, float, str]:
    """Numbers before texts, what is missing first."""
    value = values[0] if values else None
    if value is None:
        return (0, 0.0, "")
    return (1, float(value), "") if isinstance(value, int | float) else (2, 0.0, str(value))
