"""Read everything again: rows against events, events against leaves, leaves against entries, entries against what was published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any, cast

from django.db import models

from hexi.core.trust.events import HASHED, canonical, leaf_hash, plain
from hexi.core.trust.ledger.appending import state
from hexi.core.trust.ledger.erased import erasures_of, is_as_erased
from hexi.core.trust.ledger.models import Checkpoint as Signed
from hexi.core.trust.ledger.models import Entry, Statement
from hexi.core.trust.ledger.publishing import published
from hexi.core.trust.ledger.records import entry_of
from hexi.core.trust.ledger.trees import TREES, Tree
from hexi.core.trust.models import Event
from hexi.kernel.catalogue import catalogue
from hexi.kernel.label import Label, t
from hexi.kernel.tlog.checkpoint import Checkpoint, checkpoint_in
from hexi.kernel.tlog.merkle import Frontier
from hexi.kernel.tlog.note import note_in

CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was logged. `event` is its number, `entry` its place in the log; `at` is when it happened, by its row."""

    what: Label
    entity: str = ""
    object_id: int = 0
    field: str = ""
    event: int | None = None
    entry: int | None = None
    at: datetime | None = None

    @property
    def words(self) -> Label:
        """One line for people."""
        record = f"{self.entity} {self.object_id} {self.field}".strip() if self.entity else ""
        rest = [f"event {self.event}" if self.event is not None else "", f"entry {self.entry}" if self.entry is not None else ""]
        tail = " · ".join(part for part in (record, *rest, f"{self.at:%Y-%m-%d %H:%M:%S %Z}" if self.at else "") if part)
        return Label(f"{self.what.zh}：{tail}", f"{self.what.en}: {tail}")


CHANGED = t("留痕被改动", "An event was changed")
GONE = t("留痕被删除", "An event was removed")
STRANGE = t("留痕与日志中的承诺不符", "An event is not the one that was logged")
UNLOGGED = t("留痕不在日志中", "An event is not in the log")
ENTRY = t("日志条目的摘要不符", "The hash of an entry does not fit it")
GAP = t("日志缺少条目", "The log lacks an entry")
ROOT = t("日志与签发的检查点不符", "The log does not fit a checkpoint that was signed")
ROW = t("业务数据与最后一次留痕不符", "A row does not hold what its last event says")
ROW_GONE = t("业务数据被删除，没有留痕", "A row was removed without an event")


def rows_against_leaves() -> Iterator[Fault]:
    """Everything that does not fit, as far as the database itself tells.

    Whoever can write the database can make it fit again; then only a checkpoint that others hold refutes him (`hexi verify`).
    """
    yield from log_faults()
    yield from event_faults()
    yield from row_faults()


def log_faults() -> Iterator[Fault]:
    """Entries against their hashes, and all hashes against every checkpoint that is kept or was published."""
    wanted = {tree: {one.size: one for one in _checkpoints(tree)} for tree in TREES}
    edges = {tree: Frontier(tree.hashing) for tree in TREES}
    expected = 0
    for entry in Entry.objects.order_by("index").iterator(chunk_size=CHUNK):
        if entry.index != expected:
            yield Fault(GAP, entry=expected)
        expected = entry.index + 1
        for tree, edge in edges.items():
            leaf = tree.hashing.leaf(bytes(entry.content))
            if leaf != bytes(getattr(entry, tree.name)):
                yield Fault(ENTRY, entry=entry.index, event=entry.event_id)
            edge.append(leaf)
            if edge.size in wanted[tree] and edge.root() != wanted[tree].pop(edge.size).root:
                yield Fault(ROOT, entry=edge.size)
    yield from (Fault(ROOT, entry=size) for sizes in wanted.values() for size in sorted(sizes))


def _checkpoints(tree: Tree) -> Iterator[Checkpoint]:
    for note in Signed.objects.filter(tree=tree.name).values_list("note", flat=True):
        yield checkpoint_in(note_in(note.encode()).text)
    if (given := published(tree)) is not None:
        yield given


def event_faults() -> Iterator[Fault]:
    """Each event against its leaf, and its leaf against its entry; entries whose event is gone."""
    settled = state().settled
    for chunk in _chunks(Event.objects.order_by("pk")):
        numbers = [event.pk for event in chunk]
        entries = {one.event_id: one for one in Entry.objects.filter(event_id__in=numbers)}
        said = dict(Statement.objects.filter(event_id__in=numbers).values_list("event_id", "said"))
        orders = erasures_of([event.pk for event in chunk if not event.salt])
        for event in chunk:
            is_true = is_as_erased(event, orders.get(event.pk)) if not event.salt else _fits_its_leaf(event)
            yield from _event_faults(event, entries.get(event.pk), said.get(event.pk), settled, is_true=is_true)
    gone = Entry.objects.exclude(event_id=None).exclude(event_id__in=Event.objects.values("pk"))
    for entry in gone.order_by("index").iterator(chunk_size=CHUNK):
        yield Fault(GONE, event=entry.event_id, entry=entry.index)


def _fits_its_leaf(event: Any) -> bool:
    return leaf_hash({name: getattr(event, name) for name in HASHED}, bytes(event.salt)) == bytes(event.leaf)


def _event_faults(event: Any, entry: Any, said: str | None, settled: int, *, is_true: bool) -> Iterator[Fault]:
    leaf = bytes(event.leaf)
    index = entry.index if entry else None
    place: dict[str, Any] = {"entity": event.entity, "object_id": event.object_id, "event": event.pk, "at": event.at, "entry": index}
    if not is_true:
        yield Fault(CHANGED, **place)
    if entry is None and event.pk <= settled:
        yield Fault(UNLOGGED, **place)
    if entry is not None and bytes(entry.content) != entry_of(event.pk, leaf, said).content:
        yield Fault(STRANGE, **place)


def row_faults() -> Iterator[Fault]:
    """Each row of a register against the newest event that speaks of each of its fields.

    Rows that came in bulk under one event, and fields that no event has spoken of, cannot be told by this. A computation's events
    (`compute`) name what was computed for, not a row; those of looks (`reveal`) say what was looked at.
    """
    for key in sorted(catalogue.entities):
        events = Event.objects.filter(entity=key, object_id__gt=0).exclude(action__in=("compute", "reveal")).order_by("object_id", "pk")
        if events.exists():
            for told in _chunks(_last_words(events)):
                yield from _against_rows(key, told)


@dataclass(slots=True)
class _LastWords:
    """What the events of one record say last of each field, and which of them said it."""

    object_id: int
    said: dict[str, tuple[Any, Any]]
    last: Any

    @property
    def is_removal(self) -> bool:
        return bool(self.last.before) and not self.last.after


def _last_words(events: models.QuerySet[Event]) -> Iterator[_LastWords]:
    for object_id, own in groupby(events.iterator(chunk_size=CHUNK), key=lambda event: event.object_id):
        found = _LastWords(object_id, {}, None)
        for one in own:
            event: Any = one
            found.said |= {name: (value, event) for name, value in event.after.items()}
            found.last = event if event.before or event.after else found.last or event
        yield found


def _against_rows(key: str, told: list[_LastWords]) -> Iterator[Fault]:
    model: Any = catalogue.entities[key]
    derived = getattr(getattr(model, "Describe", None), "derived", ())
    fields = {field.name: field for field in model._meta.concrete_fields if field.name not in derived}
    rows = model._default_manager.in_bulk([one.object_id for one in told])
    for one in told:
        row = rows.get(one.object_id)
        if row is None:
            if not one.is_removal:
                yield Fault(ROW_GONE, key, one.object_id, event=one.last.pk, at=one.last.at)
            continue
        for name, (value, event) in one.said.items():
            if name in fields and not _is_same(getattr(row, fields[name].attname), value):
                yield Fault(ROW, key, one.object_id, name, event=event.pk, at=event.at)


def _is_same(held: Any, said: Any) -> bool:
    """What the row holds, against what the event's JSON says: numbers may be text there, moments may stand in another zone."""
    try:
        if isinstance(held, (int, float, Decimal)) and isinstance(said, (str, int, float)) and not isinstance(held, bool):
            return Decimal(str(held)) == Decimal(str(said))
        if isinstance(held, datetime) and isinstance(said, str):
            then = datetime.fromisoformat(said)
            return (held if then.microsecond else held.replace(microsecond=0)) == then  # events of registers tell whole seconds
    except (ArithmeticError, ValueError, TypeError):
        return False
    return canonical(plain(held)) == canonical(said)


def _chunks(rows: Any) -> Iterator[list[Any]]:
    """In lists, so that what belongs to them is asked for at once."""
    source = cast("Iterator[Any]", rows.iterator(chunk_size=CHUNK) if isinstance(rows, models.QuerySet) else rows)
    chunk: list[Any] = []
    for row in source:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
