"""Pages of a list by key: page one thousand costs what page one costs, and rows that come or go shift none of the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import orjson
from django.core.signing import BadSignature, Signer
from django.db.models import Case, F, Q, QuerySet, When

from hexi.core.data.entities import Description
from hexi.core.data.masking import clearly
from hexi.core.data.parameters import tuned_context
from hexi.core.data.sql import to_q
from hexi.core.trust.api import Viewer
from hexi.kernel.condition import Cond, Everything, Nothing
from hexi.kernel.errors import Invalid, Problem
from hexi.kernel.label import t

Rows = QuerySet[Any]
Mark = tuple[Any, int]  # the value and the number of the last row shown
NEVER = {"document", "file"}
CLOSED = {"personal", "sensitive"}


@dataclass(frozen=True)
class Order:
    """A list's order: by one column, missing values last either way, then by number.

    `seen` is set where the viewer may read the column on some rows only: on the others it counts as missing. `indexed`: it is the
    register's own order, which has an index.
    """

    entity: str
    name: str
    falls: bool
    nullable: bool = False
    seen: Cond | None = None
    indexed: bool = False

    @property
    def key(self) -> str:
        """The column of the answer that the order goes by."""
        return "sort_key" if self.seen is not None else self.name


def order_of(viewer: Viewer, about: Description, sort: str) -> Order:
    """The order that the reader asks for, else the register's own, else by number. Raises Invalid.

    The register's own is no fault of the reader's: where they may not learn it, the newest number comes first.
    """
    text = sort or about.sort
    name, falls = text.removeprefix("-"), text.startswith("-")
    if name == "id":
        return Order(about.key, "id", falls)
    seen = _seen(viewer, about, name)
    if isinstance(seen, Nothing):
        if text == about.sort:
            return Order(about.key, "id", True)
        raise Invalid([Problem("sort", t("不能按“{name}”排序", "The list cannot be sorted by {name}").filled(name=name[:60]))])
    field = about.fields[name]
    if isinstance(seen, Everything):
        return Order(about.key, field.attname, falls, field.null, indexed=name == about.sort.removeprefix("-"))
    return Order(about.key, field.attname, falls, nullable=True, seen=seen)


def _seen(viewer: Viewer, about: Description, name: str) -> Cond:
    """The rows on which the viewer may learn the column's order; everything when that is all that they may read."""
    field = about.fields.get(name)
    if field is None or field.kind in NEVER or field.privacy in CLOSED:
        return Nothing()
    return clearly(viewer, about, field.privacy)


def keyed(found: Rows, order: Order) -> Rows:
    """The rows with the column that they are sorted by."""
    if order.seen is None:
        return found
    return found.annotate(sort_key=Case(When(to_q(order.seen, tuned_context()), then=F(order.name)), default=None))


def in_order(found: Rows, order: Order) -> Rows:
    """All rows in their order."""
    tail = "-pk" if order.falls else "pk"
    if order.name == "id":
        return found.order_by(tail)
    last = {"nulls_last": True} if order.nullable else {}
    return found.order_by(F(order.key).desc(**last) if order.falls else F(order.key).asc(**last), tail)


def page(found: Rows, order: Order, after: str, size: int) -> list[dict[str, Any]]:
    """The next `size` rows behind the cursor."""
    mark = _opened(order, after) if after else None
    if order.name == "id":
        return list(_tailed(_behind(found, order, mark), order)[:size])
    if not order.nullable:
        return list(_known(found, order, mark)[:size])
    if order.indexed:
        return _by_two(found, order, mark, size)
    if mark is None:
        return list(in_order(found, order)[:size])
    blank = Q(**{f"{order.key}__isnull": True})
    rest = found.filter(_later(order, mark) | blank) if mark[0] is not None else _behind(found.filter(blank), order, mark)
    return list(in_order(rest, order)[:size])


def _by_two(found: Rows, order: Order, mark: Mark | None, size: int) -> list[dict[str, Any]]:
    """Missing values come by a second question, so that each of the two reads the index from where it begins."""
    rows: list[dict[str, Any]] = []
    if mark is None or mark[0] is not None:
        rows += _known(found.filter(**{f"{order.key}__isnull": False}), order, mark)[:size]
        mark = None
    if len(rows) < size:
        blank = found.filter(**{f"{order.key}__isnull": True})
        rows += _tailed(_behind(blank, order, mark), order)[: size - len(rows)]
    return rows


def _known(found: Rows, order: Order, mark: Mark | None) -> Rows:
    if mark is not None:
        found = found.filter(_later(order, mark))
    return found.order_by(*(f"-{name}" if order.falls else name for name in (order.key, "pk")))


def _later(order: Order, mark: Mark) -> Q:
    """Behind the mark, said so that an index can begin there."""
    key, (reach, beyond) = order.key, ("lte", "lt") if order.falls else ("gte", "gt")
    return Q(**{f"{key}__{reach}": mark[0]}) & (Q(**{f"{key}__{beyond}": mark[0]}) | Q(**{f"pk__{beyond}": mark[1]}))


def _tailed(found: Rows, order: Order) -> Rows:
    return found.order_by("-pk" if order.falls else "pk")


def _behind(found: Rows, order: Order, mark: Mark | None) -> Rows:
    return found.filter(**{f"pk__{'lt' if order.falls else 'gt'}": mark[1]}) if mark else found


def cursor_of(order: Order, row: dict[str, Any]) -> str:
    """Where the next page begins. Signed: it goes into a query as it comes."""
    value = row[order.key]
    said = value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, Decimal) else value
    return _signer(order).sign_object([said, row["id"]], serializer=Plainly)


def marked(order: Order, after: str) -> int | None:
    """The number of the last row shown; None on the first page. Raises Invalid."""
    return _opened(order, after)[1] if after else None


def _opened(order: Order, cursor: str) -> Mark:
    try:
        value, number = _signer(order).unsign_object(cursor, serializer=Plainly)
    except (BadSignature, ValueError, UnicodeError):
        raise Invalid([Problem("after", t("翻页标记无效，请从第一页重新开始", "The page mark is not valid; begin again at the first page"))]) from None
    return value, number


def _signer(order: Order) -> Any:
    return Signer(salt=f"hexi.page.{order.entity}.{order.name}.{order.falls}")


class Plainly:
    """What the signer writes the mark with."""

    @staticmethod
    def dumps(value: Any) -> bytes:
        return orjson.dumps(value)

    @staticmethod
    def loads(text: bytes) -> Any:
        return orjson.loads(text)
