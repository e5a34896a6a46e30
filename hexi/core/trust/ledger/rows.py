"""Every row against the events that speak of it: it began by one, it holds what they say last, and it is gone only where one says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db import models

from hexi.core.trust.events import canonical, plain
from hexi.core.trust.ledger.contracts import Fault
from hexi.core.trust.ledger.kinds import Kind, people, registers
from hexi.core.trust.models import Event
from hexi.kernel.batches import batched
from hexi.kernel.label import Label, t

CHUNK = 2000
NOT_OF_ROWS = ("compute", "reveal")
"""Events of a computation name what was computed for, not a row; those of looks say what was looked at."""
ROW = t("业务数据与最后一次留痕不符", "A row does not hold what its last event says")
ROW_GONE = t("业务数据被删除，没有留痕", "A row was removed without an event")
ADDED = t("业务数据没有产生它的留痕", "A row was added without an event")
STRAY = t("业务数据既非随版本声明而来，也没有留痕", "A row is neither as it was declared nor as any event says")
UNSAID = t("业务数据中有留痕从未写入的内容", "A row holds what no event has said")


def row_faults() -> Iterator[Fault]:
    """Each row of a register. What is not compared `coverage` says."""
    return _faults(registers())


def people_faults() -> Iterator[Fault]:
    """Who may do what: each organisation, account and post."""
    return _faults(people())


def _faults(kinds: Iterable[Kind]) -> Iterator[Fault]:
    for kind in kinds:
        events = _events(kind).filter(object_id__gt=0).order_by("object_id", "pk")
        if events.exists():
            for told in chunks(_last_words(kind, events)):
                yield from _told(kind, told)
        yield from _untold(kind)


def _events(kind: Kind) -> models.QuerySet[Event]:
    return Event.objects.filter(entity=kind.key).exclude(action__in=NOT_OF_ROWS)


@dataclass(slots=True)
class _LastWords:
    """What the events of one record say last of each field, and which of them said it. `last` is the newest that says anything."""

    object_id: int
    said: dict[str, tuple[Any, Any]] = field(default_factory=dict[str, tuple[Any, Any]])
    last: Any = None
    begun: bool = False
    gone: bool = False


def _last_words(kind: Kind, events: models.QuerySet[Event]) -> Iterator[_LastWords]:
    for object_id, own in groupby(events.iterator(chunk_size=CHUNK), key=lambda event: event.object_id):
        found = _LastWords(object_id)
        for event in own:
            _heard(kind, found, event)
        yield found


def _heard(kind: Kind, found: _LastWords, event: Any) -> None:
    """A beginning says more fields after than before. Nothing after means that the row is gone."""
    if not (event.before or event.after):
        found.last = found.last or event
        return
    found.last, found.gone = event, not event.after
    if found.gone:
        found.said.clear()
        return
    found.begun = found.begun or bool((event.after.keys() - event.before.keys()) & (kind.own or event.after.keys()))
    found.said |= {name: (value, event) for name, value in event.after.items()}


def _told(kind: Kind, told: list[_LastWords]) -> Iterator[Fault]:
    rows = kind.rows().in_bulk([one.object_id for one in told])
    for one in told:
        row = rows.get(one.object_id)
        if row is None:
            if not (one.gone or kind.goes_untold):
                yield Fault(ROW_GONE, kind.key, one.object_id, event=one.last.pk, at=one.last.at)
        elif one.gone or not (one.begun or kind.some_untold):
            yield _added(ADDED, kind, row, one.last)
        else:
            yield from _compared(kind, row, one)


def _compared(kind: Kind, row: Any, one: _LastWords) -> Iterator[Fault]:
    held = kind.held(row)
    for name, (value, event) in one.said.items():
        if name in held and not _is_same(held[name], value):
            yield Fault(ROW, kind.key, row.pk, name, event=event.pk, at=event.at)
    if one.begun:
        for name in sorted(kind.own - one.said.keys()):  # what was empty in the beginning, no event names
            if held[name] is not None:
                yield Fault(UNSAID, kind.key, row.pk, name, event=one.last.pk, at=one.last.at)


def _untold(kind: Kind) -> Iterator[Fault]:
    """Rows of which no event speaks at all."""
    rows = kind.to_be_told().filter(~models.Exists(_events(kind).filter(object_id=models.OuterRef("pk"))))
    for row in rows.order_by("pk").iterator(chunk_size=CHUNK):
        yield _added(STRAY if kind.some_untold else ADDED, kind, row)


def _added(what: Label, kind: Kind, row: Any, event: Any = None) -> Fault:
    """The time is what the row says of itself: nothing else knows any."""
    return Fault(what, kind.key, row.pk, event=event.pk if event else None, at=getattr(row, "created_at", None))


def _is_same(held: Any, said: Any) -> bool:
    """What the row holds, against what the event's JSON says: numbers may be text there, moments may stand in another zone."""
    if type(held) is type(said) and held == said:
        return True
    try:
        if isinstance(held, (int, float, Decimal)) and isinstance(said, (str, int, float)) and not isinstance(held, bool):
            return Decimal(str(held)) == Decimal(str(said))
        if isinstance(held, datetime) and isinstance(said, str):
            then = datetime.fromisoformat(said)
            return (held if then.microsecond else held.replace(microsecond=0)) == then  # events of registers tell whole seconds
    except (ArithmeticError, ValueError, TypeError):
        return False
    return canonical(plain(held)) == canonical(said)


def chunks(rows: models.QuerySet[Any] | Iterator[Any]) -> Iterator[list[Any]]:
    """In lists, so that what belongs to them is asked for at once."""
    return batched(rows.iterator(chunk_size=CHUNK) if isinstance(rows, models.QuerySet) else rows, CHUNK)
