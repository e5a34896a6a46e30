"""Conditions as data: one object that runs in Python, compiles to SQL and reads as a sentence.

A condition is two-valued. A comparison with a missing value is false, so `~` means what people think: everything else.
Faces: `holds` (Python, here), `words` (`condition_words`), SQL (`hexi.core.data.sql`), columnar (`hexi.core.data.columnar`).
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Generic, Literal, TypeVar, cast, get_args

from hexi.kernel.context import Context, Param
from hexi.kernel.label import Label, Language

T = TypeVar("T")
C = TypeVar("C", bound="Column[Any]")
Order = Literal["lt", "le", "gt", "ge", "eq", "ne"]
ORDERS: dict[Order, Callable[[Any, Any], bool]] = {order: getattr(operator, order) for order in get_args(Order)}


class Cond:
    """A two-valued condition over one row."""

    __slots__ = ()

    def __and__(self, other: Cond) -> Cond:
        return both(self, other)

    def __or__(self, other: Cond) -> Cond:
        return either(self, other)

    def __invert__(self) -> Cond:
        return self.inner if isinstance(self, Not) else Not(self)

    def __bool__(self) -> bool:
        raise TypeError("A condition has no truth value before it meets a row: write & | ~ instead of and, or, not, if.")

    def holds(self, row: Any, context: Context) -> bool:
        """Is it true of this row? The row may be any object or mapping with the columns as attributes or keys."""
        raise NotImplementedError

    def words(self, language: Language = "zh") -> str:
        """The condition as a sentence for the official who owns the rule."""
        from hexi.kernel.condition_words import say

        return say(self, language)

    def columns(self) -> Iterator[Column[Any]]:
        """Every column that the condition reads."""
        return iter(())


@dataclass(frozen=True, slots=True)
class Everything(Cond):
    """True of every row."""

    def holds(self, row: Any, context: Context) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Nothing(Cond):
    """True of no row."""

    def holds(self, row: Any, context: Context) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class Both(Cond):
    left: Cond
    right: Cond

    def holds(self, row: Any, context: Context) -> bool:
        return self.left.holds(row, context) and self.right.holds(row, context)

    def columns(self) -> Iterator[Column[Any]]:
        yield from self.left.columns()
        yield from self.right.columns()


@dataclass(frozen=True, slots=True)
class Either(Cond):
    left: Cond
    right: Cond

    def holds(self, row: Any, context: Context) -> bool:
        return self.left.holds(row, context) or self.right.holds(row, context)

    def columns(self) -> Iterator[Column[Any]]:
        yield from self.left.columns()
        yield from self.right.columns()


@dataclass(frozen=True, slots=True)
class Not(Cond):
    inner: Cond

    def holds(self, row: Any, context: Context) -> bool:
        return not self.inner.holds(row, context)

    def columns(self) -> Iterator[Column[Any]]:
        yield from self.inner.columns()


def both(left: Cond, right: Cond) -> Cond:
    """`left & right`, without the parts that say nothing."""
    match left, right:
        case (Nothing(), _) | (_, Nothing()):
            return Nothing()
        case (Everything(), other) | (other, Everything()):
            return other
        case _:
            return Both(left, right)


def either(left: Cond, right: Cond) -> Cond:
    """`left | right`, without the parts that say nothing."""
    match left, right:
        case (Everything(), _) | (_, Everything()):
            return Everything()
        case (Nothing(), other) | (other, Nothing()):
            return other
        case _:
            return Either(left, right)


def all_of(*parts: Cond) -> Cond:
    """True where every part is; true of every row when there is no part."""
    whole: Cond = Everything()
    for part in parts:
        whole = both(whole, part)
    return whole


def any_of(*parts: Cond) -> Cond:
    """True where one part is; true of no row when there is no part."""
    whole: Cond = Nothing()
    for part in parts:
        whole = either(whole, part)
    return whole


def _as_written(got: Any, want: Any) -> Any:
    """0.3 as a rule's author wrote it: beside an exact number the nearest binary fraction would be less than 0.3."""
    return Decimal(repr(want)) if isinstance(got, Decimal) and isinstance(want, float) else want


@dataclass(frozen=True, slots=True, eq=False)
class Compare(Cond):
    """The column against a value, a tuned parameter or another column. False when either is missing."""

    column: Column[Any]
    order: Order
    value: Any

    def holds(self, row: Any, context: Context) -> bool:
        got = self.column.of(row)
        want = self.other.of(row) if self.other is not None else context.value(self.value)
        return got is not None and want is not None and ORDERS[self.order](got, _as_written(got, want))

    def columns(self) -> Iterator[Column[Any]]:
        yield self.column
        if self.other is not None:
            yield self.other

    @property
    def other(self) -> Column[Any] | None:
        """The column that stands on the right, if one does."""
        value: Any = self.value
        return cast("Column[Any]", value) if isinstance(value, Column) else None


@dataclass(frozen=True, slots=True, eq=False)
class OneOf(Cond):
    """The column is one of these values."""

    column: Column[Any]
    values: tuple[Any, ...]

    def holds(self, row: Any, context: Context) -> bool:
        got = self.column.of(row)
        return got is not None and got in tuple(_as_written(got, value) for value in self.values)

    def columns(self) -> Iterator[Column[Any]]:
        yield self.column


@dataclass(frozen=True, slots=True, eq=False)
class Has(Cond):
    """The text contains this piece, letter by letter (case counts: the three engines agree on nothing else)."""

    column: Column[Any]
    piece: str

    def holds(self, row: Any, context: Context) -> bool:
        got = self.column.of(row)
        return got is not None and self.piece in got

    def columns(self) -> Iterator[Column[Any]]:
        yield self.column


@dataclass(frozen=True, slots=True, eq=False)
class Missing(Cond):
    """Nothing is known here. An empty text counts as missing."""

    column: Column[Any]

    def holds(self, row: Any, context: Context) -> bool:
        return self.column.of(row) is None

    def columns(self) -> Iterator[Column[Any]]:
        yield self.column


@dataclass(frozen=True, slots=True, eq=False)
class OlderThan(Cond):
    """The moment or day lies further back than `span`; `missing` says what a blank one means."""

    column: MomentColumn
    span: timedelta | Param[timedelta]
    missing: bool = False

    def holds(self, row: Any, context: Context) -> bool:
        got = self.column.of(row)
        return self.missing if got is None else got < context.before(context.value(self.span), whole_days=self.column.whole_days)

    def columns(self) -> Iterator[Column[Any]]:
        yield self.column


@dataclass(frozen=True, slots=True, eq=False)
class Aged(Cond):
    """Born at least so many whole years ago. False when the day of birth is missing."""

    column: MomentColumn
    years: int | Param[int]

    def holds(self, row: Any, context: Context) -> bool:
        got = self.column.of(row)
        return got is not None and got <= context.birthday_limit(context.value(self.years))

    def columns(self) -> Iterator[Column[Any]]:
        yield self.column


@dataclass(frozen=True, slots=True, eq=False)
class Within(Cond):
    """The place is this one or lies inside it. Codes are nested prefixes, so this is one range of an index."""

    column: Column[Any]
    code: str

    def __post_init__(self) -> None:
        if not (self.code.isascii() and self.code.isdigit()):
            raise ValueError(f"A place code has digits only, got {self.code!r}.")

    def holds(self, row: Any, context: Context) -> bool:
        got = self.column.of(row)
        return got is not None and got.startswith(self.code)

    def columns(self) -> Iterator[Column[Any]]:
        yield self.column


class Column(Generic[T]):
    """A field seen from its class: `Elder.age` is a column, `elder.age` is a number.

    `path` is how to reach it from a row: ("age",) or, through a reference, ("home", "built_in"). `owner` is the class that it starts at,
    `words` say what its keys mean.
    """

    __slots__ = ("kind", "label", "owner", "path", "privacy", "unit", "words")

    def __init__(self, path: str | tuple[str, ...], label: Label, *, kind: str = "", unit: str = "", privacy: str = "internal",
                 owner: type | None = None) -> None:  # fmt: skip
        self.path = (path,) if isinstance(path, str) else path
        self.label, self.kind, self.unit, self.privacy, self.owner = label, kind, unit, privacy, owner
        self.words: Mapping[str, Label] = {}

    @property
    def name(self) -> str:
        return self.path[-1]

    def of(self, row: Any) -> Any:
        """The value in this row; None when it, or a reference on the way, is missing. An empty text is a missing one."""
        for step in self.path:
            if row is None:
                return None
            row = cast("Mapping[str, Any]", row).get(step) if isinstance(row, Mapping) else getattr(row, step)
        return None if row == "" else row

    def to(self, further: C) -> C:
        """A column of the record that this reference points to: `Task.group.to(Group.number)`."""
        raise TypeError(f"{self.label.en!r} is no reference: it leads to no other record.")

    def __lt__(self, other: T | Param[T] | Column[T]) -> Cond:
        return self._ordered("lt", other)

    def __le__(self, other: T | Param[T] | Column[T]) -> Cond:
        return self._ordered("le", other)

    def __gt__(self, other: T | Param[T] | Column[T]) -> Cond:
        return self._ordered("gt", other)

    def __ge__(self, other: T | Param[T] | Column[T]) -> Cond:
        return self._ordered("ge", other)

    def __eq__(self, other: T | Param[T] | Column[T]) -> Cond:  # type: ignore[override]
        return Compare(self, "eq", known(self, other))

    def __ne__(self, other: T | Param[T] | Column[T]) -> Cond:  # type: ignore[override]
        return Compare(self, "ne", known(self, other))

    __hash__ = object.__hash__

    def _ordered(self, order: Order, other: Any) -> Cond:
        if self.kind in {"text", "choice", "place", "reference", "file"}:
            raise TypeError(f"{self.label.en!r} is {self.kind}: its order differs between databases. Use ==, one_of, has or within.")
        return Compare(self, order, known(self, other))

    def one_of(self, *values: T) -> Cond:
        return OneOf(self, tuple(known(self, value) for value in values))

    def has(self, piece: str) -> Cond:
        return Has(self, piece)

    def missing(self) -> Cond:
        return Missing(self)

    def __bool__(self) -> bool:
        raise TypeError(f"{self.label.en!r} is a column, not a value: compare it, as in `Elder.age >= 80`.")

    def __repr__(self) -> str:
        return f"<Column {'.'.join(self.path)}>"


def known(column: Column[Any], value: Any) -> Any:
    if value is None or (isinstance(value, str) and not value):
        raise TypeError(f"Nothing equals a missing value: write column.missing() or ~column.missing() for {column.label.en!r}.")
    return value


class FlagColumn(Column[bool], Cond):
    """A yes/no field stands as a condition by itself; a missing one is no."""

    __slots__ = ()
    __and__, __or__, __invert__ = Cond.__and__, Cond.__or__, Cond.__invert__

    def holds(self, row: Any, context: Context) -> bool:
        return self.of(row) is True

    def columns(self) -> Iterator[Column[Any]]:
        yield self


class MomentColumn(Column[datetime]):
    """A moment, or a day when `whole_days`."""

    __slots__ = ()

    @property
    def whole_days(self) -> bool:
        return self.kind == "day"

    def older_than(self, span: timedelta | Param[timedelta], *, missing: bool = False) -> Cond:
        return OlderThan(self, span, missing)

    def aged(self, years: int | Param[int]) -> Cond:
        """At least so many years old, read from a day of birth."""
        if not self.whole_days:
            raise TypeError(f"{self.label.en!r} is a moment: an age is counted from a day of birth.")
        return Aged(self, years)


class ReferenceColumn(Column[int]):
    """The number of another record; `to` reaches that record's columns."""

    __slots__ = ()

    def to(self, further: C) -> C:
        path = (*self.path[:-1], self.path[-1].removesuffix("_id"), *further.path)
        found = copy(further)
        found.path, found.owner = path, self.owner
        return found


class PlaceColumn(Column[str]):
    """A place code."""

    __slots__ = ()

    def within(self, code: str) -> Cond:
        return Within(self, code)
