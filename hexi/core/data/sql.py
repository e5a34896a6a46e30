"""The SQL face of a condition: a Django Q, the same on SQLite and PostgreSQL.

Every comparison says first that the value is known, so that NOT keeps its two-valued meaning.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, cast

from django.db.models import DecimalField, F, Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import Exact, GreaterThan

from hexi.core.data.indexes import AREA_WIDTHS, AreaPart
from hexi.core.data.sharing import rows_shared_with, shares_row
from hexi.kernel import condition as c
from hexi.kernel.codes import prefix_end
from hexi.kernel.context import Context
from hexi.kernel.shared import Shared

TEXTUAL = {"text", "choice", "place", "office", "offices"}
LOOKUPS = {"lt": "lt", "le": "lte", "gt": "gt", "ge": "gte", "eq": "exact", "ne": "exact"}
FRACTION = DecimalField(max_digits=40, decimal_places=20)


def to_q(cond: c.Cond, context: Context, at: str = "") -> Q:
    """The condition as a filter; `at` is the way to the row that it speaks of, such as `group__`. Raises TypeError for what has no SQL."""
    return _compiled(simplified(cond), context, at)


def simplified(cond: c.Cond) -> c.Cond:
    """The same condition without parts that say nothing; only the outermost may then be everything or nothing."""
    match cond:
        case c.Both():
            return _narrowed(cond)
        case c.Either(left, right):
            return c.either(simplified(left), simplified(right))
        case c.Not(inner):
            plain = simplified(inner)
            return c.Nothing() if isinstance(plain, c.Everything) else c.Everything() if isinstance(plain, c.Nothing) else ~plain
        case _:
            return cond


def _narrowed(cond: c.Both) -> c.Cond:
    """Of two areas, one inside the other, only the inner: the engines would else read the outer one's index."""
    parts = [simplified(part) for part in parts_of(cond)]
    areas = [part for part in parts if isinstance(part, c.Within)]
    return c.all_of(*(part for part in parts if not (isinstance(part, c.Within) and any(_inside(one, part) for one in areas))))


def parts_of(cond: c.Cond) -> Iterator[c.Cond]:
    """The conditions that all have to hold."""
    if isinstance(cond, c.Both):
        yield from parts_of(cond.left)
        yield from parts_of(cond.right)
    else:
        yield cond


def _inside(one: c.Within, other: c.Within) -> bool:
    return one.column.path == other.column.path and len(one.code) > len(other.code) and one.code.startswith(other.code)


def _compiled(cond: c.Cond, context: Context, at: str, sure: bool = True) -> Q:
    """`sure`: no NOT stands around it, so that an unknown comparison falls out by itself and need not be asked for."""
    match cond:
        case c.Everything():
            return Q()
        case c.Nothing():
            return Q(**{f"{at}pk__in": []})
        case c.Both(left, right):
            return _compiled(left, context, at, sure) & _compiled(right, context, at, sure)
        case c.Either(left, right):
            return _compiled(left, context, at, sure) | _compiled(right, context, at, sure)
        case c.Not(inner):
            return ~_compiled(inner, context, at, sure=False)
        case _:
            return _leaf(cond, context, at, sure)


def _leaf(cond: c.Cond, context: Context, at: str, sure: bool) -> Q:
    match cond:
        case c.Missing(column):
            return ~_known(column, at)
        case c.OlderThan(column, _, missing) if missing:
            return ~_known(column, at) | _test(cond, context, at)
        case c.Compare(column, order, value) if order == "ne" or isinstance(value, c.Column):
            known = _known(column, at)
            return (known & _known(cast("c.Column[Any]", value), at) if isinstance(value, c.Column) else known) & _test(cond, context, at)
        case _:
            test = _test(cond, context, at)
            return test if sure else _known(next(cond.columns()), at) & test


def _test(cond: c.Cond, context: Context, at: str) -> Q:
    """What is asked of a known value."""
    match cond:
        case c.FlagColumn():
            return Q(**{path(cond, at): True})
        case c.OneOf() | Shared():
            return _member(cond, at)
        case c.Compare():
            return _compare(cond, context, at)
        case c.Has(column, piece):
            return Q(GreaterThan(StrIndex(F(path(column, at)), Value(piece)), 0))
        case c.Within(column, code):
            return _within(path(column, at), code)
        case c.OlderThan(column, span, _):
            return Q(**{f"{path(column, at)}__lt": context.before(context.value(span), whole_days=column.whole_days)})
        case c.Aged(column, years):
            return Q(**{f"{path(column, at)}__lte": context.birthday_limit(context.value(years))})
        case _:
            raise TypeError(f"No SQL for {type(cond).__name__}: add it to hexi/core/data/sql.py.")


def _compare(cond: c.Compare, context: Context, at: str) -> Q:
    name, other = path(cond.column, at), cond.value
    want = F(path(cast("c.Column[Any]", other), at)) if isinstance(other, c.Column) else _exact(context.value(other))
    test = Q(**{f"{name}__{LOOKUPS[cond.order]}": want})
    return ~test if cond.order == "ne" else test


def _member(cond: c.OneOf | Shared, at: str) -> Q:
    if isinstance(cond, Shared):
        way = f"{at}{'__'.join((*cond.column.path[:-1], 'pk'))}"
        if way != "pk":  # a row that is reached from another is looked up by itself, not among all that the office has
            return Q(shares_row(cond.column.entity, cond.values, way))
        return Q(pk__in=rows_shared_with(cond.column.entity, cond.values))
    return _one_of(path(cond.column, at), cond.values)


def _one_of(name: str, values: tuple[Any, ...]) -> Q:
    return Q(**{f"{name}__in": [_exact(value) for value in values]})


def _exact(value: Any) -> Any:
    """A number as it was written: Django would cut it to the column's own decimals, and 4.5 becomes 4 for a whole-number column."""
    if isinstance(value, float | Decimal):
        number = Decimal(repr(value)) if isinstance(value, float) else value
        return int(number) if number == number.to_integral_value() else Value(number, output_field=FRACTION)
    return value


def _within(name: str, code: str) -> Q:
    """The subtree as a range of codes; for the levels that have an index of their own as an equality too, since that one keeps the order.

    A whole district is nearly every row: there the range alone would lure an engine from the list's own order into sorting them all.
    """
    part = Q(Exact(AreaPart(name, len(code)), Value(code)))
    if len(code) < AREA_WIDTHS[0]:
        return part
    inside = Q(**{f"{name}__gte": code, f"{name}__lt": prefix_end(code)})
    return part & inside if len(code) in AREA_WIDTHS else inside


def _known(column: c.Column[Any], at: str) -> Q:
    known = Q(**{f"{path(column, at)}__isnull": False})
    return known & ~Q(**{path(column, at): ""}) if column.kind in TEXTUAL else known


def path(column: c.Column[Any], at: str = "") -> str:
    """The column's name in Django's query language."""
    return at + "__".join(column.path)
