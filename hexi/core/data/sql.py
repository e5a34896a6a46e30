"""The SQL face of a condition: a Django Q, the same on SQLite and PostgreSQL.

Every comparison says first that the value is known, so that NOT keeps its two-valued meaning.
"""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from hexi.kernel import condition as c

TEXTUAL = {"text", "choice", "place", "office"}
LOOKUPS = {"lt": "lt", "le": "lte", "gt": "gt", "ge": "gte", "eq": "exact"}


def to_q(cond: c.Cond, context: c.Context) -> Q:
    """The condition as a filter. Raises TypeError for a kind of condition that has no SQL."""
    match cond:
        case c.Everything():
            return Q()
        case c.Nothing():
            return Q(pk__in=[])
        case c.Both(left, right):
            return to_q(left, context) & to_q(right, context)
        case c.Either():
            return _either(cond, context)
        case c.Not(inner):
            return Q(pk__in=[]) if isinstance(inner, c.Everything) else ~to_q(inner, context)
        case _:
            return _leaf(cond, context)


def _either(cond: c.Either, context: c.Context) -> Q:
    if isinstance(cond.left, c.Everything) or isinstance(cond.right, c.Everything):  # an empty Q in an OR would say nothing
        return Q()
    return to_q(cond.left, context) | to_q(cond.right, context)


def _leaf(cond: c.Cond, context: c.Context) -> Q:
    match cond:
        case c.FlagColumn():
            return _known(cond) & Q(**{path(cond): True})
        case c.Compare():
            return _compare(cond, context)
        case c.OneOf(column, values):
            return _known(column) & Q(**{f"{path(column)}__in": values})
        case c.Has(column, piece):
            return _known(column) & Q(GreaterThan(StrIndex(F(path(column)), Value(piece)), 0))
        case c.Missing(column):
            return ~_known(column)
        case c.Within(column, code):
            return _known(column) & Q(**{f"{path(column)}__gte": code, f"{path(column)}__lt": c.prefix_end(code)})
        case c.OlderThan(column, span, missing):
            late = Q(**{f"{path(column)}__lt": context.before(context.value(span), whole_days=column.whole_days)})
            return (~_known(column) | late) if missing else (_known(column) & late)
        case c.Aged(column, years):
            return _known(column) & Q(**{f"{path(column)}__lte": context.birthday_limit(context.value(years))})
        case _:
            raise TypeError(f"No SQL for {type(cond).__name__}: add it to hexi/core/data/sql.py.")


def _compare(cond: c.Compare, context: c.Context) -> Q:
    name, other = path(cond.column), cond.value
    if isinstance(other, c.Column):
        known, want = _known(cond.column) & _known(other), F(path(other))
    else:
        known, want = _known(cond.column), context.value(other)
    if cond.order == "ne":
        return known & ~Q(**{name: want})
    return known & Q(**{f"{name}__{LOOKUPS[cond.order]}": want})


def _known(column: c.Column[Any]) -> Q:
    known = Q(**{f"{path(column)}__isnull": False})
    return known & ~Q(**{path(column): ""}) if column.kind in TEXTUAL else known


def path(column: c.Column[Any]) -> str:
    """The column's name in Django's query language."""
    return "__".join(column.path)
