"""The query options of SensorThings: `$filter $expand $select $orderby $top $skip $count`, at the top and inside an `$expand`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from hexi.core.sensing.sta.filters import Node, parsed
from hexi.kernel.errors import Invalid, Problem
from hexi.kernel.label import t

TOP, MOST = 100, 1000
DEEPEST = 4
KNOWN = {"$filter", "$expand", "$select", "$orderby", "$top", "$skip", "$count", "$skiptoken", "$resultFormat"}


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for. `order` is a path and whether it is descending; `token` the key behind which to go on."""

    filter: Node | None = None
    expand: tuple[tuple[str, Options], ...] = ()
    select: frozenset[str] = frozenset()
    order: tuple[tuple[str, bool], ...] = ()
    top: int = TOP
    skip: int = 0
    count: bool = False
    token: str = ""
    columns: bool = False


def options_of(given: Mapping[str, str], depth: int = 0) -> Options:
    """Raises Invalid for what nobody knows or cannot be read."""
    if unknown := sorted(key for key in given if key.startswith("$") and key not in KNOWN):
        raise _refused(unknown[0], given[unknown[0]])
    if depth > DEEPEST:
        raise _refused("$expand", "…")
    return Options(
        filter=parsed(given["$filter"]) if given.get("$filter") else None,
        expand=_merged(_expanded(one, depth) for one in _split(given.get("$expand", ""), ",")),
        select=frozenset(one.strip() for one in given.get("$select", "").split(",") if one.strip()),
        order=tuple(_order(one) for one in _split(given.get("$orderby", ""), ",")),
        top=min(_number(given, "$top", TOP), MOST),
        skip=_number(given, "$skip", 0),
        count=given.get("$count", "false") == "true",
        token=given.get("$skiptoken", ""),
        columns=given.get("$resultFormat", "") == "dataArray",
    )


def _number(given: Mapping[str, str], key: str, usual: int) -> int:
    said = given.get(key, str(usual))
    if not said.isascii() or not said.isdecimal() or len(said) > 9:
        raise _refused(key, said)
    return int(said)


def _order(said: str) -> tuple[str, bool]:
    path, _, way = said.strip().partition(" ")
    if way.strip().lower() not in {"", "asc", "desc"}:
        raise _refused("$orderby", said)
    return path, way.strip().lower() == "desc"


def _expanded(said: str, depth: int) -> tuple[str, Options]:
    """`Datastreams($top=1;$expand=Thing)` or `Datastreams/ObservedProperty`."""
    name, _, inner = said.strip().partition("(")
    if inner:
        if not inner.endswith(")"):
            raise _refused("$expand", said)
        given = {one.strip().partition("=")[0]: one.strip().partition("=")[2] for one in _split(inner[:-1], ";")}
    else:
        given = dict[str, str]()
    first, _, rest = name.partition("/")
    if rest:
        return first, options_of({"$expand": rest + (f"({inner}" if inner else "")}, depth + 1)
    return first, options_of(given, depth + 1)


def _merged(found: Iterator[tuple[str, Options]]) -> tuple[tuple[str, Options], ...]:
    """`Datastreams/Sensor,Datastreams/Thing` expand the same thing twice: once with both."""
    by_name = dict[str, Options]()
    for name, one in found:
        before = by_name.get(name)
        by_name[name] = replace(one, expand=before.expand + one.expand) if before else one
    return tuple(by_name.items())


def _split(text: str, mark: str) -> Iterator[str]:
    """The parts between marks that stand outside of parentheses and quotes."""
    depth, quoted, begin = 0, False, 0
    for at, letter in enumerate(text):
        quoted ^= letter == "'"
        depth += 0 if quoted else (letter == "(") - (letter == ")")
        if letter == mark and not depth and not quoted:
            yield text[begin:at]
            begin = at + 1
    if text[begin:].strip():
        yield text[begin:]


def _refused(key: str, said: str) -> Invalid:
    what = t("查询参数无法理解", "A query option cannot be understood")
    return Invalid([Problem(key, what, value=said[:80])], what, code="query_option")
