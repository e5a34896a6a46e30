"""Lists of rows that somebody may read for several reasons: the newest of each reason by its own index, then the newest of all.

One condition with OR between "my office's" and "the public's" would have the engine walk through the whole register for an office that
has few rows, or gather tens of thousands of numbers for one that has many.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from hexi.core.data.entities import Description
from hexi.core.data.parameters import tuned_context
from hexi.core.data.sharing import OfficeUse
from hexi.core.data.sql import parts_of, simplified, to_q
from hexi.kernel.condition import Cond, Either, all_of
from hexi.kernel.shared import Shared

MOST = 12  # beyond so many reasons, one question with all of them is cheaper


def newest(about: Description, cond: Cond, mark: int | None, size: int) -> Q | None:
    """The rows, as a filter, that may stand on the page behind `mark` of a list that falls by number; None where one index has them all.

    Only of registers that organisations share: such a register has an index for every other reason too, such as being open to the public.
    """
    if not about.shared:
        return None
    ways = [way for reason in reasons_of(cond) for way in _ways(about, reason)]
    if len(ways) > MOST or (len(ways) == 1 and ways[0][0] is None):
        return None
    asked = [_numbers(about, use, rest, mark)[:size].query.sql_with_params() for use, rest in ways]
    sql = " UNION ALL ".join(f"SELECT * FROM ({each}) reason_{n}" for n, (each, _) in enumerate(asked))  # noqa: S608  made by the compiler
    return Q(pk__in=RawSQL(sql, [value for _, values in asked for value in values]))  # noqa: S611  likewise


def reasons_of(cond: Cond) -> list[Cond]:
    """The condition as whole conditions of which one is enough: its first choice taken apart, the rest beside each."""
    parts = list(parts_of(simplified(cond)))
    choice = next((part for part in parts if isinstance(part, Either)), None)
    if choice is None:
        return [all_of(*parts)]
    rest = [part for part in parts if part is not choice]
    return [all_of(one, *rest) for one in _options(choice)]


def _options(cond: Cond) -> Iterator[Cond]:
    if isinstance(cond, Either):
        yield from _options(cond.left)
        yield from _options(cond.right)
    else:
        yield cond


Way = tuple[tuple[str, str] | None, Cond]
"""By which organisation of which register, if by one, and what else has to hold."""


def _ways(about: Description, reason: Cond) -> list[Way]:
    """A reason that goes by organisations has a way for each of them."""
    parts = list(parts_of(simplified(reason)))
    shared = next((part for part in parts if isinstance(part, Shared) and len(part.column.path) == 1), None)
    if shared is None or about.shared != {shared.column.path[0]}:
        return [(None, reason)]
    rest = all_of(*(part for part in parts if part is not shared))
    return [((shared.column.entity, value), rest) for value in dict.fromkeys(shared.values)]


def _numbers(about: Description, use: tuple[str, str] | None, rest: Cond, mark: int | None) -> Any:
    name, rows = ("pk", about.model._default_manager.all()) if use is None else ("object_id", _uses(*use))
    holds = to_q(rest, tuned_context())
    if use is None:
        rows = rows.filter(holds)
    elif holds:
        rows = rows.filter(Exists(about.model._default_manager.filter(holds, pk=OuterRef("object_id"))))
    if mark is not None:
        rows = rows.filter(**{f"{name}__lt": mark})
    return rows.order_by(f"-{name}").values(name)


def _uses(entity: str, organisation: str) -> QuerySet[Any]:
    return OfficeUse.objects.filter(entity=entity, organisation=organisation)
